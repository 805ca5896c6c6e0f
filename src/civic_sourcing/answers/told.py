"""What the city owes, says and makes of one contribution, looked up once for a whole page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import OuterRef

from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Adoption, OfficialAnswer, Promise
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind
from civic_sourcing.attribution.traces import is_traced, may_have, register_trace

PROMISES = "promises"
ANSWERS = "answers"
ADOPTIONS = "adoptions"


class Told:
    """Rows of ``contribution`` with what pages show of them, each looked up when asked for."""

    def __init__(self, contribution: Contribution) -> None:
        self.contribution = contribution
        self.names = Names()

    @cached_property
    def adoptions(self) -> list[Adoption]:
        """What was made of it, the first first, whoever may read it."""
        if not may_have(self.contribution, ADOPTIONS):
            return []
        rows = Adoption.objects.of(self.contribution).select_related("contribution", "department")
        return list(rows.prefetch_related("partners", "milestones", "updates__photos", "changes"))

    @cached_property
    def public_adoptions(self) -> list[Adoption]:
        return [row for row in self.adoptions if row.contribution.is_public]

    @cached_property
    def promises(self) -> list[Promise]:
        """What is owed to it and to what was made of it, in the order of the days."""
        owed_to: list[Contribution] = [row.contribution for row in self.public_adoptions]
        if not owed_to and not may_have(self.contribution, PROMISES):
            return []
        rows = Promise.objects.filter(contribution__in=[self.contribution, *owed_to])
        return self._with_extensions(rows.order_by("due_at", "pk"))

    @cached_property
    def own_promises(self) -> list[Promise]:
        """What is owed to it, in the order it was promised."""
        if not is_traced(self.contribution):
            rows = Promise.objects.of(self.contribution)
            return self._with_extensions(rows.order_by("pk"))
        own = (row for row in self.promises if row.contribution_id == self.contribution.pk)
        return sorted(own, key=lambda row: row.pk)

    @cached_property
    def answers(self) -> list[OfficialAnswer]:
        """What was published, in the order of publication."""
        if not may_have(self.contribution, ANSWERS):
            return []
        rows = OfficialAnswer.objects.of(self.contribution).published()
        return list(rows.select_related("department").prefetch_related("parts__department"))

    @staticmethod
    def _with_extensions(promises: Any) -> list[Promise]:
        return list(promises.select_related("department").prefetch_related("extensions"))


def told_of(contribution: Contribution) -> Told:
    """Kept with a contribution that was read traced, so that its page asks once."""
    if not is_traced(contribution):
        return Told(contribution)
    told: Told = contribution.__dict__.setdefault("_civic_told", Told(contribution))
    return told


def register() -> None:
    """Called by ``AppConfig.ready``."""
    adopted = Derivation.objects.filter(source=OuterRef("pk"), kind=DerivationKind.ADOPTED)
    register_trace(ADOPTIONS, adopted.all)
    register_trace(PROMISES, Promise.objects.filter(contribution=OuterRef("pk")).all)
    register_trace(ANSWERS, OfficialAnswer.objects.filter(contribution=OuterRef("pk")).published)
