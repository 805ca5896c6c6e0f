"""What the city owes until when: answers and deliveries."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.models.adoptions import ADOPTION
from civic_sourcing.answers.models.departments import Department
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.models.contributions import PUBLIC

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class PromiseKind(models.TextChoices):
    ANSWER = "answer", pgettext_lazy("promise", "an answer")
    DELIVERY = "delivery", pgettext_lazy("promise", "a delivery")


class PromiseState(models.TextChoices):
    """Whether a running one is overdue is a matter of the clock, so it is no state."""

    RUNNING = "running", pgettext_lazy("promise", "running")
    KEPT = "kept", pgettext_lazy("promise", "kept in time")
    LATE_KEPT = "late_kept", pgettext_lazy("promise", "kept late")
    WAIVED = "waived", pgettext_lazy("promise", "waived")


class PromiseQuerySet(models.QuerySet["Promise"]):
    def of(self, contribution: Contribution) -> PromiseQuerySet:
        """All that is owed, or was, to one contribution."""
        return self.filter(contribution=contribution)

    def running(self) -> PromiseQuerySet:
        """Neither kept nor waived."""
        return self.filter(state=PromiseState.RUNNING)

    def in_sight(self) -> PromiseQuerySet:
        """To what everybody can read: nobody answers in public what is hidden or removed."""
        return self.filter(contribution__state__in=PUBLIC)

    def overdue(self, at: datetime) -> PromiseQuerySet:
        """Running, and due by ``at``."""
        return self.running().filter(due_at__lte=at)

    def in_time(self, at: datetime) -> PromiseQuerySet:
        """Running, and not due yet at ``at``."""
        return self.running().filter(due_at__gt=at)

    def answers(self) -> PromiseQuerySet:
        return self.filter(kind=PromiseKind.ANSWER)

    def deliveries(self) -> PromiseQuerySet:
        return self.filter(kind=PromiseKind.DELIVERY)


class Promise(models.Model):
    """
    Something the city owes to one contribution until ``due_at``.

    ``cause`` is a code (``threshold``, ``stage``, ``by-hand``, …), ``key`` tells causes of one code
    apart. ``first_due_at`` is what was promised before any extension. ``handed_over`` are the times
    another department got it: ``at``, and what they are called by ``key`` and ``name``, with
    ``key_before`` and ``name_before``. Make it with ``promises.owe`` and end it with
    ``promises.keep``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.PROTECT,
        related_name="promises",
        verbose_name=_("contribution"),
    )
    kind = models.CharField(
        _("kind"), max_length=16, choices=PromiseKind, default=PromiseKind.ANSWER
    )
    cause = models.CharField(_("cause"), max_length=32)
    key = models.CharField(max_length=64, blank=True, editable=False)
    cause_details = models.JSONField(_("details of the cause"), default=dict, blank=True)
    made_at = models.DateTimeField(_("made"), editable=False)
    first_due_at = models.DateTimeField(_("first due"), editable=False)
    due_at = models.DateTimeField(_("due"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("department"),
    )
    handed_over = models.JSONField(_("handed over"), default=list, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=16, choices=PromiseState, default=PromiseState.RUNNING
    )
    kept_at = models.DateTimeField(_("kept"), null=True, editable=False)
    waived_at = models.DateTimeField(_("waived"), null=True, editable=False)
    waived_reason = models.TextField(_("why it was waived"), max_length=2000, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    escalated_at = models.DateTimeField(_("escalated"), null=True, editable=False)

    objects = PromiseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "kind", "cause", "key"],
                condition=Q(state="running"),
                name="civic_promise_running_once",
                violation_error_message=_("This is promised already."),
            ),
            models.CheckConstraint(
                condition=Q(state="running", kept_at=None, waived_at=None)
                | Q(state="kept", kept_at__lte=F("due_at"), waived_at=None)
                | Q(state="late_kept", kept_at__gt=F("due_at"), waived_at=None)
                | (Q(state="waived", kept_at=None, waived_at__isnull=False) & ~Q(waived_reason="")),
                name="civic_promise_state_as_dated",
                violation_error_message=_("What is waived needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PromiseKind.values), name="civic_promise_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("first_due_at")), name="civic_promise_only_extended"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="civic_promise_clock"),
            models.Index(fields=["kind", "due_at"], name="civic_promise_compliance"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.contribution}"

    @property
    def process(self) -> Process:
        """That of the contribution: its roles and its audit chain are those of the promise."""
        return self.contribution.process

    @property
    def is_running(self) -> bool:
        return self.state == PromiseState.RUNNING

    @property
    def is_extended(self) -> bool:
        return self.due_at != self.first_due_at

    @property
    def is_of_adoption(self) -> bool:
        """Whether it is owed to what the city has adopted: a delivery."""
        return self.contribution.kind == ADOPTION

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have been kept by ``at`` and is not."""
        return self.is_running and self.due_at <= at


class PromiseExtension(models.Model):
    """More time, with a reason everybody can read. Append-only."""

    promise = models.ForeignKey(
        Promise, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("promise")
    )
    due_before = models.DateTimeField(_("due before"), editable=False)
    due_at = models.DateTimeField(_("due"), editable=False)
    reason = models.TextField(_("reason"), max_length=2000)
    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("extension of a promise")
        verbose_name_plural = _("extensions of promises")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("due_before")), name="civic_extension_gives_time"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="civic_extension_has_reason",
                violation_error_message=_("More time needs a reason everybody can read."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.promise)
