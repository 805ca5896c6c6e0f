"""The buttons on a challenge's page that lead to its votes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from civic_sourcing.challenges.crowd.votes import runs, votes_of
from civic_sourcing.challenges.doors import Door
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.models import CrowdKind, CrowdScore
from civic_sourcing.participants.standing import reader_of


def doors_to_votes(page: Any, request: HttpRequest, at: datetime) -> Iterator[Door]:
    """To the public vote while it runs, and to the entries that wait for this solver's points."""
    if page.process is None or (not page.facts.public_percent and not page.facts.peer_percent):
        return
    reader = reader_of(request)
    for vote in votes_of(page.process):
        if not runs(vote, at):
            continue
        if vote.kind == CrowdKind.PUBLIC:
            yield Door(_("Vote"), address(page, "vote", request=request), icon="support")
        elif reader and _waiting(vote, reader):
            yield Door(_("Score entries of others"), address(page, "peers", request=request))


def _waiting(vote: Any, reader: Any) -> bool:
    mine = CrowdScore.objects.filter(round=vote.round, kind=vote.kind, participant=reader)
    return bool(mine.exists())
