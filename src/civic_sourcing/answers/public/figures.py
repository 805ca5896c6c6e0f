"""Figures of the public page, with what every department is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from civic_sourcing.answers.compliance import Row, total
from civic_sourcing.core.charts import Bar, bar_chart

GOOD, FAIR = 90, 60
"""Whole percent from which a rate is shown as good, and as fair."""


@dataclass(frozen=True)
class Line:
    """One line of the table: ``percent`` is rounded down, and ``None`` where nothing came due."""

    name: str
    row: Row
    percent: int | None


def lines_of(rows: Iterable[Row]) -> list[Line]:
    return [
        line(row, row.department.name if row.department else _("Not given to a department"))
        for row in rows
    ]


def line(row: Row, name: str) -> Line:
    percent = None if row.rate is None else 100 * row.kept // row.came_due
    return Line(name, row, percent)


def sum_of(rows: Iterable[Row]) -> Line:
    return line(total(rows), _("All together"))


def chart_of(lines: Iterable[Line]) -> SafeString:
    """The rates as bars; departments to which nothing came due are left out."""
    bars = [
        Bar(each.name, each.percent, tone=tone_of(each.percent))
        for each in lines
        if each.percent is not None
    ]
    return bar_chart(
        bars,
        title=_("Answered in time, in percent"),
        label=_("Department"),
        value=_("In time"),
        words=lambda number: _("%(number)s %%") % {"number": number},
        folded=True,
        id="rates",
    )


def tone_of(percent: int) -> str:
    return "success" if percent >= GOOD else "warning" if percent >= FAIR else "danger"
