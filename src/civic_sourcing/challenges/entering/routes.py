"""What a challenge's page serves below itself for solvers, and for who reads their entries."""

from __future__ import annotations

from civic_sourcing.challenges.routes import route

VIEWS = "entering.views"
TEAM_VIEWS = "entering.team_views"
READING = "entering.reading"


class EntryRoutes:
    """Entering, alone or as a team; entries that are public. Each view says its methods."""

    enter_route = route("enter/", "enter", module=VIEWS)
    join_route = route("enter/join/<uuid:uuid>/", "join", module=TEAM_VIEWS)
    join_by_mail_route = route("enter/join/<str:token>/", "join_by_mail", module=TEAM_VIEWS)
    verify_route = route("enter/verify/<uuid:uuid>/", "verify", module=TEAM_VIEWS)
    verify_by_mail_route = route("enter/verify/<str:token>/", "verify_by_mail", module=TEAM_VIEWS)
    write_route = route("enter/<uuid:uuid>/", "write", module=VIEWS)
    files_route = route("enter/<uuid:uuid>/files/", "files", module=VIEWS)
    team_route = route("enter/<uuid:uuid>/team/", "team", module=TEAM_VIEWS)
    check_route = route("enter/<uuid:uuid>/check/", "check", module=VIEWS)
    receipt_route = route("enter/<uuid:uuid>/receipt/", "receipt", module=VIEWS)
    withdraw_route = route("enter/<uuid:uuid>/withdraw/", "withdraw", module=VIEWS)
    entries_route = route("entries/", "entries", module=READING)
    entry_route = route("entries/<int:number>/", "entry", module=READING)
