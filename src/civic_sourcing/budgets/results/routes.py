"""The addresses below a vote's page that tell what came out."""

from __future__ import annotations

from civic_sourcing.budgets.booth.routes import route

PACKAGE = "civic_sourcing.budgets.results"


class ResultRoutes:
    """What a vote serves of its results: nothing before release, not even that they exist."""

    show_results = route("results/", "results", module="views", package=PACKAGE)
    show_walk = route("results/steps/", "walk", module="views", package=PACKAGE)
