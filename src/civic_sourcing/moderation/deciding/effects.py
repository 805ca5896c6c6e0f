"""
What decisions do, and how it ends: the one place where moderation changes contributions.

Call these inside an action that holds the locks of the contribution and of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import (
    HideContribution,
    ReinstateContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
)
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.attribution.policies import may_moderate
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.deciding import words
from civic_sourcing.moderation.models import Decision, Measure, Outcome
from civic_sourcing.moderation.signals import measure_ended
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

Kind = Measure.Kind
OUT_OF_SIGHT = frozenset({Kind.HIDDEN, Kind.REMOVED})


@dataclass(frozen=True)
class Order:
    """A decision to be put into force, with what is no part of its row."""

    decision: Decision
    by: Any
    taking: words.Taking | None = None
    target: Process | None = None
    site: bool = False

    @property
    def contribution(self) -> Contribution:
        """The row as it is now; its lock is held."""
        return Contribution.objects.get(cases=self.decision.case_id)

    @property
    def person(self) -> Participant:
        """Whom a warning or suspension is for."""
        case = self.decision.case
        person: Participant | None = case.participant or self.contribution.author
        assert person is not None
        return person

    @property
    def actor(self) -> Any:
        return acting(self.by, self.contribution, self.decision.decided_at)


def enforce(order: Order) -> None:
    """Put a decision into force."""
    step = EFFECTS.get(Outcome(order.decision.outcome))
    if step is not None:
        step(order)


def end(measure: Measure, reason: str, *, by: Any, at: datetime) -> None:
    """End a measure and undo what nothing else keeps as it is. Ends once only."""
    if measure.ended_at is not None:
        return
    measure.ended_at, measure.end_reason = at, reason
    measure.save(update_fields=["ended_at", "end_reason"])
    undo = UNDOING.get(Kind(measure.kind))
    if undo is not None:
        undo(measure, by, at)
    transaction.on_commit(partial(_announce, measure), robust=True)


def end_all(measures: Iterable[Measure], reason: str, *, by: Any, at: datetime) -> list[Measure]:
    """End each of ``measures``, the latest first; return them."""
    ended = sorted(measures, key=lambda measure: -measure.pk)
    for measure in ended:
        end(measure, reason, by=by, at=at)
    return ended


def acting(by: Any, contribution: Contribution, at: datetime) -> Any:
    """Who the ledger's log names: ``by`` where the role reaches so far, else the system."""
    if by is None or may_moderate.allows(Occasion(by, contribution, at)):
        return by
    return None


def _put_measure(order: Order, kind: Kind, **about: Any) -> None:
    decision = order.decision
    about.setdefault("process", decision.case.process)
    Measure.objects.create(
        decision=decision,
        kind=kind,
        starts_at=decision.starts_at,
        until=decision.until,
        **about,
    )


def _hide(order: Order) -> None:
    contribution = order.contribution
    _put_measure(order, Kind.HIDDEN, contribution=contribution)
    if contribution.is_public:
        HideContribution(contribution, by=order.actor).execute()
    _take_words(order)


def _remove(order: Order) -> None:
    contribution = order.contribution
    _put_measure(order, Kind.REMOVED, contribution=contribution)
    if contribution.state != State.REMOVED:
        RemoveContribution(contribution, by=order.actor).execute()
    _take_words(order)


def _take_words(order: Order) -> None:
    if order.taking is None:
        return
    contribution = order.contribution
    words.keep(order.decision, order.taking, contribution)
    left = order.taking.left
    if contribution.kind_of.canonical(contribution) != (left.title, left.text):
        ledger.take_words(contribution, title=left.title, text=left.text)


def _mask(order: Order) -> None:
    assert order.taking is not None
    contribution = order.contribution
    words.keep(order.decision, order.taking, contribution)
    _put_measure(order, Kind.MASKED, contribution=contribution)
    left = order.taking.left
    ledger.mask(contribution, title=left.title, text=left.text)
    _release(order)


