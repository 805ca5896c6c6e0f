"""Funded projects become promises of the city."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.actions import Adopt, PlanAdoption
from civic_sourcing.answers.actions.adoptions import as_planned
from civic_sourcing.answers.models import Adoption, Department
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.budgets.delivery.owed import Owed, binding_count, owed_of
from civic_sourcing.budgets.models import BudgetRules
from civic_sourcing.budgets.signals import projects_promised
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn, System
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.policies import HasRole


class PromiseProjects(Action[Process]):
    """
    Promise to carry out projects a vote has funded, and say who does it until when.

    Takes ``numbers`` of projects; without them all that are not promised yet. ``department``,
    ``partners``, ``owner`` and ``expected_on`` are put into each, but never over what is planned
    already; what is missing is a gap. What a project costs on the ballot paper is its planned
    money. The result are the adoptions. Refused before the count binds (``not-confirmed``), for a
    project it does not fund (``not-funded``), and where nothing is left to promise or to plan
    (``nothing-left``).
    """

    verb = "promise_projects"
    policy = (SignedIn() & HasRole(OFFICIAL)) | System()
    announces = projects_promised

    numbers: Collection[str] | None = None
    department: Department | None = None
    partners: Sequence[Department] = ()
    owner: Any = None
    expected_on: date | None = None

    def check(self) -> None:
        if binding_count(self.subject) is None:
            raise ActionRefused(
                _(
                    "The count of this vote is not confirmed yet. What it funds is promised once "
                    "it is."
                ),
                code="not-confirmed",
            )
        funded = {each.project.number: each for each in owed_of(self.subject) if each.is_funded}
        for number in self.numbers or ():
            if number not in funded:
                raise ActionRefused(
                    _("The vote has not funded the project “%(number)s”."),
                    code="not-funded",
                    number=number,
                )
        wanted = funded if self.numbers is None else set(self.numbers)
        self.owed = [
            each
            for number, each in funded.items()
            if number in wanted and each.project.contribution and self._is_open(each)
        ]
        if not self.owed:
            raise ActionRefused(
                _("All of these projects are promised and planned already."), code="nothing-left"
            )

    def perform(self) -> list[Adoption]:
        rules = BudgetRules.objects.filter(process=self.subject).first()
        currency = rules.currency if rules else ""
        return [self._promise(each, currency) for each in self.owed]

    def audit_details(self) -> dict[str, Any]:
        return {
            "projects": len(self.result),
            "adoptions": [str(adoption.uuid) for adoption in self.result],
            "expected": self.expected_on.isoformat() if self.expected_on else "",
        }

    def _is_open(self, each: Owed) -> bool:
        """What was cancelled is promised anew only where it is named."""
        if each.adoption is None:
            return True
        return self.numbers is not None and (each.is_gap or each.is_cancelled)

    def _promise(self, each: Owed, currency: str) -> Adoption:
        adoption: Adoption
        contribution = each.project.contribution
        assert contribution is not None  # ``check`` left out those the ledger does not know
        if each.adoption is None or each.is_cancelled:
            adoption = Adopt(
                contribution,
                by=self.by,
                is_work=True,
                planned=each.project.cost,
                currency=currency,
                department=self.department,
                partners=self.partners,
                owner=self.owner,
                expected_on=self.expected_on,
            ).execute()
            return adoption
        plan = as_planned(each.adoption)
        for name in ("department", "partners", "owner", "expected_on"):
            plan[name] = plan[name] or getattr(self, name)
        adoption = PlanAdoption(each.adoption, by=self.by, **plan).execute()
        return adoption
