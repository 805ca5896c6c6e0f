"""What the city promised, said and did about a contribution, for its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import (
    ADOPTION,
    DELIVERED,
    Adoption,
    AdoptionChange,
    AdoptionStatus,
    AnswerKind,
    Milestone,
    Promise,
    PromiseKind,
    PromiseState,
)
from civic_sourcing.answers.told import Told, told_of
from civic_sourcing.attribution.family.neighbours import lives_on_in
from civic_sourcing.attribution.history import HistoryEvent
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.traces import is_traced

ENDS = frozenset({AdoptionStatus.IN_FORCE, AdoptionStatus.CHANGED, AdoptionStatus.CANCELLED})
MOMENT = timedelta(microseconds=1)


def tell_history(contribution: Contribution) -> list[HistoryEvent]:
    """Return the events of promises and answers, each with the department as ``by``."""
    told = told_of(contribution)
    return [*_promises(told), *_answers(told)]


def tell_adoptions(contribution: Contribution) -> list[HistoryEvent]:
    """
    Return what the city made of it, step by step.

    What was made of a project is told of the ideas that became the project, too.
    """
    told = told_of(contribution)
    return [event for each in _adoptions(told) for event in _adoption(each, told.names)]


def _adoptions(told: Told) -> Any:
    contribution = told.contribution
    if contribution.kind == ADOPTION:
        return _with_all(Adoption.objects.filter(contribution=contribution))
    lives_on = lives_on_in(contribution)
    if is_traced(contribution) and lives_on == [contribution.pk]:
        return told.adoptions
    return _with_all(Adoption.objects.of_any(lives_on))


def _promises(told: Told) -> Iterator[HistoryEvent]:
    for promise in told.own_promises:
        by = told.names.of(promise.department)
        made = _("The city promised an answer by %(date)s")
        if promise.kind == PromiseKind.DELIVERY:
            made = _("The city promised the delivery by %(date)s")
        sentence = made % {"date": _day(promise.first_due_at)}
        at_first = _first_department(promise, told.names) if promise.handed_over else by
        yield HistoryEvent(promise.made_at, "promised", sentence, by=at_first)
        yield from _hand_overs(promise, told.names)
        for extension in promise.extensions.all() if promise.is_extended else ():
            later = _("The city took more time, until %(date)s") % {"date": _day(extension.due_at)}
            yield HistoryEvent(extension.at, "extended", later, by=by, details=extension.reason)
        if promise.state == PromiseState.WAIVED and promise.waived_at:
            waived = _("The promise was waived")
            yield HistoryEvent(
                promise.waived_at, "waived", waived, by=by, details=promise.waived_reason
            )
        elif promise.state == PromiseState.LATE_KEPT or promise.is_overdue(timezone.now()):
            yield HistoryEvent(promise.due_at, "overdue", _("The promised day passed"), by=by)


def _first_department(promise: Promise, names: Names) -> str:
    first = promise.handed_over[0]
    return names.called(first["key_before"], first["name_before"]) if first["key_before"] else ""


def _hand_overs(promise: Promise, names: Names) -> Iterator[HistoryEvent]:
    """When it was forwarded to another department."""
    for each in promise.handed_over:
        if each["key"]:
            sentence = _("Forwarded to %(department)s")
            sentence %= {"department": names.called(each["key"], each["name"])}
            yield HistoryEvent(datetime.fromisoformat(each["at"]), "forwarded", sentence)


def _answers(told: Told) -> Iterator[HistoryEvent]:
    for answer in told.answers:
        assert answer.published_at is not None
        code, sentence = "answered", _("The city answered")
        if answer.corrects_id is not None:
            code, sentence = "answer-corrected", _("The city corrected its answer")
        elif answer.kind == AnswerKind.INTERIM:
            code, sentence = "interim-answer", _("The city gave an interim answer")
        if answer.decision:
            sentence = f"{sentence}: {answer.get_decision_display()}"
        yield HistoryEvent(
            answer.published_at,
            code,
            sentence,
            url=f"#answer-{answer.uuid}",
            by=told.names.of(answer.department),
        )


def _adoption(adoption: Adoption, names: Names) -> Iterator[HistoryEvent]:
    by = names.of(adoption.department)
    for change in adoption.changes.all():
        sentence = _status(change, is_work=adoption.is_work)
        yield HistoryEvent(change.at, _code(change), sentence, by=by, details=change.reason)
    for milestone in adoption.milestones.all():
        if milestone.done_on is not None:
            reached = _("Reached: %(milestone)s") % {"milestone": milestone.title}
            yield HistoryEvent(_reached_at(milestone), "milestone", reached, by=by)
    for update in adoption.updates.all():
        news = _("News of the delivery")
        url = f"#delivery-{update.uuid}"
        yield HistoryEvent(update.at, "delivery", news, url=url, by=by)


def _code(change: AdoptionChange) -> str:
    return f"adoption-{change.status.replace('_', '-')}"


def _status(change: AdoptionChange, *, is_work: bool) -> str:
    status = AdoptionStatus(change.status)
    if is_work and status in DELIVERED:
        is_done = status == AdoptionStatus.IN_FORCE
        return _("It is done") if is_done else _("It is done, otherwise than proposed")
    return {
        AdoptionStatus.PLANNED: _("It is planned"),
        AdoptionStatus.IN_PREPARATION: _("It is being prepared"),
        AdoptionStatus.IN_PROGRESS: _("The work on it has begun"),
        AdoptionStatus.IN_FORCE: _("It is in force"),
        AdoptionStatus.CHANGED: _("It is in force, otherwise than proposed"),
        AdoptionStatus.CANCELLED: _("The city cancelled it"),
    }[status]


def _with_all(adoptions: Any) -> Any:
    rows = adoptions.select_related("department")
    return rows.prefetch_related("changes", "milestones", "updates")


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def _reached_at(milestone: Milestone) -> datetime:
    """
    When a milestone was reached: when that was noted, if that was the same day.

    Otherwise only the day is known. Then it stands at noon, though not before the adoption began
    or after it ended that day.
    """
    noted, day = milestone.noted_at, milestone.done_on
    assert day is not None  # only what was reached is told
    if noted is not None and timezone.localdate(noted) == day:
        return noted
    steps = [
        (change.at, change.status in ENDS)
        for change in milestone.adoption.changes.all()
        if timezone.localdate(change.at) == day
    ]
    moment = timezone.make_aware(datetime.combine(day, time(12)))
    moment = max([moment, *(at + MOMENT for at, ends in steps if not ends)])
    return min([moment, *(at - MOMENT for at, ends in steps if ends)])
