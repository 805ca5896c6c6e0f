"""Where questions are read and asked below a challenge's page."""

from __future__ import annotations

from civic_sourcing.challenges.routes import route


class AskingRoutes:
    """One page: what was asked and replied, and the form below it."""

    questions_route = route("questions/", "questions", module="asking.views")
