"""Which projects the city owes after a vote, and what it has promised of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from civic_sourcing.answers.models import Adoption, AdoptionStatus
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.budgets.models import CountResult, Project, VoteRun
from civic_sourcing.budgets.released import released_count
from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Owed:
    """
    One project with what the city has promised of it.

    ``is_funded`` says what the binding count says now: a recount can take away what was promised.
    """

    project: Project
    adoption: Adoption | None
    is_funded: bool

    @property
    def title(self) -> str:
        contribution = self.project.contribution
        return str(contribution.public_title) if contribution else self.project.number

    @property
    def is_promised(self) -> bool:
        """Whether a promise stands; a cancelled one stands no more."""
        return self.adoption is not None and not self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        return self.adoption is not None and self.adoption.status == AdoptionStatus.CANCELLED

    @property
    def is_gap(self) -> bool:
        """Not promised at all, or on the way without a department or a day."""
        plan = self.adoption
        if plan is None:
            return self.is_funded
        return plan.is_on_the_way and (plan.department_id is None or plan.expected_on is None)

    @property
    def is_stray(self) -> bool:
        """Promised, though the binding count does not fund it any more."""
        return self.is_promised and not self.is_funded


def binding_count(process: Process) -> CountResult | None:
    """
    The count that binds the city: the latest that two people have confirmed, or that was published
    where the vote was held elsewhere.

    ``None`` before that: nothing is promised of what may still be objected to. For the same reason
    a recount takes nothing away before it is confirmed.
    """
    run = VoteRun.objects.of(process)
    if run is None or run.kind != VoteRun.Kind.REAL:
        return released_count(process)
    counts = CountResult.objects.of(process).filter(confirmations__approved_at__isnull=False)
    return counts.first()


def owed_of(process: Process) -> list[Owed]:
    """
    What is owed after the vote: funded projects in the order of funding, then what was promised
    before a recount. Four queries.
    """
    count = binding_count(process)
    funded: list[str] = list(count.document["selected"]) if count else []
    projects = Project.objects.of(process).select_related("contribution__process")
    rows = {row.number: row for row in projects}
    plans = plans_of([row.contribution_id for row in rows.values() if row.contribution_id])
    found = [
        Owed(rows[number], plans.get(rows[number].contribution_id or 0), is_funded=True)
        for number in funded
        if number in rows
    ]
    strays = (row for number, row in rows.items() if number not in set(funded))
    found += [
        Owed(row, plans[row.contribution_id], is_funded=False)
        for row in strays
        if row.contribution_id in plans
    ]
    return found


def plans_of(contributions: list[int]) -> dict[int, Adoption]:
    """
    The adoption that stands, by the key of what it was made of; where none does, the last that was
    cancelled.
    """
    ties = Derivation.objects.filter(source__in=contributions, kind=DerivationKind.ADOPTED)
    sources: dict[int, list[int]] = defaultdict(list)
    for source, target in ties.values_list("source", "target"):
        sources[target].append(source)
    rows = Adoption.objects.filter(contribution__in=sources).select_related(
        "contribution__process", "department__locale", "owner"
    )
    ordered = sorted(rows, key=lambda row: (row.status != AdoptionStatus.CANCELLED, row.pk))
    return {source: row for row in ordered for source in sources[row.contribution_id]}
