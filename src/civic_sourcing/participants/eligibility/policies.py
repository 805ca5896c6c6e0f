"""May this person take part in this process: the question, and its answer line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.policies import Occasion, Policy, Refusal
from civic_sourcing.participants.eligibility.conditions import Condition, Label, Line
from civic_sourcing.participants.eligibility.kinds import sign_in_first
from civic_sourcing.participants.eligibility.offices import office_of
from civic_sourcing.participants.eligibility.verifiers import Verifier, find_verifier_kind
from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class NotEligible(Refusal):
    """A refusal that knows its condition, so that a page can show how to meet it or object."""

    condition: Condition | None = None
    process: Process | None = None


class Eligible(Policy):
    """
    Only who meets every condition of the process: ``extra["process"]``, else the subject's.

    The refusal says which condition is missing, how to meet it and which office helps; its code is
    the condition's. Without conditions everybody passes, at the price of one query.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.extra.get("process") or occasion.subject.process
        if process is None:
            return None
        condition = Eligibility(occasion.user, process, occasion.at).first_missing
        if condition is None:
            return None
        return NotEligible(condition.message, condition.code, condition, process)


class Eligibility:
    """
    How ``user`` (``None`` or anonymous included) stands to the conditions of ``process`` at ``at``.

    Costs one query for the conditions, at most one for each of them, and one for the office where
    something is missing.
    """

    def __init__(self, user: Any, process: Process, at: datetime) -> None:
        self.user = user
        self.process = process
        self.at = at

    @cached_property
    def verifiers(self) -> list[Verifier | None]:
        """In order; ``None`` stands for a condition nobody here can check any more."""
        rules = self.process.eligibility_rules.all() if self.process else []
        kinds = [(find_verifier_kind(rule.verifier), rule.options) for rule in rules]
        return [kind(options) if kind else None for kind, options in kinds]

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(verifier) for verifier in self.verifiers]

    @cached_property
    def first_missing(self) -> Condition | None:
        """The condition to name in a refusal."""
        for verifier in self.verifiers:
            if condition := self._missing(verifier):
                return self._with_office(condition)
        return None

    @property
    def is_met(self) -> bool:
        return all(line.state == "met" for line in self.lines)

    @property
    def bars(self) -> bool:
        """Whether somebody signed in would be refused now."""
        return any(line.state == "missing" for line in self.lines) and self.signed_in

    @property
    def signed_in(self) -> bool:
        return self.user is not None and bool(self.user.is_authenticated)

    @cached_property
    def office(self) -> str:
        return office_of(self.process)

    def _line(self, verifier: Verifier | None) -> Line:
        if verifier is not None and not self.signed_in and not verifier.asks_visitors:
            return Line(verifier.requirement, "unknown")
        condition = self._missing(verifier)
        requirement: Label = verifier.requirement if verifier else _("One more condition.")
        if condition is None:
            return Line(requirement, "met")
        return Line(requirement, "missing", self._with_office(condition))

    def _missing(self, verifier: Verifier | None) -> Condition | None:
        if verifier is None:
            return Condition(
                "cannot-be-checked", _("One condition cannot be checked at the moment.")
            )
        if not self.signed_in:
            return sign_in_first()
        return verifier.missing(self.user, self.process, self.at)

    def _with_office(self, condition: Condition) -> Condition:
        if condition.code == "sign-in":
            return condition
        words = _("If you need help, turn to: %(office)s.") % {"office": self.office.rstrip(".")}
        return replace(condition, office=words)
