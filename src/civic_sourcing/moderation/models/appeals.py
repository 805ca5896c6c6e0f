"""Second looks at a decision: the author's appeal, and a colleague asked by sample."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models.decisions import Decision, Outcome


class AppealState(models.TextChoices):
    OPEN = "open", _("waiting for a decision")
    DECIDED = "decided", _("decided")


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision is reversed")
    CHANGED = "changed", _("The decision is changed")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> AppealQuerySet:
        """Not decided yet."""
        return self.filter(state=AppealState.OPEN)

    def overdue(self, at: datetime) -> AppealQuerySet:
        """Open ones that should have been decided by ``at``."""
        return self.open().filter(due_at__lte=at)


class Appeal(models.Model):
    """The author's objection to one decision, decided by another moderator. One per decision."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="appeal", verbose_name=_("decision")
    )
    appellant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="appeals",
        verbose_name=_("appellant"),
    )
    text = models.TextField(_("text"), blank=True)
    filed_at = models.DateTimeField(_("filed"), editable=False)
    due_at = models.DateTimeField(_("to be decided by"))
    state = models.CharField(
        _("state"), max_length=16, choices=AppealState, default=AppealState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decider = models.UUIDField(null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=16, choices=AppealOutcome, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    salt = models.CharField(max_length=64, blank=True, editable=False)

    objects = AppealQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", outcome="", decided_at=None)
                | Q(state="decided", decided_at__isnull=False, outcome__in=AppealOutcome.values)
                & ~Q(reasons=""),
                name="civic_appeal_open_or_decided",
                violation_error_message=_("A decision on an appeal needs outcome and reasons."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="civic_appeal_queue")]

    def __str__(self) -> str:
        return str(self.decision)


class SecondOpinionQuerySet(models.QuerySet["SecondOpinion"]):
    def waiting(self) -> SecondOpinionQuerySet:
        """Asked and not given yet."""
        return self.filter(given_at=None)


class SecondOpinion(models.Model):
    """What a second moderator would have decided, asked blind. Changes nothing but the figures."""

    decision = models.OneToOneField(
        Decision,
        on_delete=models.PROTECT,
        related_name="second_opinion",
        verbose_name=_("decision"),
    )
    asked_at = models.DateTimeField(_("asked"), editable=False)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("moderator"),
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    rule = models.ForeignKey(
        "civic_moderation.NetiquetteRule",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("rule"),
    )
    given_at = models.DateTimeField(_("given"), null=True, editable=False)
    agrees = models.BooleanField(_("agrees"), null=True)

    objects = SecondOpinionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at=None, outcome="", agrees=None)
                | Q(given_at__isnull=False, agrees__isnull=False) & ~Q(outcome=""),
                name="civic_second_opinion_asked_or_given",
            )
        ]

    def __str__(self) -> str:
        return str(self.decision)
