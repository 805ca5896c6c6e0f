"""How many entries there are, told in steps while nobody may know exactly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.models import Entry, Round
from civic_sourcing.challenges.policies import is_sealed

STEP = 10


def in_steps(number: int) -> int:
    """Return the multiple of ten that ``number`` has reached."""
    return number - number % STEP


def told_in_steps(number: int) -> str:
    """Return the number in words that do not tell whether one more was handed in."""
    reached = in_steps(number)
    if not reached:
        return _("fewer than %(step)d entries") % {"step": STEP}
    return _("at least %(number)s entries") % {
        "number": number_format(reached, force_grouping=True)
    }


def number_of_entries(process: Any, at: datetime) -> str:
    """How many are handed in, in words: in steps while a round is sealed and open."""
    number = Entry.objects.of(process).handed_in().count()
    opened = Round.objects.of(process).filter(takes_entries=True, opens_at__lte=at)
    if any(is_sealed(round_, at) for round_ in opened):
        return told_in_steps(number)
    words = {"number": number_format(number, force_grouping=True)}
    return ngettext("%(number)s entry", "%(number)s entries", number) % words
