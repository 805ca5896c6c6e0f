"""The buttons on a challenge's page that lead to entering and to what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civic_sourcing.challenges.doors import Door, register_door
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.entering.policies import while_entries_are_taken
from civic_sourcing.challenges.entering.reading import public_entries
from civic_sourcing.challenges.models import Entry
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.standing import reader_of


def register() -> None:
    register_door(doors_to_entries, order=10)


def doors_to_entries(page: Any, request: HttpRequest, at: datetime) -> Iterator[Door]:
    """To the form while it is open, to one's own entries always, to public ones once there are."""
    if page.process is None or page.facts.external_url:
        return
    enter = address(page, "enter", request=request)
    reader = reader_of(request)
    mine = reader and Entry.objects.of(page.process).with_person(reader).exists()
    if while_entries_are_taken.allows(Occasion(request.user, page.process, at)):
        yield Door(_("Your entry") if mine else _("Enter"), enter, icon="edit")
    elif mine:
        yield Door(_("Your entry"), enter, variant="secondary")
    if public_entries(page.process).exists():
        entries = address(page, "entries", request=request)
        yield Door(pgettext("challenges", "Entries"), entries, variant="secondary")
