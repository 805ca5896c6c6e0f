"""Making something of a contribution: adopt, plan, go on, bring into force or cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import promises, signals
from civic_sourcing.answers.actions.promises import ExtendPromise, refuse_stranger
from civic_sourcing.answers.actions.steps import (
    REASON_LENGTH,
    AboutContribution,
    long_text,
    medium_text,
    reason_text,
    short_text,
)
from civic_sourcing.answers.models import (
    ADOPTION,
    DELIVERED,
    WITH_REASON,
    Adoption,
    AdoptionChange,
    AdoptionStatus,
    Agreement,
    Department,
    Promise,
    PromiseKind,
    status_label,
)
from civic_sourcing.answers.news import tell
from civic_sourcing.answers.policies import may_adopt
from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions.derive import refuse_unpublished, taken_further
from civic_sourcing.attribution.credits import news
from civic_sourcing.attribution.credits.records import grant
from civic_sourcing.attribution.family.queries import ties_above
from civic_sourcing.attribution.family.records import derive
from civic_sourcing.attribution.models import Channel, Contribution, DerivationKind, Role
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.spots import Spot
from civic_sourcing.core.text import normalise, render
from civic_sourcing.participants.models import Participant

CAUSE = "adoption"
TITLE_LENGTH = 255
LINE_LENGTH = 200
PROCEDURE_LENGTH = 300


class Plan:
    """
    Who makes what of it, until when. Whatever is missing may come later; it is a gap until then.

    ``owner`` is an official of the place or of the department. ``procedure_changed`` names the
    rule or procedure that becomes another one. ``currency`` is an ISO 4217 code, ``planned`` money
    in its minor units. A work (``is_work``) is done in the end and not in force. ``spot`` is
    latitude and longitude. Where no ``partners`` are named, those of the ``agreement`` are.
    """

    owner: Any = None
    department: Department | None = None
    partners: Sequence[Department] = ()
    agreement: Agreement | None = None
    budget_line: str = ""
    currency: str = ""
    planned: int | None = None
    is_work: bool = False
    spot: Spot | None = None
    procedure_changed: str = ""
    expected_on: date | None = None

    def write(self, adoption: Adoption) -> None:
        """Put the plan into ``adoption`` and save it."""
        adoption.owner, adoption.department = self.owner, self.department
        adoption.agreement, adoption.expected_on = self.agreement, self.expected_on
        adoption.budget_line = short_text(self.budget_line, max_length=LINE_LENGTH)
        adoption.procedure_changed = short_text(self.procedure_changed, max_length=PROCEDURE_LENGTH)
        adoption.currency = short_text(self.currency, max_length=3).upper()
        adoption.planned, adoption.is_work = self.planned, self.is_work
        adoption.latitude, adoption.longitude = self.spot or (None, None)
        adoption.save()
        adoption.partners.set(self._partners())

    def _partners(self) -> list[Department]:
        agreed = self.agreement.departments.all() if self.agreement else ()
        return [each for each in self.partners or agreed if not each.is_same_as(self.department)]

    def facts(self) -> dict[str, Any]:
        """What the log may know of the plan."""
        return {
            "owner": self.owner is not None,
            "department": str(self.department.translation_key) if self.department else "",
            "expected": self.expected_on.isoformat() if self.expected_on else "",
            **({} if self.planned is None else {"planned": self.planned}),
        }


def as_planned(adoption: Adoption) -> dict[str, Any]:
    """The plan there is, as the actions take it."""
    latitude, longitude = adoption.latitude, adoption.longitude
    is_placed = latitude is not None and longitude is not None
    names = ("owner", "department", "agreement", "budget_line", "currency", "planned", "is_work")
    return {
        **{name: getattr(adoption, name) for name in (*names, "procedure_changed", "expected_on")},
        "partners": list(adoption.partners.all()),
        "spot": (latitude, longitude) if is_placed else None,
    }


def refuse_negative(planned: int | None) -> None:
    if planned is not None and planned < 0:
        raise ActionRefused(_("What is planned is not below nothing."), code="negative")


class Adopt(Plan, Action[Contribution]):
    """
    Have the city make something of a contribution. The result is the adoption.

    Takes ``title`` (else that of the contribution), ``text`` and the ``Plan``. It is a contribution
    of its own, so that credits flow into it; a delivery is promised where a day is expected. Where
    no ``spot`` is named, it is that of the first contribution it comes from that has one. Everybody
    credited, supporting or following on the way is told of a work; of anything else those of the
    contribution itself. Refused as ``adopted-already`` while another one is on its way or in force.
    """

    verb = "adopt"
    announces = signals.adopted
    policy = may_adopt

    title: str = ""
    text: str = ""

    def check(self) -> None:
        refuse_unpublished(self.subject)
        standing = Adoption.objects.of(self.subject).exclude(status=AdoptionStatus.CANCELLED)
        if standing.exists():
            raise ActionRefused(_("The city has adopted this already."), code="adopted-already")
        refuse_stranger(self.owner, self.subject, self.department)
        refuse_bygone(self.expected_on, self.at)
        refuse_negative(self.planned)
        title = self.title.strip() or self.subject.title
        self.title = normalise(title, max_length=TITLE_LENGTH, single_line=True)
        self.text = long_text(self.text)

    def perform(self) -> Adoption:
        official = Participant.objects.of(self.by) if self.by else None
        target = ledger.receive(
            ADOPTION,
            process=self.subject.process,
            author=None,
            title=self.title,
            text=self.text,
            language=self.subject.language,
            channel=Channel.STAFF,
            entered_by=official,
        )
        adoption = Adoption(
            contribution=target,
            text=self.text,
            rendered_html=render(self.text),
            adopted_at=self.at,
        )
        self.spot = self.spot or spot_of(self.subject)
        self.write(adoption)
        derive(self.subject, target, DerivationKind.ADOPTED, at=self.at, by=official)
        if official is not None:
            grant(target, official, Role.STAFF_EDITOR, at=self.at)
        promise_delivery(adoption)
        if self.is_work:
            tell(adoption)
        else:
            authors, supporters = taken_further(self.subject, target, DerivationKind.ADOPTED)
            news.tell_derived(self.subject, target, authors=authors, supporters=supporters)
        return adoption

    def audit_details(self) -> dict[str, Any]:
        return {"adoption": str(self.result.uuid), **self.facts()}


class AdoptionAction(AboutContribution[Adoption]):
    """A step on something the city has adopted."""

    policy = may_adopt


class PlanAdoption(Plan, AdoptionAction):
    """
    Put another plan in place of the one there is; takes all of it.

    A later day for a delivery that is promised needs a ``reason`` everybody can read, and before
    the promised day: after it the delivery is late, whatever the new plan says.
    """

    verb = "plan_adoption"
    announces = signals.adoption_planned

    reason: str = ""

    def check(self) -> None:
        if not self.subject.is_on_the_way:
            raise ActionRefused(
                _("This is “%(status)s”, so there is nothing left to plan."),
                code="not-on-the-way",
                status=self.subject.get_status_display(),
            )
        refuse_stranger(self.owner, self.subject, self.department)
        refuse_negative(self.planned)
        if self.expected_on != self.subject.expected_on:
            refuse_bygone(self.expected_on, self.at)

    def perform(self) -> Adoption:
        adoption = self.subject
        self.write(adoption)
        promise = delivery_of(adoption)
        if promise is None:
            promise_delivery(adoption)
            return adoption
        due_at = end_of(self.expected_on) if self.expected_on else None
        if due_at and due_at > promise.due_at and not promise.is_overdue(self.at):
            ExtendPromise(promise, by=self.by, due_at=due_at, reason=self.reason).execute()
        return adoption

    def audit_details(self) -> dict[str, Any]:
        return self.facts()


class ChangeAdoptionStatus(AdoptionAction):
    """
    Say how it stands now. The result is the change; authors and supporters are told.

    ``changed`` (in force, but otherwise) and ``cancelled`` need a ``reason`` everybody can read.
    What is in force keeps the promise of its delivery; what is cancelled waives it. What is
    cancelled stays cancelled, and what was in force is not planned any more.
    """

    verb = "change_adoption_status"
    announces = signals.adoption_status_changed

    status: str
    reason: str = ""

    def check(self) -> None:
        adoption = self.subject
        if self.status not in AdoptionStatus.values:
            raise ActionRefused(_("This status is not known."), code="unknown-status")
        if self.status == adoption.status:
            raise ActionRefused(_("This is how it stands already."), code="unchanged")
        if not may_become(adoption.status, self.status):
            raise ActionRefused(
                _("What is “%(before)s” does not become “%(after)s”."),
                code="not-from-here",
                before=adoption.get_status_display(),
                after=status_label(self.status, is_work=adoption.is_work),
            )
        if self.status in WITH_REASON:
            self.reason = reason_text(self.reason)
        else:
            self.reason = medium_text(self.reason, max_length=REASON_LENGTH)

    def perform(self) -> AdoptionChange:
        adoption = self.subject
        change = AdoptionChange.objects.create(
            adoption=adoption,
            before=adoption.status,
            status=self.status,
            reason=self.reason,
            at=self.at,
            by=self.by,
        )
        adoption.status = self.status
        if self.status in DELIVERED:
            adoption.delivered_at = adoption.delivered_at or self.at
            promises.keep(
                adoption.contribution,
                self.at,
                kind=PromiseKind.DELIVERY,
                department=adoption.department,
            )
        else:
            adoption.delivered_at = None
        adoption.save(update_fields=["status", "delivered_at"])
        if self.status == AdoptionStatus.CANCELLED:
            delivery = PromiseKind.DELIVERY
            promises.waive(adoption.contribution, reason=self.reason, by=self.by, kind=delivery)
        tell(change)
        return change

    def audit_details(self) -> dict[str, Any]:
        return {"before": str(self.result.before), "status": str(self.status)}


def spot_of(contribution: Contribution) -> Spot | None:
    """Where it is, or the first of what it was made of that is anywhere."""
    keys = {contribution.pk, *(tie.source for tie in ties_above([contribution.pk]))}
    rows = Contribution.objects.published().filter(pk__in=keys).order_by("pk")
    return next(filter(None, (row.kind_of.spot(row) for row in rows)), None)


def may_become(before: str, after: str) -> bool:
    """
    Whether an adoption may go from one status to another.

    On its way it goes to any other. In force it may turn out to be otherwise, and the other way
    round, or be cancelled again; what is cancelled is adopted anew instead.
    """
    if before == AdoptionStatus.CANCELLED:
        return False
    if before in DELIVERED:
        return after in (*DELIVERED, AdoptionStatus.CANCELLED)
    return True


def promise_delivery(adoption: Adoption) -> Promise | None:
    """Owe the delivery on the day that is expected, if one is."""
    if adoption.expected_on is None:
        return None
    return promises.owe(
        adoption.contribution,
        cause=CAUSE,
        due_at=end_of(adoption.expected_on),
        department=adoption.department,
        owner=adoption.owner,
        kind=PromiseKind.DELIVERY,
    )


def delivery_of(adoption: Adoption) -> Promise | None:
    """The promise of its delivery that is running."""
    return Promise.objects.of(adoption.contribution).running().deliveries().first()


def end_of(day: date) -> datetime:
    """The end of a day in the town."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone()).astimezone(UTC)


def refuse_bygone(day: date | None, at: datetime) -> None:
    if day is not None and end_of(day) <= at:
        raise ActionRefused(_("What is expected lies in the future."), code="past")
