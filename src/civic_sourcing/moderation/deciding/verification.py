"""Finding out whether what was decided is what stands: the room's part of ``civic_verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef

from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import State
from civic_sourcing.core import clock
from civic_sourcing.core.audit.verification import Finding, Verification
from civic_sourcing.moderation.models import (
    AppealOutcome,
    Case,
    CaseState,
    Decision,
    Measure,
    PreservedText,
)

PAGE = 1000
Kind = Measure.Kind
AGREES = {
    Kind.HIDDEN: {State.HIDDEN, State.REMOVED},
    Kind.REMOVED: {State.REMOVED},
}
"""States a contribution may be in while a measure on it is in force."""


def verify_moderation(verification: Verification) -> Iterator[Finding]:
    """
    Yield measures in force that their contribution does not follow, decided cases without a
    decision, gaps in numbers, and reversed decisions with something still in force.
    """
    for measure in _pages(_of(Measure, "decision__case__", verification), verification):
        yield from _measure(measure)
    yield from _texts(verification)
    yield from _cases(verification)


def _measure(measure: Any) -> Iterator[Finding]:
    contribution = measure.contribution
    if contribution is None:
        return
    expected = AGREES.get(Kind(measure.kind))
    if expected is not None and contribution.state not in expected:
        message = (
            f"It is {measure.kind} by a decision, and the contribution is {contribution.state}."
        )
        yield Finding("measure", str(measure.uuid), message)


def _of(model: Any, path: str, verification: Verification) -> Any:
    """The rows in force, with what is looked at."""
    at = clock.now(verification.using)
    rows = model.objects.using(verification.using).in_force(at).select_related("contribution")
    return _in_chain(rows, path, verification)


def _in_chain(rows: Any, path: str, verification: Verification) -> Any:
    if verification.chain:
        return rows.filter(**{f"{path}process__uuid": verification.chain})
    return rows


def _pages(rows: Any, verification: Verification) -> Iterator[Any]:
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        verification.checked += len(page)
        yield from page
        last = page[-1].pk


def _texts(verification: Verification) -> Iterator[Finding]:
    """Yield masks in force over which the original can be read again."""
    kinds = {kind.key: kind for kind in contribution_kinds()}
    taken = PreservedText.objects.using(verification.using).kept()
    taken = taken.filter(decision__measures__ended_at=None, decision__measures__kind=Kind.MASKED)
    taken = taken.filter(decision__measures__contribution__kind__in=kinds)
    rows = _in_chain(taken.distinct(), "decision__case__", verification)
    for row in _pages(rows.select_related("decision__case__contribution"), verification):
        contribution = row.decision.case.contribution
        if kinds[contribution.kind].canonical(contribution) == (row.title, row.text):
            message = "A masked text reads as it did before."
            yield Finding("masked", str(contribution.uuid), message, contribution.sequence)


def _cases(verification: Verification) -> Iterator[Finding]:
    using = verification.using
    made = Decision.objects.using(using).filter(case=OuterRef("pk"))
    decided = Case.objects.using(using).filter(state=CaseState.DECIDED).exclude(Exists(made))
    for case in _in_chain(decided, "", verification):
        yield Finding("undecided", str(case.uuid), "It is decided without a decision.")
    before = Decision.objects.using(using).filter(
        case=OuterRef("case"), number=OuterRef("number") - 1
    )
    gaps = Decision.objects.using(using).filter(number__gt=1).exclude(Exists(before))
    for decision in _in_chain(gaps, "case__", verification):
        message = "The decision before it is missing."
        yield Finding("missing", str(decision.uuid), message, decision.number)
    left = Measure.objects.using(using).open()
    left = left.filter(decision__appeal__outcome=AppealOutcome.REVERSED)
    for measure in _in_chain(left, "decision__case__", verification):
        yield Finding("reversed", str(measure.uuid), "It is in force though it was reversed.")
    late = Decision.objects.using(using).filter(case__opened_at__gt=F("decided_at"))
    for decision in _in_chain(late, "case__", verification):
        yield Finding("early", str(decision.uuid), "It was decided before its case was opened.")
