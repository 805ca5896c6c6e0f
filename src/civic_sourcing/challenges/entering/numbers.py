"""How many entries there are, told in steps while nobody may know exactly. No Django models."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

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
