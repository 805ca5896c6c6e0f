"""What several rules make of a past election, in words and numbers for a screen."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting import (
    AreaMoney,
    CountRules,
    Electorate,
    Least,
    Of,
    Project,
    read_pabulib,
)
from civic_sourcing.budgets.counting.amounts import Amount, exact, written
from civic_sourcing.budgets.counting.compare import Comparison, compare, district_of, every_rule
from civic_sourcing.budgets.counting.compare import name_of as key_of
from civic_sourcing.budgets.counting_votes import rules_of_vote
from civic_sourcing.budgets.exports.elections import export_of, major
from civic_sourcing.budgets.models import CountResult, VoteRun
from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.budgets.rules import Completion, Rule, Utility
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money, is_currency, minor_digits

MOST_MARKS = 2_000_000
MOST_MARKS_RAISED = 400_000
"""Marks on different ballots up to which a screen counts; where shares are raised, fewer."""


@dataclass(frozen=True)
class Scene:
    """A past election: ballots, projects, and all that its rules say beside who wins."""

    title: str
    currency: str
    projects: tuple[Project, ...]
    electorate: Electorate
    rules: CountRules

    @cached_property
    def marks(self) -> int:
        papers = self.electorate.papers
        return sum(len(ballot.projects) for each in papers for ballot in each.ballots)


def scene_of_vote(page: Any, count: CountResult) -> Scene:
    """The ballots of a published ``count``, and the money and conditions of its vote."""
    export = export_of(page, count)
    election, run = export.election, VoteRun.objects.of(page.process)
    if run is None or not run.rulebook:
        rules = CountRules.of_election(election, threshold=_least(election.threshold))
    else:
        rules = rules_of_vote(frozen(run), drawn=(count.document.get("lot") or {}).get("drawn", ""))
        currency = count.document["currency"]
        areas = (replace(area, budget=major(area.budget, currency)) for area in rules.areas)
        rules = replace(rules, areas=tuple(areas), raise_by=1, quorum=None)
    currency = count.document["currency"]
    return Scene(page.title, currency, election.projects, export.electorate, rules)


def scene_of_file(data: bytes, name: str) -> Scene:
    """The election of a .pb file; nothing of it is stored. Raises ``PabulibError``."""
    election = read_pabulib(io.BytesIO(data))
    title = " ".join(filter(None, map(election.meta.get, ("description", "instance")))) or name
    rules = CountRules.of_election(election, threshold=_least(election.threshold))
    currency = election.meta.get("currency", "")
    return Scene(title, currency, election.projects, election.electorate, rules)


RULES = {key_of(rules): rules for rules in every_rule(CountRules(areas=(AreaMoney("", 0),)))}
"""Every rule with its options, by name."""


def label_of(rules: CountRules) -> str | Promise:
    """A rule with its options in words."""
    label = Rule(rules.rule).label
    if rules.rule != Rule.EQUAL_SHARES:
        return label
    options = Utility(rules.utility).label, Completion(rules.completion).label
    return format_lazy("{}: {}. {}", label, *options)


@dataclass(frozen=True)
class Tried:
    """What one rule came to."""

    label: str | Promise
    comparison: Comparison
    scene: Scene

    @property
    def funded(self) -> str:
        return format_score(len(self.comparison.count.selected))

    @property
    def spent(self) -> str:
        return _money(self.comparison.count.spent, self.scene.currency)

    @property
    def left(self) -> str:
        return _money(self.comparison.count.left, self.scene.currency)

    @property
    def served(self) -> str:
        return format_score(self.comparison.served)

    @property
    def served_share(self) -> str:
        return _percent(self.comparison.served_share)

    @property
    def satisfaction(self) -> str:
        return _rounded(self.comparison.satisfaction)

    @property
    def money(self) -> str:
        return _money(self.comparison.money, self.scene.currency)


@dataclass(frozen=True)
class Trial:
    """Several rules on one scene."""

    scene: Scene
    tried: Sequence[Tried]

    @property
    def ballots(self) -> str:
        return format_score(self.scene.electorate.ballot_count)

    @property
    def budget(self) -> str:
        return _money(self.scene.rules.budget, self.scene.currency)

    @property
    def winners(self) -> list[tuple[str, str, list[bool]]]:
        """Name and cost of each project that any rule funds, and by which rules it is funded."""
        chosen = [set(each.comparison.count.selected) for each in self.tried]
        return [
            (
                project.name or project.id,
                _money(project.cost, self.scene.currency),
                [project.id in funded for funded in chosen],
            )
            for project in self.scene.projects
            if any(project.id in funded for funded in chosen)
        ]

    @property
    def districts(self) -> list[tuple[str, list[str]]]:
        """The share of the money spent that goes to each district, by rule."""
        names = dict.fromkeys(map(district_of, self.scene.projects))
        if len(names) < 2:
            return []
        return [
            (name, [_percent(each.comparison.share_of(name)) for each in self.tried])
            for name in names
        ]


def tried(scene: Scene, keys: Sequence[str], threshold: Amount | None = None) -> Trial:
    """
    Count ``scene`` by the rules named; ``threshold`` (points) replaces its own.

    Refused where a screen would take too long (``too-large``); the command has no such limit.
    """
    rules = list(_rules(scene, keys, threshold))
    raises = any("add1" in each.completion for each in rules)
    if scene.marks > (MOST_MARKS_RAISED if raises else MOST_MARKS):
        raise ActionRefused(
            _(
                "These ballots are too many to count by these rules while you wait. Leave out the "
                "rules that raise shares, or count with the command."
            ),
            code="too-large",
        )
    counted = compare(scene.projects, scene.electorate, rules)
    labels = [label_of(RULES[key]) for key in keys]
    return Trial(
        scene, [Tried(label, each, scene) for label, each in zip(labels, counted, strict=True)]
    )


def _rules(scene: Scene, keys: Sequence[str], threshold: Amount | None) -> Iterator[CountRules]:
    for key in keys:
        chosen = RULES[key]
        rules = replace(
            scene.rules, rule=chosen.rule, utility=chosen.utility, completion=chosen.completion
        )
        yield rules if threshold is None else replace(rules, threshold=_least(threshold))


def _least(points: Amount | None) -> Least | None:
    return Least(points, Of.SCORE) if points else None


def _money(amount: Amount, currency: str) -> str:
    """As people write it; averages are rounded. A file need not name a currency there is."""
    if not is_currency(currency):
        return _rounded(amount)
    return format_money(round(Fraction(amount) * 10 ** minor_digits(currency)), currency)


def _rounded(amount: Amount) -> str:
    """At most two decimals."""
    return format_score(written(exact(Fraction(round(Fraction(amount) * 100), 100))))


def _percent(share: Amount) -> str:
    return _("%(percent)s %%") % {"percent": format_score(round(Fraction(share) * 100))}
