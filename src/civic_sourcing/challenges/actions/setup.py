"""What managers say of a challenge before it opens: facts, phases, prizes, criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.editorial.changing import ChangeChallenge, Row, settle_rows
from civic_sourcing.challenges.editorial.points import DISORDER
from civic_sourcing.challenges.editorial.sections import Section, fields_of, limit
from civic_sourcing.challenges.frozen_rows import STAYING_FACTS
from civic_sourcing.challenges.models import (
    ChallengeType,
    Criterion,
    EntryQuestion,
    Prize,
    Round,
)
from civic_sourcing.challenges.status import first_disorder
from civic_sourcing.challenges.timeline import dates_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money

FACTS = frozenset(name for section in Section for name in fields_of(section).facts)
"""Fields of ``ChallengeFacts`` that ``SetFacts`` takes by name."""

FROZEN = frozenset(STAYING_FACTS) | {
    "prize_total", "prize_up_to", "has_other_prizes", "authority", "mandate",
}  # fmt: skip
OF_ROUND = (
    "titles", "descriptions", "hows", "ways_on", "opens_at", "closes_at", "judging_until",
    "takes_entries", "advancing",
)  # fmt: skip
DATES = ("opens_at", "closes_at", "judging_until")
OF_PRIZE = ("place", "titles", "others", "amount", "winners", "shared")
OF_CRITERION = (
    "titles", "descriptions", "kind", "points", "weight", "levels", "is_bonus", "is_knockout",
    "needs_comment",
)  # fmt: skip
OF_QUESTION = ("kind", "labels", "helps", "choices", "is_required", "most_characters")
BEYOND = 1000
"""Above every number of a phase: where they wait while they change places."""


class SetFacts(ChangeChallenge):
    """
    Say what is true of a challenge in all its languages. Takes ``values``, by name of the field.

    Fields under which people enter and are judged are ``frozen`` once it has opened; a value as it
    was changes nothing. An impossible value is refused as ``invalid``.
    """

    verb = "set_facts"

    values: Mapping[str, Any]

    def check(self) -> None:
        if unknown := set(self.values) - FACTS:
            raise ValueError(f"not facts of a challenge: {sorted(unknown)!r}")
        super().check()
        for name, value in self._plain.items():
            setattr(self.facts, name, value)
        self._refuse_types()
        try:
            self.facts.full_clean(exclude=["process"], validate_unique=False)
        except ValidationError as error:
            raise ActionRefused(" ".join(error.messages), code="invalid") from error

    def touches_frozen(self) -> bool:
        return any(
            name in FROZEN and getattr(self.facts, name) != value
            for name, value in self._plain.items()
        )

    def write(self) -> None:
        self.facts.save()
        if "managers" in self.values:
            self.facts.managers.set(self.values["managers"])

    @property
    def _plain(self) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if name != "managers"}

    def _refuse_types(self) -> None:
        more = self.facts.more_types
        if len(more) > limit("more_types") or not set(more) <= set(ChallengeType.values):
            raise ActionRefused(_("Choose one type and up to three more."), code="too-many-types")
        primary = self.facts.primary_type
        self.facts.more_types = [key for key in dict.fromkeys(more) if key != primary]


class SetTimeline(ChangeChallenge):
    """
    Say in which phases people enter and are judged: ``rounds`` as mappings, in their order.

    Each has fields of ``Round``, and the ``uuid`` of one there is or none. Dates may be missing
    while a challenge is written; those there are have to be in order (``before-predecessor``,
    ``reversed``, ``judging-before-close``). The phases of the process follow.
    """

    verb = "set_timeline"

    rounds: Sequence[Row]

    def check(self) -> None:
        super().check()
        planned = [Round(**{name: row.get(name) for name in DATES}) for row in self.rounds]
        for each, row in zip(planned, self.rounds, strict=True):
            each.takes_entries = row.get("takes_entries", True)
        dated = [
            each for each in planned if each.opens_at and (each.closes_at or not each.takes_entries)
        ]
        if disorder := first_disorder(dates_of(dated)):
            index, fault = disorder
            number = planned.index(dated[index]) + 1
            raise ActionRefused(DISORDER[fault] % {"number": number}, code=fault)

    def write(self) -> None:
        own = {str(each.uuid): each for each in Round.objects.of(self.subject)}
        kept = [
            own.get(str(row.get("uuid") or "")) or Round(process=self.subject)
            for row in self.rounds
        ]
        staying = {each.pk for each in kept}
        for gone in own.values():
            if gone.pk not in staying:
                gone.delete()
        for waiting in kept:
            if waiting.pk:
                Round.objects.filter(pk=waiting.pk).update(number=BEYOND + waiting.number)
        for number, (each, row) in enumerate(zip(kept, self.rounds, strict=True), start=1):
            each.number = number
            for name in OF_ROUND:
                if name in row:
                    setattr(each, name, row[name])
            each.save()
        if self.facts._state.adding:
            self.facts.save()
        follow_rounds(self.subject, by=self.by)

    def audit_details(self) -> dict[str, Any]:
        return {**super().audit_details(), "phases": len(self.rounds)}


class SetPrizes(ChangeChallenge):
    """
    Say what there is to win: ``total`` (minor units, ``None`` for no money) and its ``parts``.

    Parts are mappings with fields of ``Prize``, ``round`` as a ``Round`` or ``None``, and the
    ``uuid`` of one there is or none. What parts come to has to be the total, or at most that where
    it is a ceiling (``up_to``); otherwise refused as ``sum``.
    """

    verb = "set_prizes"

    currency: str
    total: int | None
    parts: Sequence[Row]
    up_to: bool = False
    others: bool = False

    def check(self) -> None:
        super().check()
        sum_of_parts = sum(part["amount"] for part in self.parts)
        total = self.total or 0
        if self.parts and sum_of_parts != total and not (self.up_to and sum_of_parts < total):
            raise ActionRefused(
                _("The parts of the prizes come to %(parts)s, but the prize money is %(total)s."),
                code="sum",
                parts=format_money(sum_of_parts, self.currency),
                total=format_money(total, self.currency),
            )

    def write(self) -> None:
        facts = self.facts
        facts.currency, facts.prize_total, facts.prize_up_to = self.currency, self.total, self.up_to
        facts.has_other_prizes = self.others or any(
            any((part.get("others") or {}).values()) for part in self.parts
        )
        settle_rows(
            self.parts,
            Prize.objects.filter(process=self.subject),
            lambda: Prize(process=self.subject),
            (*OF_PRIZE, "round"),
        )

    def audit_details(self) -> dict[str, Any]:
        return {**super().audit_details(), "total": self.total or 0, "parts": len(self.parts)}


class SetCriteria(ChangeChallenge):
    """
    Say by what the entries of a phase are judged: ``criteria`` as mappings, in their order.

    Takes the ``round`` and fields of ``Criterion``. A knock-out is answered with yes or no and has
    no points; the points of levels are at most those of the criterion, which are the highest level.
    """

    verb = "set_criteria"

    round: Round
    criteria: Sequence[Row]

    def check(self) -> None:
        super().check()
        if self.round.process_id != self.subject.pk:
            raise ValueError(f"{self.round!r} is no phase of {self.subject!r}.")

    def write(self) -> None:
        rows = [_whole(row) for row in self.criteria]
        settle_rows(
            rows,
            Criterion.objects.filter(round=self.round),
            lambda: Criterion(round=self.round),
            OF_CRITERION,
        )

    def audit_details(self) -> dict[str, Any]:
        return {
            **super().audit_details(),
            "phase": self.round.number,
            "criteria": len(self.criteria),
            "points": sum(row.get("points") or 0 for row in self.criteria),
        }


class SetQuestions(ChangeChallenge):
    """
    Say what the form of a phase asks: ``questions`` as mappings, in their order.

    Takes the ``round`` and fields of ``EntryQuestion``; a choice needs two ``choices`` at least
    (``no-choice``). Once the challenge has opened, the form stays as solvers met it.
    """

    verb = "set_questions"

    round: Round
    questions: Sequence[Row]

    def check(self) -> None:
        super().check()
        if self.round.process_id != self.subject.pk:
            raise ValueError(f"{self.round!r} is no phase of {self.subject!r}.")
        for row in self.questions:
            if row["kind"] == EntryQuestion.Kind.CHOICE and len(row.get("choices") or ()) < 2:
                raise ActionRefused(
                    _("Give at least two answers to choose from."), code="no-choice"
                )

    def write(self) -> None:
        settle_rows(
            self.questions,
            EntryQuestion.objects.filter(round=self.round, retired_at=None),
            lambda: EntryQuestion(round=self.round),
            OF_QUESTION,
        )

    def audit_details(self) -> dict[str, Any]:
        numbers = {"phase": self.round.number, "questions": len(self.questions)}
        return {**super().audit_details(), **numbers}


def _whole(row: Row) -> dict[str, Any]:
    """A criterion whose parts agree with each other."""
    whole = dict(row)
    if whole.get("is_knockout"):
        whole |= {"kind": Criterion.Kind.YES_NO, "points": 0, "weight": None, "is_bonus": False}
    levels = whole.get("levels") or []
    if whole.get("kind") == Criterion.Kind.RATING and levels:
        whole["points"] = max(level["points"] for level in levels)
    if whole.get("kind") != Criterion.Kind.RATING:
        whole["levels"] = []
    return whole
