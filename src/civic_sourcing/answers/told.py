"""What the city owes, says and makes of one contribution, looked up once for a whole page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects

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
        rows = Adoption.objects.of(self.contribution).select_related(
            "contribution", "department__locale"
        )
        return _with_what_is_there(rows, "partners", "milestones", "updates__photos", "changes")

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
        return _with_what_is_there(
            rows.select_related("department__locale"), "parts__department__locale"
        )

    @staticmethod
    def _with_extensions(promises: Any) -> list[Promise]:
        found = list(promises.select_related("department__locale"))
        prefetch_related_objects([row for row in found if row.is_extended], "extensions")
        return found


def _with_what_is_there(rows: Any, *lookups: str) -> list[Any]:
    """Prefetch ``lookups`` for those of ``rows`` that have any: the rows themselves tell."""
    names = [lookup.partition("__")[0] for lookup in lookups]
    same = rows.model.objects.filter(pk=OuterRef("pk")).order_by()
    there = {f"has_{name}": Exists(same.filter(**{f"{name}__isnull": False})) for name in names}
    found = list(rows.annotate(**there))
    for name, lookup in zip(names, lookups, strict=True):
        having = [row for row in found if getattr(row, f"has_{name}")]
        for row in found:
            if row not in having:
                kept = row.__dict__.setdefault("_prefetched_objects_cache", {})
                kept[name] = getattr(row, name).none()
        prefetch_related_objects(having, lookup)
    return found


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
