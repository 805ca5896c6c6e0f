"""Where people vote below a challenge's page."""

from __future__ import annotations

from civic_sourcing.challenges.routes import route

VIEWS = "crowd.views"


class CrowdRoutes:
    """The public vote, and the entries of others that a solver scores."""

    vote_route = route("vote/", "vote", module=VIEWS)
    peers_route = route("peers/", "peers", module=VIEWS)
