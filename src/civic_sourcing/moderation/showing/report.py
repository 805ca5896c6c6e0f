"""A report as people read it: figures with the words of the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from civic_sourcing.core.charts import Bar, bar_chart, localized
from civic_sourcing.moderation.figures import ALL, DIMENSIONS, Figures
from civic_sourcing.moderation.models import (
    AppealOutcome,
    Automation,
    ModerationReportMixin,
    Outcome,
    Part,
)
from civic_sourcing.moderation.showing.facts import WITHOUT_RULE
from civic_sourcing.moderation.showing.freezing import count_figures, frozen_for
from civic_sourcing.moderation.showing.log import rule_titles
from civic_sourcing.moderation.showing.places import SITE, public_forums
from civic_sourcing.moderation.showing.tables import csv_answer
from civic_sourcing.moderation.showing.words import AUTOMATION, FIGURES, HEADS

Words = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A line of a table; a cell is ``None`` where the number is left out."""

    title: str
    cells: Sequence[str | None]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """``columns`` head the cells. ``id`` tells tables on one page apart."""

    id: str
    title: str
    head: str
    columns: Sequence[str]
    rows: Sequence[Row]

    @property
    def has_gaps(self) -> bool:
        return any(None in row.cells for row in self.rows)


def report_of(page: ModerationReportMixin, request: HttpRequest | None = None) -> Report | None:
    """
    The report of ``page``: as it was published, or counted now for the preview of a draft.

    ``None`` while the figures of a published page are being prepared.
    """
    frozen = frozen_for(page)
    if frozen is None and page.live and not getattr(request, "is_preview", False):
        return None
    figures = frozen.figures if frozen else count_figures(page)
    return Report(figures, frozen.frozen_at if frozen else None, request)


