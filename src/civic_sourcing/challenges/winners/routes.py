"""What a challenge's page serves below itself once winners are decided."""

from __future__ import annotations

from civic_sourcing.challenges.routes import route

VIEWS = "winners.views"


class WinnersRoutes:
    """The winners, one's own award, and how one's own entry was judged."""

    winners_route = route("winners/", "winners", module=VIEWS)
    award_route = route("winners/<uuid:uuid>/", "award", module=VIEWS)
    feedback_route = route("winners/feedback/<uuid:uuid>/", "feedback", module=VIEWS)
