"""Which outcomes a case can have, as its subject stands. Asked by the form and by the action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.models import State
from civic_sourcing.moderation.models import Case, Decision, Measure, Origin, Outcome
from civic_sourcing.moderation.models.decisions import MeasureQuerySet
from civic_sourcing.participants.models import Participant

ABOUT_THE_AUTHOR = frozenset({Outcome.WARN, Outcome.SUSPEND})
LIMITING = frozenset(
    {
        Outcome.MASK,
        Outcome.HIDE,
        Outcome.REMOVE,
        Outcome.MOVE,
        Outcome.WARN,
        Outcome.SUSPEND,
        Outcome.TEMPORARY,
    }
)
"""Outcomes that take something from somebody: they need full reasons and can be appealed."""
NEEDS_RULE = frozenset({Outcome.MASK, Outcome.HIDE, Outcome.REMOVE, Outcome.WARN, Outcome.SUSPEND})

PUBLIC = frozenset(
    {Outcome.NO_BREACH, Outcome.MASK, Outcome.HIDE, Outcome.REMOVE, Outcome.MOVE, Outcome.TEMPORARY}
)
BY_STATE: Mapping[str, frozenset[Outcome]] = {
    State.PUBLISHED: PUBLIC | ABOUT_THE_AUTHOR,
    State.WITHDRAWN: (PUBLIC | ABOUT_THE_AUTHOR) - {Outcome.MOVE},
    State.HIDDEN: (PUBLIC | ABOUT_THE_AUTHOR) - {Outcome.MOVE, Outcome.TEMPORARY},
    State.HELD: frozenset(
        {Outcome.RELEASE, Outcome.NO_BREACH, Outcome.MASK, Outcome.REMOVE, Outcome.MOVE}
    ),
    State.REMOVED: frozenset({Outcome.NO_BREACH}) | ABOUT_THE_AUTHOR,
    State.DRAFT: frozenset({Outcome.NO_BREACH}),
}
"""What can be decided about a contribution; a text under review is taken as it was before."""


def possible_outcomes(
    case: Case, at: datetime, *, instead_of: Decision | None = None
) -> list[Outcome]:
    """
    What can be decided about ``case`` at ``at``, in the order of ``Outcome``.

    ``instead_of`` is a decision that would be corrected: then it counts as not made.
    """
    own = superseded_by_deciding(case, instead_of)
    if case.contribution is None:
        found = {Outcome.NO_BREACH} | ABOUT_THE_AUTHOR
        has_author = _can_be_judged(case.participant)
    else:
        found = set(BY_STATE[state_without(case, own, at)])
        has_author = _can_be_judged(case.contribution.author)
        if case.contribution.state == State.HELD and not _can_be_released(case):
            found -= {Outcome.RELEASE, Outcome.MASK, Outcome.MOVE}
    if not has_author:
        found -= ABOUT_THE_AUTHOR
    if measures_on(case).in_force(at).exclude(decision__in=own).exists():
        found.add(Outcome.LIFT)
    return [outcome for outcome in Outcome if outcome in found]


def superseded_by_deciding(case: Case, instead_of: Decision | None = None) -> list[Decision]:
    """The decisions of ``case`` that end with the next one: those of the system, one corrected."""
    automatic = [each for each in case.decisions.all() if each.origin == Origin.AUTOMATIC]
    return automatic if instead_of is None else [*automatic, instead_of]


def state_without(case: Case, decisions: list[Decision], at: datetime) -> str:
    """The state of the contribution if the measures of ``decisions`` were not in force."""
    contribution = case.contribution
    assert contribution is not None
    state: str = contribution.state
    if state not in (State.HIDDEN, State.REMOVED):
        return state
    measures = Measure.objects.on(contribution).open()
    if not measures.filter(decision__in=decisions, kind__in=["hidden", "removed"]).exists():
        return state
    others = measures.in_force(at).exclude(decision__in=decisions)
    kinds = set(others.values_list("kind", flat=True))
    for kind, left in (("removed", State.REMOVED), ("hidden", State.HIDDEN)):
        if kind in kinds:
            return left
    return contribution.hidden_from or State.PUBLISHED


def measures_on(case: Case) -> MeasureQuerySet:
    """The measures on what ``case`` is about, and those it put on the author of a text."""
    if case.contribution is None:
        return Measure.objects.on(case.subject)
    return Measure.objects.filter(Q(contribution=case.contribution) | Q(decision__case=case))


def _can_be_judged(participant: Participant | None) -> bool:
    return participant is not None and participant.erased_at is None


def _can_be_released(case: Case) -> bool:
    """Whether a moderator's word is enough for something that waits, or one of its keepers."""
    contribution = case.contribution
    assert contribution is not None
    return any(not gate.releases_alone(name) for name in contribution.keepers)