class Report:
    """``figures`` in words. ``frozen_at`` is ``None`` in the preview of an unpublished report."""

    def __init__(
        self, figures: Figures, frozen_at: datetime | None, request: HttpRequest | None = None
    ) -> None:
        self.figures = figures
        self.frozen_at = frozen_at
        self.request = request

    @cached_property
    def words(self) -> dict[str, Words]:
        """What people call the values of each dimension, in the order they are listed."""
        named = {forum.key: forum.title for forum in public_forums(self.request).values()}
        forums = {key: named.get(key, _("A forum")) for key in self.figures.forums if key != SITE}
        rules = {**rule_titles(), WITHOUT_RULE: _("No rule")}
        return {
            "forum": {**forums, SITE: _("No forum: profiles")},
            "rule": rules,
            "outcome": {each.value: str(each.label) for each in Outcome},
            "automation": {each.value: str(AUTOMATION[each]) for each in Automation},
            "result": {each.value: str(each.label) for each in AppealOutcome},
            "agreement": {"yes": _("The same"), "no": _("Different")},
        }

    @property
    def title(self) -> str:
        """The period in words: “First quarter 2026”."""
        period = self.figures.period
        return _("%(part)s %(year)s") % {
            "part": capitalised(Part(period.part).label),
            "year": period.year,
        }

    @property
    def days(self) -> str:
        period = self.figures.period
        first, last = (
            date_format(day, "DATE_FORMAT") for day in (period.first_day, period.last_day)
        )
        return f"{first} – {last}"

    @property
    def forum_titles(self) -> list[str]:
        return [self.words["forum"][key] for key in self.figures.forums]

    @property
    def stats(self) -> list[tuple[str, str, str]]:
        """Label, value and hint of the few figures on top."""
        count = self.figures.count
        median, ninetieth = self.figures.waits.get(ALL, (None, None))
        return [
            (_("Decisions"), written(count("decision")), ""),
            (
                _("Until the first decision"),
                hours(median),
                _("half of all cases sooner, half later"),
            ),
            (_("Nine of ten cases within"), hours(ninetieth), ""),
            (
                _("Appeals decided"),
                written(count("appeal")),
                self._reversed(),
            ),
        ]

    def _reversed(self) -> str:
        number = self.figures.count("appeal", result="reversed")
        return "" if number is None else _("reversed: %(number)s") % {"number": written(number)}

    @property
    def charts(self) -> Iterator[SafeString]:
        for dimension, title, label in (
            ("rule", _("Decisions by rule"), _("Rule")),
            ("outcome", _("Decisions by outcome"), _("Outcome")),
        ):
            yield self._chart(dimension, title, label)

    def _chart(self, dimension: str, title: str, label: str) -> SafeString:
        counts = [
            (
                self.words[dimension].get(value, value),
                self.figures.count("decision", **{dimension: value}),
            )
            for value in self._values("decision", dimension)
        ]
        left_out = sum(count is None for _words, count in counts)
        shown = sorted(
            (Bar(words, count) for words, count in counts if count), key=lambda bar: -bar.value
        )
        return bar_chart(
            shown,
            title=title,
            label=label,
            value=_("Decisions"),
            description=_left_out(left_out),
            folded=True,
            id=f"by-{dimension}",
        )

    @property
    def tables(self) -> list[Table]:
        """All tables that have anything to show."""
        crossed = [
            ("rules", _("Rules and outcomes"), ("decision", "rule", "outcome")),
            ("forums", _("Forums and outcomes"), ("decision", "forum", "outcome")),
            ("forum-rules", _("Rules and forums"), ("decision", "rule", "forum")),
            ("automation", _("Part of automation"), ("decision", "forum", "automation")),
            ("appeals", _("Appeals"), ("appeal", "forum", "result")),
            ("opinions", _("Second opinions"), ("opinion", "rule", "agreement")),
        ]
        if len(self._values("decision", "forum")) < 2:
            del crossed[1:3]
        tables = [Table(id, title, *self._crossed(*about)) for id, title, about in crossed]
        tables.insert(len(crossed) - 3, self._waits())
        return [table for table in tables if table.rows]

    def _crossed(self, kind: str, down: str, across: str) -> tuple[str, list[str], list[Row]]:
        """Head, columns and rows of one dimension by another, with totals."""
        rows, columns = self._values(kind, down), self._values(kind, across)
        lines = [
            self._row(kind, {down: value}, across, columns)
            for value in [*(rows if len(rows) > 1 else []), *([ALL] if columns else [])]
        ]
        heads = [self.words[across].get(column, column) for column in columns]
        heads += [_("Together"), *([_("Agreement")] if across == "agreement" else [])]
        return str(HEADS[down]), heads, lines

    def _row(self, kind: str, of: dict[str, str], across: str, columns: Sequence[str]) -> Row:
        counts = [self._count(kind, {**of, across: column}) for column in [*columns, ALL]]
        cells = [None if count is None else written(count) for count in counts]
        if across == "agreement":
            cells.append(agreed(dict(zip([*columns, ALL], counts, strict=True))))
        ((name, value),) = of.items()
        title = self.words[name].get(value, value) if value else _("Together")
        return Row(title, cells, is_total=not value)

    def _count(self, kind: str, values: dict[str, str]) -> int | None:
        return self.figures.count(kind, **{name: key for name, key in values.items() if key})

    def _waits(self) -> Table:
        waits = self.figures.waits
        forums = [key for key in self.figures.forums if key in waits]
        rows = [
            Row(
                self.words["forum"][key] if key else _("Together"),
                [hours(value) for value in waits[key]],
                is_total=not key,
            )
            for key in [*(forums if len(forums) > 1 else []), ALL]
            if key in waits
        ]
        columns = [_("Half within"), _("Nine of ten within")]
        return Table(
            "waits", _("Time until the first decision"), str(HEADS["forum"]), columns, rows
        )

    def _values(self, kind: str, dimension: str) -> list[str]:
        """The values that occur, in the order of their words."""
        found = self.figures.values(kind, dimension)
        order = list(self.words[dimension])
        return sorted(found, key=lambda value: [*order, value].index(value))

    def as_csv(self, name: str) -> HttpResponse:
        """Every published cell on a line of its own; a number that is left out is empty."""
        names = list(dict.fromkeys(name for names in DIMENSIONS.values() for name in names))
        header = [
            _("Figure"),
            *(str(HEADS[each]) for each in names),
            pgettext("figures", "Count"),
            _("Remark"),
        ]
        return csv_answer(f"{name}.csv", header, [*self._lines(names), *self._wait_lines(names)])

    def _lines(self, names: Sequence[str]) -> Iterator[list[Any]]:
        for cell, count in sorted(self.figures.counts.items()):
            kind, *keys = cell
            values = dict(zip(DIMENSIONS[kind], keys, strict=True))
            words = [self.words[each].get(values.get(each, ALL), "") for each in names]
            remark = _("left out") if count is None else ""
            yield [str(FIGURES[kind]), *words, "" if count is None else count, remark]

    def _wait_lines(self, names: Sequence[str]) -> Iterator[list[Any]]:
        for forum, values in sorted(self.figures.waits.items()):
            words = [self.words["forum"].get(forum, ""), *[""] * (len(names) - 1)]
            for figure, value in zip(
                (_("Half within"), _("Nine of ten within")), values, strict=True
            ):
                yield [figure, *words, value, _("hours")]


def capitalised(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def written(count: int | None) -> str:
    return "–" if count is None else number_format(count, force_grouping=True)


def hours(value: float | None) -> str:
    """Hours in words: up to two days as hours, beyond that as days."""
    if value is None:
        return "–"
    if value < 48:
        number = round(value, 1) if value < 10 else round(value)
        sentence = ngettext("%(number)s hour", "%(number)s hours", round(number))
    else:
        number = round(value / 24, 1)
        sentence = ngettext("%(number)s day", "%(number)s days", round(number))
    return sentence % {"number": localized(float(number))}


def agreed(counts: Mapping[str, int | None]) -> str | None:
    """The share of opinions that agreed; only where its numbers are shown."""
    same, together = counts.get("yes", 0), counts.get(ALL)
    if same is None or not together:
        return None
    return _("%(percent)d %%") % {"percent": round(100 * same / together)}


def _left_out(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(number)d bar is left out, as it would tell too much about a few.",
        "%(number)d bars are left out, as they would tell too much about a few.",
        number,
    ) % {"number": number}
