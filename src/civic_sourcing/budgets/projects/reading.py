"""A list of projects, read for one vote: what would come of each row, and every fault by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting.amounts import parse_amount
from civic_sourcing.budgets.findings import SENTENCES
from civic_sourcing.budgets.models import BudgetRules, VoteArea, VoteCategory
from civic_sourcing.budgets.projects.facts import Facts
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.budgets.projects.numbers import numbers_taken
from civic_sourcing.budgets.projects.tables import Fault, Line, Table, read_table
from civic_sourcing.core.money import to_minor_units
from civic_sourcing.core.money_fields import MoneyField
from civic_sourcing.core.text import TextRefused, normalise
from civic_sourcing.processes.models import Process

LENGTHS = {"number": 64, "title": 255, "place": 255, "target": 255, "category": 255}
LONG = 20_000
LARGEST = 10**15


class Amiss(Exception):
    """One field cannot be taken as it is; the argument is a sentence."""


@dataclass
class ProjectList:
    """
    A file as it would come into the vote of ``process``.

    ``projects`` are those of the rows without a fault; as long as there is a single fault, none is
    to be added.
    """

    process: Process
    is_pabulib: bool = False
    projects: list[NewProject] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Any] = field(default_factory=list)

    @classmethod
    def read(cls, data: bytes, name: str, process: Process) -> ProjectList:
        """Read ``data`` of a file called ``name``; .pb by its ending, anything else as CSV."""
        is_pabulib = name.lower().endswith(".pb")
        table = read_table(data, is_pabulib=is_pabulib)
        found = cls(process, is_pabulib, faults=[*table.faults], remarks=[*table.remarks])
        found._check_currency(table)
        found._take_all(table.lines)
        return found

    @cached_property
    def currency(self) -> str:
        rules = BudgetRules.objects.filter(process=self.process).first()
        return rules.currency if rules else ""

    @cached_property
    def areas(self) -> dict[str, str]:
        return _by_name(VoteArea.objects.of(self.process))

    @cached_property
    def categories(self) -> dict[str, str]:
        return _by_name(VoteCategory.objects.of(self.process))

    def _check_currency(self, table: Table) -> None:
        if not self.currency:
            message = _("The vote has no currency yet. Set its money first.")
            self.faults.insert(0, Fault(0, "", message))
        elif table.currency and table.currency != self.currency:
            words = {"found": table.currency, "wanted": self.currency}
            message = _("The file is in %(found)s, the vote in %(wanted)s.") % words
            self.faults.insert(0, Fault(0, "currency", message))

    def _take_all(self, lines: list[Line]) -> None:
        taken = numbers_taken(self.process)
        first: dict[str, int] = {}
        for line in lines:
            project = self._take(line)
            number = project.facts.number
            if not number:
                continue
            if number in first:
                words = {"number": number, "line": first[number]}
                message = _("The number %(number)s was already on line %(line)d.") % words
                self._fault(line, "number", message)
            elif number in taken:
                message = _("The vote already has a project with the number %(number)s.")
                self._fault(line, "number", message % {"number": number})
            first.setdefault(number, line.number)
            self.projects.append(project)

    def _take(self, line: Line) -> NewProject:
        read: Callable[..., Any] = self._read
        texts = {name: read(line, name, _text) for name in ("title", "number", *TEXTS)}
        amounts = {name: read(line, name, self._amount) for name in AMOUNTS}
        for name in ("number", "title"):
            if not texts[name] and not line.fields.get(name):
                self._fault(line, name, _("This must not be empty."))
        if amounts["cost"] is None and not line.fields.get("cost"):
            self._fault(line, "cost", _("This must not be empty."))
        if (amounts["cost_least"] or 0) > (amounts["cost"] or LARGEST):
            self._fault(line, "cost_least", _("The least cost is above the highest."))
        project = NewProject(
            title=texts["title"] or "",
            facts=Facts(number=texts["number"] or "", **amounts),
            description=texts["description"] or "",
            opinion=texts["opinion"] or "",
            place=texts["place"] or "",
            target=texts["target"] or "",
        )
        return self._placed(line, project)

    def _placed(self, line: Line, project: NewProject) -> NewProject:
        """Put it into the area and category the file names, where the vote has any."""
        area = self._part(line, "area", self.areas)
        category = self._part(line, "category", self.categories)
        facts = replace(project.facts, area=area, category=category)
        named = line.fields.get("area", "") if not self.areas else ""
        field_of = self._read(line, "category", _text) if not self.categories else ""
        return replace(
            project,
            facts=facts,
            place=project.place or named[: LENGTHS["place"]],
            category_text=field_of or "",
        )

    def _part(self, line: Line, name: str, known: dict[str, str]) -> str:
        written = line.fields.get(name, "")
        if not written or not known:
            return ""
        code = known.get(_key(written), "")
        if not code:
            message = _("“%(part)s” is not set up in this vote.") % {"part": written[:60]}
            self._fault(line, name, message)
        return code

    def _amount(self, text: str, name: str) -> int:
        read = _exact if self.is_pabulib else _written
        try:
            minor = to_minor_units(read(text), self.currency)
        except ValueError:
            message = _("%(currency)s has no such small amounts.") % {"currency": self.currency}
            raise Amiss(message) from None
        if minor > LARGEST:
            raise Amiss(_("This is more than can be stored."))
        return minor

    def _read(self, line: Line, name: str, reader: Callable[[str, str], Any]) -> Any:
        text = line.fields.get(name, "")
        if not text:
            return None
        try:
            return reader(text, name)
        except Amiss as amiss:
            self._fault(line, name, amiss.args[0])
            return None

    def _fault(self, line: Line, name: str, message: Any) -> None:
        self.faults.append(Fault(line.number, line.columns.get(name, name), message))


AMOUNTS = ("cost", "cost_least", "running_cost")
TEXTS = ("description", "opinion", "place", "target")


def _exact(text: str) -> int | Fraction:
    """An amount as the .pb format has it."""
    try:
        return parse_amount(text)
    except ValueError as error:
        code, value = error.args
        sentence = str(SENTENCES[code]) % {"value": value}
        raise Amiss(f"{sentence[:1].upper()}{sentence[1:]}.") from None


def _written(text: str) -> Fraction:
    """An amount as people write it in the active language: ``1,250,000`` or ``1.250.000``."""
    try:
        amount: Fraction = MoneyField().clean(text)
    except ValidationError as refused:
        raise Amiss(" ".join(refused.messages)) from None
    return amount


def _text(text: str, name: str) -> str:
    if name == "number" and "," in text:
        raise Amiss(_("A number holds no comma."))
    length = LENGTHS.get(name, LONG)
    try:
        return normalise(text, max_length=length, single_line=name in LENGTHS)
    except TextRefused as refused:
        raise Amiss(" ".join(refused.messages)) from None


def _by_name(rows: Any) -> dict[str, str]:
    """Codes by whatever an area or category is called: its code, or its name in any language."""
    found: dict[str, str] = {}
    for row in rows:
        for name in (row.code, *row.names.values()):
            found.setdefault(_key(name), row.code)
    return found


def _key(name: str) -> str:
    return " ".join(name.lower().split())
