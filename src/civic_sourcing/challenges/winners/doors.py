"""The buttons on a challenge's page to its winners, one's own award and feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from civic_sourcing.challenges.doors import Door
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.models import Award, AwardState, Decision, Entry
from civic_sourcing.participants.standing import reader_of


def doors_to_winners(page: Any, request: HttpRequest, at: datetime) -> Iterator[Door]:
    """To the winners for everybody; to an award that waits, and to feedback, for its team."""
    if page.process is None:
        return
    decided = Decision.objects.confirmed().filter(round__process=page.process)
    if not decided.exists():
        return
    yield Door(_("Winners"), address(page, "winners", request=request), icon="success")
    reader = reader_of(request)
    if not reader:
        return
    mine = Entry.objects.of(page.process).handed_in().with_person(reader)
    awards = Award.objects.filter(placement__entry__in=mine, state=AwardState.OFFERED)
    for award in awards.order_by("pk"):
        yield Door(_("Accept your award"), address(page, "award", award.uuid, request=request))
    for entry in mine.filter(assignments__round__decisions__in=decided).distinct()[:3]:
        label = _("How “%(entry)s” was judged") % {"entry": entry.title}
        yield Door(label, address(page, "feedback", entry.uuid, request=request), "secondary")
