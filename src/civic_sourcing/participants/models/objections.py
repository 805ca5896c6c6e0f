from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.models.participants import Participant
from civic_sourcing.processes.models import Process


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> ObjectionQuerySet:
        return self.filter(state=Objection.State.OPEN)

    def overdue(self, at: datetime) -> ObjectionQuerySet:
        """Open, and due before ``at`` (aware)."""
        return self.open().filter(due_at__lt=at)


class Objection(models.Model):
    """
    Somebody says a refusal was wrong. An office answers until ``due_at``.

    ``contact`` is for people without an account and is gone once they are answered.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        UPHELD = "upheld", _("the objection was right")
        REJECTED = "rejected", _("the refusal stands")

    TEXT_LENGTH = 4000

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="objections", verbose_name=_("process")
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        related_name="objections",
        verbose_name=_("participant"),
    )
    condition = models.CharField(_("condition"), max_length=40, blank=True)
    text = models.TextField(_("objection"), blank=True)
    contact = models.EmailField(_("address for the answer"), blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    filed_at = models.DateTimeField(_("filed"))
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["process", "state", "due_at"], name="civic_objection_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at=None)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
                name="civic_objection_answered_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(contact=""),
                name="civic_objection_contact_only_until_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def overdue_at(self, at: datetime) -> bool:
        return self.is_open and self.due_at < at