def _move(order: Order) -> None:
    if order.target is None:
        _hide(order)
        return
    _release(order)
    contribution = order.contribution
    ledger.move(contribution, order.target)
    _put_measure(order, Kind.MOVED, contribution=contribution, process=order.target)


def _release(order: Order) -> None:
    contribution = order.contribution
    if contribution.state == State.HELD:
        ReleaseContribution(contribution, by=order.actor).execute()


def _warn(order: Order) -> None:
    person = order.person
    _put_measure(order, Kind.WARNED, participant=person)
    _settle_standing(person)


def _suspend(order: Order) -> None:
    place = None if order.site else order.decision.case.process
    _put_measure(order, Kind.SUSPENDED, participant=order.person, process=place)


EFFECTS: Mapping[Outcome, Callable[[Order], None]] = {
    Outcome.MASK: _mask,
    Outcome.HIDE: _hide,
    Outcome.TEMPORARY: _hide,
    Outcome.REMOVE: _remove,
    Outcome.MOVE: _move,
    Outcome.WARN: _warn,
    Outcome.SUSPEND: _suspend,
    Outcome.RELEASE: _release,
}


def _show_again(measure: Measure, by: Any, at: datetime) -> None:
    """Bring state and words in line with what is still in force."""
    contribution = _locked(measure)
    actor = acting(by, contribution, at)
    kinds = set(Measure.objects.on(contribution).in_force(at).values_list("kind", flat=True))
    back = words.without(contribution, measure.decision)
    words.put_versions_back(contribution, measure.decision)
    arguments = back.as_arguments() if back else {}
    if measure.kind == Kind.REMOVED and Kind.REMOVED not in kinds and _was_removed(contribution):
        hidden = Kind.HIDDEN in kinds
        ReinstateContribution(contribution, by=actor, hidden=hidden, **arguments).execute()
    elif (
        measure.kind == Kind.HIDDEN
        and contribution.state == State.HIDDEN
        and not kinds & OUT_OF_SIGHT
    ):
        RestoreContribution(contribution, by=actor, **arguments).execute()
    elif back is not None:
        words.put(contribution, back)


def _locked(measure: Measure) -> Contribution:
    assert measure.contribution is not None
    rows = Contribution.objects.select_for_update(no_key=True)
    return rows.get(pk=measure.contribution.pk)


def _was_removed(contribution: Contribution) -> bool:
    """Removed by moderators, and neither erased nor taken back since."""
    return contribution.state == State.REMOVED and bool(contribution.hidden_from)


def _move_back(measure: Measure, by: Any, at: datetime) -> None:
    """
    Put it where it came from, unless it was moved on since.

    It gets its old number back, but where its place itself belongs to another process by now.
    """
    contribution = _locked(measure)
    details = measure.decision.details
    if contribution.process_id != measure.process_id or "from" not in details:
        return
    before = Process.objects.get(uuid=UUID(details["from"]))
    source = contribution.kind_of.way_back(contribution, before)
    number = details["sequence"] if source == before else None
    ledger.move(contribution, source, sequence=number)


def _settle_standing(person: Participant) -> None:
    """Have the person's standing say whether a warning is in force."""
    warned = Measure.objects.on(person).open().filter(kind=Kind.WARNED).exists()
    before, after = Participant.Standing.GOOD, Participant.Standing.WARNED
    if not warned:
        before, after = after, before
    Participant.objects.filter(pk=person.pk, standing=before).update(standing=after)


def _unwarn(measure: Measure, by: Any, at: datetime) -> None:
    assert measure.participant is not None
    _settle_standing(measure.participant)


UNDOING: Mapping[Kind, Callable[[Measure, Any, datetime], None]] = {
    Kind.HIDDEN: _show_again,
    Kind.REMOVED: _show_again,
    Kind.MASKED: _show_again,
    Kind.MOVED: _move_back,
    Kind.WARNED: _unwarn,
}


def _announce(measure: Measure) -> None:
    measure_ended.send_robust(sender=Measure, measure=measure)
