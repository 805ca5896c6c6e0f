"""The addresses below a vote's page where anybody fetches what is needed to count again."""

from __future__ import annotations

from civic_sourcing.budgets.booth.routes import route

PACKAGE = "civic_sourcing.budgets.exports"


class ExportRoutes:
    """Ballots, result, table and the program that checks them: nothing before publication."""

    show_ballots = route("results/ballots/", "ballots", module="views", package=PACKAGE)
    show_result_file = route("results/json/", "result_file", module="views", package=PACKAGE)
    show_program = route("results/program/", "verifier", module="views", package=PACKAGE)
    show_result_table = route("results/csv/", "result_table", module="views", package=PACKAGE)
