"""The promise clock: owe, extend, waive, keep; remind before, escalate after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import news, notices, signals
from civic_sourcing.answers.actions.steps import AboutContribution, reason_text, refuse_unseen
from civic_sourcing.answers.conf import conf
from civic_sourcing.answers.models import (
    Department,
    Promise,
    PromiseExtension,
    PromiseKind,
    PromiseState,
)
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.answers.policies import may_answer
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import System
from civic_sourcing.processes.roles import roles_of

BY_HAND = "by-hand"


class MakePromise(Action[Contribution]):
    """
    Owe an answer or a delivery to a contribution until ``due_at``. The result is the promise.

    ``cause`` is a code, ``key`` tells causes of one code apart, ``details`` are identifiers and
    numbers. Refused as ``promised-already`` while the same is running; ``promises.owe`` returns
    that one instead. Owner or department are told, else the officials of the place. Authors are
    told of what is promised by hand; of what a rule obliges, its room tells them with the reason.
    """

    verb = "promise"
    announces = signals.promise_made
    policy = may_answer

    due_at: datetime
    cause: str = BY_HAND
    key: str = ""
    details: Mapping[str, Any] | None = None
    kind: str = PromiseKind.ANSWER
    department: Department | None = None
    owner: Any = None

    def check(self) -> None:
        if self.by is not None:
            refuse_unseen(self.subject)
            refuse_past(self.due_at, self.at)
            refuse_stranger(self.owner, self.subject, self.department)
        same = Promise.objects.of(self.subject).running()
        if same.filter(kind=self.kind, cause=self.cause, key=self.key).exists():
            raise ActionRefused(_("This is promised already."), code="promised-already")

    def perform(self) -> Promise:
        promise = Promise.objects.create(
            contribution=self.subject,
            kind=self.kind,
            cause=self.cause,
            key=self.key,
            cause_details=dict(self.details or {}),
            made_at=self.at,
            first_due_at=self.due_at,
            due_at=self.due_at,
            owner=self.owner,
            department=self.department,
        )
        notices.tell_promised(promise, authors=self.by is not None)
        return promise

    def audit_details(self) -> dict[str, Any]:
        return {
            "promise": str(self.result.uuid),
            "kind": str(self.kind),
            "cause": self.cause,
            "due": self.due_at.isoformat(),
        }


class PromiseAction(AboutContribution[Promise]):
    """A step on a promise that is running."""

    policy = may_answer

    def check(self) -> None:
        if not self.subject.is_running:
            raise ActionRefused(
                _("This promise is “%(state)s”, so nothing is left to do."),
                code="not-running",
                state=self.subject.get_state_display(),
            )


def _called(department: Department | None) -> tuple[str, str]:
    """What tells a department apart in all languages, and its name in one; empty for none."""
    return (str(department.translation_key), department.name) if department else ("", "")


class AssignPromise(PromiseAction):
    """Say who cares for it: ``owner`` (an official of the place, or of the department) or none."""

    verb = "assign_promise"
    announces = signals.promise_assigned

    department: Department | None = None
    owner: Any = None

    def check(self) -> None:
        super().check()
        refuse_stranger(self.owner, self.subject, self.department)

    def perform(self) -> Promise:
        promise = self.subject
        before = promise.owner_id
        if promise.department_id != getattr(self.department, "pk", None):
            promise.handed_over.append(self._hand_over())
        promise.department, promise.owner = self.department, self.owner
        promise.save(update_fields=["department", "owner", "handed_over"])
        if self.owner is not None and self.owner.pk not in (before, getattr(self.by, "pk", None)):
            notices.tell_assigned(promise)
        return promise

    def _hand_over(self) -> dict[str, str]:
        key, name = _called(self.department)
        key_before, name_before = _called(self.subject.department)
        return {
            "at": self.at.isoformat(),
            "key": key,
            "name": name,
            "key_before": key_before,
            "name_before": name_before,
        }

    def audit_details(self) -> dict[str, Any]:
        department = self.department
        return {
            "department": str(department.translation_key) if department else "",
            "owner": self.owner is not None,
        }


class ExtendPromise(PromiseAction):
    """
    Give it until ``due_at``, with a ``reason`` everybody can read. The result is the extension.

    Only before it is due (code ``overdue``): what is late stays late. Reminders begin anew.
    """

    verb = "extend_promise"
    announces = signals.promise_extended

    due_at: datetime
    reason: str

    def check(self) -> None:
        super().check()
        if self.subject.is_overdue(self.at):
            raise ActionRefused(
                _("This is overdue already. More time is given before the day, not after it."),
                code="overdue",
            )
        if self.due_at <= self.subject.due_at:
            raise ActionRefused(
                _("The new day has to be after the one that is promised."), code="not-later"
            )
        self.reason = reason_text(self.reason)

    def perform(self) -> PromiseExtension:
        promise = self.subject
        extension = PromiseExtension.objects.create(
            promise=promise,
            due_before=promise.due_at,
            due_at=self.due_at,
            reason=self.reason,
            at=self.at,
            by=self.by,
        )
        promise.due_at, promise.reminded_at, promise.escalated_at = self.due_at, None, None
        promise.save(update_fields=["due_at", "reminded_at", "escalated_at"])
        if promise.is_of_adoption:
            news.tell(extension)
        else:
            notices.tell_extended(promise, extension)
        return extension

    def audit_details(self) -> dict[str, Any]:
        return {"before": self.result.due_before.isoformat(), "due": self.due_at.isoformat()}


class WaivePromise(PromiseAction):
    """Let nothing be owed any more, with a ``reason`` everybody can read."""

    verb = "waive_promise"
    announces = signals.promise_waived

    reason: str

    def check(self) -> None:
        super().check()
        if self.by is not None:
            self.reason = reason_text(self.reason)

    def perform(self) -> Promise:
        promise = self.subject
        promise.state, promise.waived_at = PromiseState.WAIVED, self.at
        promise.waived_reason = self.reason
        promise.save(update_fields=["state", "waived_at", "waived_reason"])
        notices.tell_waived(promise)
        return promise

    def audit_details(self) -> dict[str, Any]:
        return {"overdue": self.subject.due_at <= self.at}


class KeepPromise(PromiseAction):
    """
    Take it as kept at ``kept_at``: late where that is after it was due. What no department cared
    for before was kept by ``department``.
    """

    verb = "keep_promise"
    announces = signals.promise_kept
    policy = System()

    kept_at: datetime
    department: Department | None = None

    def perform(self) -> Promise:
        promise = self.subject
        in_time = self.kept_at <= promise.due_at
        promise.state = PromiseState.KEPT if in_time else PromiseState.LATE_KEPT
        promise.kept_at = self.kept_at
        promise.department = promise.department or self.department
        promise.save(update_fields=["state", "kept_at", "department"])
        return promise

    def audit_details(self) -> dict[str, Any]:
        return {"state": str(self.subject.state), "kind": self.subject.kind}


class RemindOfPromise(PromiseAction):
    """Remind whoever cares for it that it is due soon; once for each due date."""

    verb = "remind_of_promise"
    policy = System()

    def check(self) -> None:
        super().check()
        days = timedelta(days=conf.PROMISE_REMIND_DAYS)
        soon = self.at < self.subject.due_at <= self.at + days
        if self.subject.reminded_at is not None or not soon:
            raise ActionRefused(_("There is nothing to remind of now."), code="not-now")

    def perform(self) -> Promise:
        self.subject.reminded_at = self.at
        self.subject.save(update_fields=["reminded_at"])
        notices.remind(self.subject)
        return self.subject


class EscalatePromise(PromiseAction):
    """Tell those above that it is overdue; once for each due date."""

    verb = "escalate_promise"
    announces = signals.promise_overdue
    policy = System()

    def check(self) -> None:
        super().check()
        over = self.subject.due_at + timedelta(days=conf.PROMISE_ESCALATE_DAYS) <= self.at
        if self.subject.escalated_at is not None or not over:
            raise ActionRefused(_("There is nothing overdue to tell of."), code="not-now")

    def perform(self) -> Promise:
        self.subject.escalated_at = self.at
        self.subject.save(update_fields=["escalated_at"])
        notices.escalate(self.subject)
        return self.subject


def refuse_past(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise ActionRefused(_("A promise is due in the future."), code="past")


def refuse_stranger(owner: Any, place: Any, department: Department | None) -> None:
    """Only officials of the place, or people of the department, care for a promise."""
    if owner is None or (department is not None and department.has_member(owner)):
        return
    if OFFICIAL not in roles_of(owner, place):
        raise ActionRefused(
            _("This person is neither an official here nor in the department."), code="stranger"
        )
