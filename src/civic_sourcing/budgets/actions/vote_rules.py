"""The rules of a vote, as long as it has not opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots import Limits
from civic_sourcing.budgets.ballots.documents import written
from civic_sourcing.budgets.freezing import refuse_if_frozen
from civic_sourcing.budgets.models import (
    BudgetRules,
    ExclusiveSet,
    Project,
    ProjectDependency,
    VoteArea,
    VoteCategory,
    VoterGroup,
)
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.rules import BallotType, Rule
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process

CODE_LENGTH = 40

FIELDS = (
    "amount", "currency", "rule", "utility", "completion", "threshold", "threshold_of", "area_use",
    "scope", "may_leave_area_empty", "faulty", "quorum", "quorum_of", "tie", "lot_seed",
    "paper_rule",
)  # fmt: skip
"""Fields of ``BudgetRules`` that ``ChangeVoteRules`` takes by name."""

Part = Mapping[str, Any]


class ChangeVoteRules(Action[Process]):
    """
    Say what holds in a vote, in all its languages. Returns the ``BudgetRules``.

    Takes the fields of ``BudgetRules`` by name, ``limits`` (``ballots.Limits``, which are also the
    kind of ballot), and whole lists: ``areas``, ``categories`` and ``groups`` as mappings of their
    fields (``code`` of one there is, or empty for a new one; ``names`` by language), each in their
    order, ``exclusive`` as sequences of project numbers, ``dependencies`` as pairs of numbers.
    ``area_limits`` are the limits of areas by code, ``None`` for none of their own. What is not
    given stays as it is. With areas, ``amount`` is what they have together.

    Refused once the vote has opened (``frozen``), for an imported vote too; so is leaving out an
    area or a category in which projects are (``in-use``), and another currency once there are
    projects (``currency-in-use``). Contradictions may be written down: ``findings`` tells them.
    """

    verb = "change_vote_rules"
    policy = runs_votes

    amount: int | None = None
    currency: str | None = None
    limits: Limits | None = None
    areas: Sequence[Part] | None = None
    area_limits: Mapping[str, Limits | None] | None = None
    categories: Sequence[Part] | None = None
    groups: Sequence[Part] | None = None
    exclusive: Sequence[Collection[str]] | None = None
    dependencies: Sequence[tuple[str, str]] | None = None

    def check(self) -> None:
        refuse_if_frozen(self.subject)
        for parts in (self.areas, self.categories, self.groups):
            if not all(any(part["names"].values()) for part in parts or ()):
                raise ActionRefused(
                    _("Give everything a name in one language at least."), code="nameless"
                )
        self.numbers = {project.number: project for project in Project.objects.of(self.subject)}
        self._check_numbers()
        self._check_currency()
        self.row = self._row()

    def perform(self) -> BudgetRules:
        self._settle_parts()
        self._settle_links()
        areas = list(VoteArea.objects.of(self.subject))
        if areas:
            self.row.amount = sum(area.budget for area in areas)
        self.row.save()
        return self.row

    def audit_details(self) -> dict[str, Any]:
        rules: BudgetRules = self.result
        codes = {
            name: str(getattr(rules, name)) for name in FIELDS if name not in ("amount", "lot_seed")
        }
        return {
            "rules": {**codes, "amount": rules.amount, "ballot": rules.ballot_type},
            "areas": [area.code for area in VoteArea.objects.of(self.subject)],
            "categories": [row.code for row in VoteCategory.objects.of(self.subject)],
            "groups": [row.code for row in VoterGroup.objects.of(self.subject)],
        }

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "arguments": repr(sorted(self.arguments.items()))}

    def _row(self) -> BudgetRules:
        row = BudgetRules.objects.filter(process=self.subject).first() or BudgetRules(
            process=self.subject,
            amount=0,
            ballot_type=BallotType.APPROVAL,
            rule=Rule.GREEDY,
        )
        for name in FIELDS:
            if self.arguments.get(name) is not None:
                setattr(row, name, self.arguments[name])
        if self.limits is not None:
            row.ballot_type, row.limits = self.limits.ballot_type.value, written(self.limits)
        refuse_invalid(row)
        return row

    def _check_currency(self) -> None:
        """Amounts are kept in minor units, so they would mean something else in another one."""
        known = BudgetRules.objects.filter(process=self.subject).first()
        if known and self.numbers and self.currency not in (None, known.currency):
            raise ActionRefused(
                _("There are projects with costs in %(currency)s, so the currency stays."),
                code="currency-in-use",
                currency=known.currency,
            )

    def _check_numbers(self) -> None:
        named = [number for together in self.exclusive or () for number in together]
        named += [number for pair in self.dependencies or () for number in pair]
        for number in named:
            if number not in self.numbers:
                raise ActionRefused(
                    _("There is no project “%(number)s” in this vote."),
                    code="unknown-project",
                    number=number[:40],
                )

    def _settle_parts(self) -> None:
        for model, parts in (
            (VoteArea, self.areas),
            (VoteCategory, self.categories),
            (VoterGroup, self.groups),
        ):
            if parts is not None:
                settle(model, self.subject, parts)
        for area in VoteArea.objects.of(self.subject):
            if self.area_limits is not None and area.code in self.area_limits:
                own = self.area_limits[area.code]
                area.limits = written(own) if own is not None else {}
                area.save(update_fields=["limits"])

    def _settle_links(self) -> None:
        if self.exclusive is not None:
            ExclusiveSet.objects.filter(process=self.subject).delete()
            for position, together in enumerate(self.exclusive):
                row = ExclusiveSet.objects.create(
                    process=self.subject, code=f"set-{position + 1}", position=position
                )
                row.members.set([self.numbers[number] for number in together])
        if self.dependencies is not None:
            ProjectDependency.objects.filter(project__process=self.subject).delete()
            ProjectDependency.objects.bulk_create(
                ProjectDependency(project=self.numbers[project], needs=self.numbers[needs])
                for project, needs in dict.fromkeys(map(tuple, self.dependencies))
            )


def settle(model: Any, process: Process, parts: Sequence[Part]) -> None:
    """Make the rows of ``model`` those of ``parts``, in their order; the others are deleted."""
    known = {row.code: row for row in model.objects.of(process)}
    kept: set[str] = set()
    for position, part in enumerate(parts):
        code = part.get("code", "")
        if code not in known or code in kept:
            code = _free_code([code, *part["names"].values()], {*known, *kept}, model)
        row = known.get(code) or model(process=process, code=code)
        for name, value in part.items():
            if name != "code":
                setattr(row, name, value)
        row.names = {language: name for language, name in part["names"].items() if name}
        row.position = position
        refuse_invalid(row)
        row.save()
        kept.add(code)
    for code in known.keys() - kept:
        _let_go(known[code])


def refuse_invalid(row: Any) -> None:
    """Raise ``ActionRefused`` (code ``invalid``) for values that no form would let through."""
    try:
        row.clean_fields(exclude=["process"])
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages), code="invalid") from None


def _let_go(row: Any) -> None:
    if hasattr(row, "projects") and row.projects.exists():
        raise ActionRefused(
            _("“%(part)s” still has projects. Move them first, then remove it."),
            code="in-use",
            part=row.name,
        )
    row.delete()


def _free_code(named: Iterable[str], taken: set[str], model: Any) -> str:
    """A readable code that is free: the one wished for, else one made of the first name."""
    words = (slugify(name)[:CODE_LENGTH].strip("-_") for name in named)
    stem = next(filter(None, words), model._meta.model_name)
    codes = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)
