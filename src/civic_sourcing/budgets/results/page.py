"""
The results page: a count as people read it.

Reads the count's document and the projects' pages, never a ballot.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic_sourcing.attribution.credits.flow import Credits, credits_of
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.budgets.models import VoteArea, VoteCategory
from civic_sourcing.budgets.paper import ballot_paper
from civic_sourcing.budgets.reasons import Explained, format_score, score_phrase
from civic_sourcing.budgets.results.lines import Line
from civic_sourcing.budgets.results.other_rules import OtherRule, other_rules
from civic_sourcing.budgets.results.set_aside import WithSetAside, with_set_aside
from civic_sourcing.budgets.results.turnout import Turnout
from civic_sourcing.budgets.results.versions import Standing, Version, standing_of, versions_of
from civic_sourcing.budgets.rules import BallotType, Completion, Rule, Tie, Utility
from civic_sourcing.core import clock
from civic_sourcing.core.charts import Bar, bar_chart
from civic_sourcing.core.money import format_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest
    from django.utils.functional import Promise

    from civic_sourcing.budgets.models import CountResult

CHARTED = 12
"""Projects in the chart; the lists have all."""

TIES: dict[str, str | Promise] = {
    Tie.ORDER: gettext_lazy("Equal scores keep the order of the ballot paper."),
    Tie.COST: gettext_lazy("Of equal scores the cheaper project goes first."),
    Tie.NUMBER: gettext_lazy("Of equal scores the lower number goes first."),
    Tie.LOT: gettext_lazy(
        "Equal scores are drawn by lot. The draw came out as “%(drawn)s”, as announced: %(from)s."
    ),
}


@dataclass(frozen=True)
class AreaMoney:
    """What became of the money of one area, in minor units."""

    name: str
    amount: int
    spent: int
    funded: int

    @property
    def left(self) -> int:
        return max(self.amount - self.spent, 0)

    @property
    def funded_text(self) -> str:
        return number_format(self.funded)


class Results:
    """What came out of ``vote`` according to ``count``, in the language of the vote's page."""

    def __init__(self, vote: Any, count: CountResult, request: HttpRequest | None = None) -> None:
        self.vote = vote
        self.count = count
        self.request = request
        document = count.document
        self.rule = Rule(document["rule"])
        self.ballot_type = BallotType(document["ballot_type"])
        self.ballots: int = document["ballots"]
        self.currency: str = document["currency"]
        self.amount: int = document["amount"]
        self.spent: int = document["spent"]
        self.left: int = max(document["left"], 0)
        self.beyond: int = max(-document["left"], 0)

    @cached_property
    def lines(self) -> list[Line]:
        """All projects in the order of their turns."""
        return list(self._lines())

    @cached_property
    def funded(self) -> list[Line]:
        return [line for line in self.lines if line.step.funded]

    @cached_property
    def not_funded(self) -> list[Line]:
        return [line for line in self.lines if not line.step.funded]

    @cached_property
    def credits(self) -> dict[int, Credits]:
        """Whose ideas and work are in the winners, by the key of their contribution."""
        keys = [line.entry.project.contribution_id for line in self.funded]
        rows = Contribution.objects.select_related("author__user", "process")
        return credits_of(rows.filter(pk__in=[key for key in keys if key]), self.request)

    @property
    def winners(self) -> list[tuple[Line, Credits | None]]:
        """What is funded, each with those it comes from."""
        return [
            (line, self.credits.get(line.entry.project.contribution_id or 0))
            for line in self.funded
        ]

    @property
    def losers(self) -> list[tuple[Line, None]]:
        return [(line, None) for line in self.not_funded]

    @cached_property
    def money(self) -> dict[str, int]:
        """The money there was, by area; a vote without areas has a single one."""
        areas = self.count.document.get("areas", ())
        return {each["code"]: each["budget"] for each in areas} or {"": self.amount}

    @cached_property
    def areas(self) -> list[AreaMoney]:
        """The money of each area; empty where all projects share it."""
        if len(self.money) < 2:
            return []
        return [self._money_of(code, amount) for code, amount in self.money.items()]

    @property
    def standing(self) -> Standing | None:
        """Whether it can still change; ``None`` where the vote was held elsewhere."""
        if self.vote.rules.imported:
            return None
        at = clock.of_request(self.request) if self.request else clock.now()
        return standing_of(self.count, at)

    @cached_property
    def versions(self) -> list[Version]:
        """All published counts, where there are several."""
        return versions_of(self.count, self.titles)

    @property
    def is_latest(self) -> bool:
        return not any(each.is_shown and not each.is_latest for each in self.versions)

    @property
    def turnout(self) -> Turnout | None:
        """Who took part; ``None`` where nobody can know, as with an imported vote."""
        document = self.count.document
        if not document.get("turnout"):
            return None
        return Turnout(document["turnout"], self.vote.process_id, document.get("eligible"))

    @cached_property
    def titles(self) -> dict[str, str]:
        """What the projects are called, by number."""
        return {line.entry.number: line.entry.name for line in self.lines}

    @cached_property
    def other_rules(self) -> list[OtherRule]:
        """What other rules would have done, where the town wants it told."""
        return other_rules(self.count.document, self.titles)

    @cached_property
    def set_aside(self) -> WithSetAside | None:
        """What would have come out with the ballots that were set aside, if there are any."""
        return with_set_aside(self.count.document, self.titles)

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        funded = len(self.funded)
        return ngettext(
            "%(funded)d of %(projects)d projects is funded, for %(spent)s in all.",
            "%(funded)d of %(projects)d projects are funded, for %(spent)s in all.",
            funded,
        ) % {
            "funded": funded,
            "projects": len(self.lines),
            "spent": format_money(self.spent, self.currency),
        }

    @property
    def ballots_text(self) -> str:
        return format_score(self.ballots)

    @property
    def funded_text(self) -> str:
        return _projects(len(self.funded))

    @property
    def not_funded_text(self) -> str:
        return _projects(len(self.not_funded))

    @property
    def threshold(self) -> str:
        """The least score a project needed, in words; empty where there was none."""
        threshold = self.count.document["threshold"]
        return score_phrase(threshold, self.ballot_type) if threshold else ""

    @property
    def remarks(self) -> list[str]:
        """What the count had to assume."""
        exclusive = self.vote.rules.announced_rule == "greedy-exclusive"
        return [_exclusive_remark()] if exclusive else []

    @property
    def spent_percent(self) -> int:
        """Share of the money used, in whole percent, rounded down, at most 100."""
        return min(self.spent * 100 // self.amount, 100) if self.amount else 0

    @property
    def spent_percent_text(self) -> str:
        return _("%(percent)d%%") % {"percent": self.spent_percent}

    @property
    def rule_explanation(self) -> str:
        """How the money was given out, and which of two equals went first."""
        return f"{self.rule.explanation} {self._tie}"

    @property
    def rule_options(self) -> list[Any]:
        """What the rule leaves to choose, as it was chosen, in words."""
        rules = self.count.document.get("rules") or {}
        chosen = ((Utility, rules.get("utility")), (Completion, rules.get("completion")))
        return [kind(value).label for kind, value in chosen if value]

    @property
    def score_heading(self) -> str:
        return _("Votes") if self.ballot_type.counts_votes else _("Points")

    @property
    def chart_title(self) -> str:
        votes = self.ballot_type.counts_votes
        if len(self.lines) > CHARTED:
            title = _("The most votes") if votes else _("The most points")
        else:
            title = _("Votes for each project") if votes else _("Points for each project")
        return title

    @property
    def chart(self) -> SafeString:
        """Scores of the projects as bars, funded ones told apart, with their table."""
        by_score = sorted(self.lines, key=lambda line: -Fraction(line.score))
        return bar_chart(
            [_bar(line) for line in by_score[:CHARTED]],
            title=self.chart_title,
            label=_("Project"),
            value=self.score_heading,
            note=_("Outcome"),
            legend=[("success", _("Funded")), ("neutral", _("Not funded"))],
            folded=True,
            id="support-chart",
        )

    def _lines(self) -> Iterator[Line]:
        paper = {entry.number: entry for entry in ballot_paper(self.vote, self.request)}
        titles = {number: entry.name for number, entry in paper.items()}
        explained = Explained(self.count.document, titles, self._category_names)
        for step in self.count.document["steps"]:
            if entry := paper.get(step["project"]):
                area = step.get("area", "")
                yield Line(
                    entry,
                    explained.step(step["project"]),
                    step["cost"],
                    step["score"],
                    step["left_before"],
                    area,
                    self._area_names.get(area, "") if len(self.money) > 1 else "",
                )

    @property
    def _tie(self) -> str:
        lot = self.count.document.get("lot") or {}
        sentence = TIES.get(self.count.document.get("tie", ""), TIES[Tie.ORDER])
        return str(sentence) % {"drawn": lot.get("drawn", ""), "from": lot.get("announced", "")}

    @cached_property
    def _area_names(self) -> Mapping[str, str]:
        if len(self.money) < 2:
            return {}
        return {row.code: row.name for row in VoteArea.objects.of(self.vote.process_id)}

    @property
    def _category_names(self) -> dict[str, str]:
        rules = self.count.document.get("rules") or {}
        if not rules.get("categories"):
            return {}
        return {row.code: row.name for row in VoteCategory.objects.of(self.vote.process_id)}

    def _money_of(self, code: str, amount: int) -> AreaMoney:
        funded = [line for line in self.funded if line.area == code]
        spent = sum(line.cost for line in funded)
        return AreaMoney(self._area_names.get(code, code), amount, spent, len(funded))


def _bar(line: Line) -> Bar:
    return Bar(
        label=line.entry.name,
        value=max(Decimal(line.score), Decimal(0)),
        tone=line.tone,
        note=str(line.outcome),
        href=line.entry.url,
    )


def _projects(number: int) -> str:
    return ngettext("%(number)d project", "%(number)d projects", number) % {"number": number}


def _exclusive_remark() -> str:
    return _(
        "The published rule also says that some projects exclude each other, but not which; so "
        "this was not taken into account."
    )
