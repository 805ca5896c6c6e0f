"""A walk through a count: one project's turn after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from civic_sourcing.budgets.results.lines import Line


@dataclass(frozen=True)
class Stop:
    """One turn: its ``place`` from 1, and the ``amount`` of money there was at first."""

    place: int
    line: Line
    amount: int

    @property
    def left(self) -> int:
        return max(self.line.left_before, 0)

    @property
    def left_after(self) -> int:
        return max(self.line.left_after, 0)

    @property
    def percent(self) -> int:
        """Share of the money used after this turn, in whole percent, rounded down."""
        return (self.amount - self.left_after) * 100 // self.amount if self.amount else 0

    @property
    def percent_text(self) -> str:
        return _("%(percent)d%%") % {"percent": self.percent}


class Walk:
    """
    The turns of ``lines``, and the one the visitor ``asked`` for: its place, else the first.

    ``money`` is what there is, in minor units, by area.
    """

    def __init__(self, lines: Sequence[Line], money: Mapping[str, int], asked: str = "") -> None:
        self.stops = [
            Stop(place, line, money.get(line.area, 0)) for place, line in enumerate(lines, 1)
        ]
        self.asked = asked

    @cached_property
    def stop(self) -> Stop | None:
        """Where the visitor is; ``None`` where nothing was counted."""
        if not self.stops:
            return None
        asked = self.asked[:9] if self.asked.isascii() and self.asked.isdigit() else "1"
        place = min(max(int(asked), 1), len(self.stops))
        return self.stops[place - 1]

    @property
    def before_url(self) -> str:
        """The way to the step before this one; none at the first."""
        return _url(self.stop.place - 1) if self.stop and self.stop.place > 1 else ""

    @property
    def after_url(self) -> str:
        """The way to the step after this one; none at the last."""
        is_last = self.stop is None or self.stop.place == len(self.stops)
        return "" if is_last or self.stop is None else _url(self.stop.place + 1)


def _url(place: int) -> str:
    return f"?step={place}#step"
