"""The numbers as people read them: figures, charts and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.listing.rows import Listed
from civic_sourcing.challenges.models import ChallengeType
from civic_sourcing.challenges.numbers.figures import Figures, Money, Row
from civic_sourcing.challenges.numbers.told import told_of
from civic_sourcing.core.charts import bar_chart
from civic_sourcing.core.money import format_money, to_major_units

MOST_BARS = 25


@dataclass(frozen=True)
class Stat:
    """One figure with what it is, and a remark."""

    label: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class Breakdown:
    """Challenges and prize money by something: ``name`` is its file, ``label`` its column."""

    name: str
    title: str
    label: str
    note: str
    rows: list[Row]
    named: Callable[[Any], str]


@dataclass(frozen=True)
class Report:
    """The numbers of ``rows`` in one ``currency``; what is in others is in another report."""

    rows: list[Listed]
    currency: str

    @cached_property
    def figures(self) -> Figures:
        own = (row for row in self.rows if row.facts.currency == self.currency)
        return Figures(told_of(own))

    @property
    def stats(self) -> list[Stat]:
        """What stands above the charts."""
        figures = self.figures
        money = figures.money
        stats = [
            Stat(_("Challenges"), _number(len(figures.challenges))),
            Stat(_("Prize money"), self._money(money.total), self._of(money)),
            Stat(
                pgettext("challenges", "Entries"), _number(figures.entrants), self._first_timers()
            ),
            Stat(_("Days to the decision"), _plain(figures.days_to_decision), _("median")),
            Stat(_("Carried out"), _number(figures.adopted), self._decided()),
        ]
        return [stat for stat in stats if stat.value]

    @property
    def kinds_of_prizes(self) -> list[tuple[str, Money]]:
        """All challenges, and apart those that give something beside money."""
        figures = self.figures
        parts = [(_("All challenges"), figures.money)]
        if figures.money_and_more.with_amount or figures.money_and_more.blank:
            parts.append((_("Money only"), figures.money_alone))
            parts.append((_("Money and other prizes, or others only"), figures.money_and_more))
        return parts

    @property
    def prize_rows(self) -> list[list[str]]:
        """One line for each of these: number, with a sum, total, mean, median, largest."""
        return [
            [
                label,
                _number(money.with_amount + money.blank),
                _number(money.with_amount),
                *map(self._money, (money.total, money.mean, money.median, money.largest)),
            ]
            for label, money in self.kinds_of_prizes
        ]

    @cached_property
    def breakdowns(self) -> list[Breakdown]:
        """By year, department and type."""
        figures = self.figures
        return [
            Breakdown("years", _("By year"), _("Year"), _years(), figures.by_year, self._year),
            Breakdown(
                "departments", _("By department"), _("Department"), "", figures.by_department,
                lambda key: key or _("not said"),
            ),
            Breakdown(
                "types",
                _("By type"),
                _("Type"),
                _("A challenge counts for each of its types, so the numbers add up to more than "
                  "there are challenges."),
                figures.by_type,
                lambda key: str(ChallengeType(key).label),
            ),
        ]  # fmt: skip

    def charts(self, breakdown: Breakdown) -> list[SafeString]:
        """How many challenges, and how much money."""
        rows = breakdown.rows[:MOST_BARS]
        numbers = bar_chart(
            [(breakdown.named(row.key), row.challenges) for row in rows],
            title=_("Challenges") + " – " + breakdown.title,
            value=_("Challenges"),
            description=breakdown.note,
            label=breakdown.label,
            folded=True,
            id=f"{breakdown.name}-number",
        )
        money = bar_chart(
            [(breakdown.named(row.key), row.money.total) for row in rows],
            title=_("Prize money") + " – " + breakdown.title,
            value=_("Prize money"),
            words=lambda amount: format_money(int(amount), self.currency),
            label=breakdown.label,
            folded=True,
            id=f"{breakdown.name}-money",
        )
        return [numbers, money]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The breakdowns with their charts, for the template."""
        return [
            {"title": each.title, "name": each.name, "charts": self.charts(each)}
            for each in self.breakdowns
            if each.rows
        ]

    def table(self, name: str) -> tuple[list[str], Iterable[list[object]]] | None:
        """Header and rows of the file ``name``; ``None`` for one that is not known."""
        if name == "challenges":
            return self._challenges()
        found = next((each for each in self.breakdowns if each.name == name), None)
        return None if found is None else self._table(found)

    def _table(self, breakdown: Breakdown) -> tuple[list[str], Iterable[list[object]]]:
        header = [
            breakdown.label, _("Challenges"), _("With a sum"), _("Sum (%s)") % self.currency,
            _("Mean (%s)") % self.currency, _("Median (%s)") % self.currency,
        ]  # fmt: skip
        return header, (
            [
                breakdown.named(row.key), row.challenges, row.money.with_amount,
                *map(self._major, (row.money.total, row.money.mean, row.money.median)),
            ]
            for row in breakdown.rows
        )  # fmt: skip

    def _challenges(self) -> tuple[list[str], Iterable[list[object]]]:
        header = [
            _("Challenge"), _("Department"), _("Types"), _("Opens"), _("Closes"),
            _("Prize money (%s)") % self.currency, _("Other prizes"),
            pgettext("challenges", "Entries"), _("Days to the decision"),
            _("Carried out"),
        ]  # fmt: skip
        return header, (
            [
                each.title, each.department,
                "; ".join(str(ChallengeType(key).label) for key in each.types),
                _iso(each.opens_at), _iso(each.closes_at), self._major(each.amount),
                int(each.has_other_prizes), _blank(each.entrants), _blank(each.days_to_decision),
                int(each.is_adopted),
            ]
            for each in self.figures.challenges
        )  # fmt: skip

    def _money(self, amount: int | Fraction | None) -> str:
        return "" if amount is None else format_money(round(amount), self.currency)

    def _major(self, amount: int | Fraction | None) -> object:
        return "" if amount is None else to_major_units(round(amount), self.currency)

    def _of(self, money: Money) -> str:
        words = ngettext(
            "named by %(number)d challenge", "named by %(number)d challenges", money.with_amount
        )
        return words % {"number": money.with_amount}

    def _first_timers(self) -> str:
        number = self.figures.first_timers
        words = ngettext("%(number)d of them a first one", "%(number)d of them first ones", number)
        return words % {"number": number} if number else ""

    def _decided(self) -> str:
        number = self.figures.decided
        return ngettext("of %(number)d decided", "of %(number)d decided", number) % {
            "number": number
        }

    def _year(self, key: int) -> str:
        return f"FY{key % 100:02d}" if conf.CHALLENGE_YEAR_STARTS > 1 else str(key)


def currencies(rows: Iterable[Listed]) -> Mapping[str, int]:
    """How many challenges are in each currency, the most used first."""
    used: dict[str, int] = {}
    for row in rows:
        used[row.facts.currency] = used.get(row.facts.currency, 0) + 1
    return dict(sorted(used.items(), key=lambda pair: (-pair[1], pair[0])))


def _years() -> str:
    return _("A challenge counts for the year in which it opened, or the first one it was given.")


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)


def _plain(number: Fraction | None) -> str:
    if number is None:
        return ""
    return number_format(number.numerator if number.denominator == 1 else float(number))


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def _blank(number: int | None) -> object:
    return "" if number is None else number
