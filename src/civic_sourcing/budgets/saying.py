"""Faults, open points and lines of a rulebook as whole sentences in the active language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from civic_sourcing.budgets import rules
from civic_sourcing.budgets.ballots import Fault, Line, OpenPoint
from civic_sourcing.budgets.models import VoteArea, VoteCategory, VoterGroup
from civic_sourcing.budgets.sentences import FAULTS, LINES, OPEN_POINTS
from civic_sourcing.core.money import format_money
from civic_sourcing.participants.eligibility.verifiers import find_verifier_kind
from civic_sourcing.processes.kinds import phase_label, process_kind
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.policies import written

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Coded, Rulebook
    from civic_sourcing.processes.models import Process

TABLES: tuple[tuple[type[Coded], Mapping[str, Any]], ...] = (
    (Fault, FAULTS),
    (OpenPoint, OPEN_POINTS),
    (Line, LINES),
)

MONEY: dict[str, frozenset[str]] = {
    "over-budget": frozenset({"given", "budget"}),
    "under-budget": frozenset({"given", "least"}),
    "none-affordable": frozenset({"budget", "cheapest"}),
    "budget-range": frozenset({"budget", "money"}),
    "money": frozenset({"budget"}),
    "spend-at-most": frozenset({"budget"}),
    "too-dear": frozenset({"cost", "budget"}),
}
"""Values that are amounts in minor units, by code."""


class Naming(Protocol):
    """What a sentence wants to know about a vote; ``Names`` knows it."""

    def area(self, code: str) -> str: ...
    def category(self, code: str) -> str: ...
    def money(self, amount: int) -> str: ...


@dataclass(frozen=True)
class Names:
    """
    What the parts of a vote are called, by code, in the active language.

    ``titles`` are those of projects by number; ``conditions`` say by key what is asked of voters. A
    code nobody has named stands for itself.
    """

    currency: str
    areas: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, process: Process, rulebook: Rulebook, titles: Mapping[str, str] | None = None
    ) -> Names:
        """Four queries."""
        whole = {area.code: _("The whole town") for area in rulebook.areas if area.town_wide}
        areas = {row.code: row.name for row in VoteArea.objects.of(process)}
        return cls(
            currency=rulebook.currency,
            areas=whole | areas,
            categories={row.code: row.name for row in VoteCategory.objects.of(process)},
            groups={row.code: row.name for row in VoterGroup.objects.of(process)},
            titles=titles or {},
            conditions=_conditions(process),
        )

    def area(self, code: str) -> str:
        return self.areas.get(code, code)

    def category(self, code: str) -> str:
        return self.categories.get(code, code)

    def money(self, amount: int) -> str:
        return format_money(amount, self.currency)

    def project(self, number: str) -> str:
        """“7 Playground”, or the number alone."""
        title = self.titles.get(number, "")
        return f"{number} {title}" if title and title != number else number


def sentence_of(coded: Coded, names: Naming) -> str:
    """
    Return the sentence of a fault, an open point or a line, with the names of a vote in it.

    Where it is about one area of several, it begins with that area. One nobody has translated is
    said in English, as ``ballots`` has it.
    """
    table = next(table for kind, table in TABLES if isinstance(coded, kind))
    sentence = table.get(coded.code)
    if sentence is None:
        return coded.message
    values = {key: _value(coded, key, value, names) for key, value in coded.context.items()}
    told = str(sentence) % values
    if coded.context.get("area") and "%(area)s" not in str(sentence):
        told = _("%(area)s: %(sentence)s") % {"area": values["area"], "sentence": told}
    return told


def _value(coded: Coded, key: str, value: Any, names: Naming) -> str:
    if key in MONEY.get(coded.code, ()):
        return names.money(int(value))
    if key in WORDS and isinstance(value, str):
        return WORDS[key](value, names)
    return number_format(value) if isinstance(value, int) else str(value)


def _project(number: str, names: Naming) -> str:
    called: Callable[[str], str] | None = getattr(names, "project", None)
    return called(number) if called else number


def _projects(numbers: str, names: Naming) -> str:
    return ", ".join(_project(number, names) for number in numbers.split(", "))


def _areas(codes: str, names: Naming) -> str:
    return ", ".join(names.area(code) for code in codes.split(", "))


def _group(code: str, names: Naming) -> str:
    return str(getattr(names, "groups", {}).get(code, code))


def _condition(key: str, names: Naming) -> str:
    return str(getattr(names, "conditions", {}).get(key, key))


def _moment(text: str, names: Naming) -> str:
    return written(datetime.fromisoformat(text))


def _phase(kind: str, names: Naming) -> str:
    return str(phase_label(process_kind("budget"), kind))


def _label(choices: Any) -> Callable[[str, Naming], str]:
    def label(value: str, names: Naming) -> str:
        return str(choices(value).label) if value in choices.values else value

    return label


WORDS: dict[str, Callable[[str, Naming], str]] = {
    "area": lambda code, names: names.area(code),
    "areas": _areas,
    "category": lambda code, names: names.category(code),
    "group": _group,
    "project": _project,
    "needs": _project,
    "projects": _projects,
    "exclusive": _projects,
    "ballot": _label(rules.BallotType),
    "use": _label(rules.AreaUse),
    "rule": _label(rules.Rule),
    "utility": _label(rules.Utility),
    "completion": _label(rules.Completion),
    "tie": _label(rules.Tie),
    "mandate": lambda code, names: str(Mandate(code).meaning),
    "key": _condition,
    "phase": _phase,
    "first": _phase,
    "second": _phase,
    "opens_at": _moment,
    "closes_at": _moment,
}
"""How the values of a sentence are told, by the name of the value."""


def _conditions(process: Process) -> dict[str, str]:
    found = {
        rule.verifier: (find_verifier_kind(rule.verifier), rule.options)
        for rule in process.eligibility_rules.all()
    }
    return {key: str(kind(options).requirement) for key, (kind, options) in found.items() if kind}
