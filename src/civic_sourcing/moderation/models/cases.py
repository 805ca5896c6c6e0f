"""Cases: everything said against one contribution or one participant, until it is decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.models.rules import Severity
from civic_sourcing.moderation.reach import moderated_by

if TYPE_CHECKING:
    from civic_sourcing.moderation.models.decisions import Decision
    from civic_sourcing.participants.models import Participant

PARTICIPANT = "participant"
"""The kind of a case about a person; all others are kinds of contributions."""


class CaseState(models.TextChoices):
    OPEN = "open", _("open")
    DECIDED = "decided", _("decided")


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """Not decided yet."""
        return self.filter(state=CaseState.OPEN)

    def overdue(self, at: datetime) -> CaseQuerySet:
        """Open ones that should have been decided by ``at``."""
        return self.open().filter(due_at__lte=at)

    def of(self, subject: Contribution | Participant) -> CaseQuerySet:
        """All cases about one contribution or one participant, in every state."""
        return self.filter(**subject_of(subject))

    def for_moderator(self, user: Any, processes: Any = None) -> CaseQuerySet:
        """
        Those ``user`` moderates, as the role reaches, and no others; superusers all.

        A case about a participant belongs to the moderators of the process it came from and of any
        in which that person has contributed. ``processes`` are theirs, where known already.
        """
        if user.is_active and user.is_superuser:
            return self
        if processes is None:
            processes = moderated_by(user).values("pk")
        taken_part = Contribution.objects.filter(
            author=OuterRef("participant"), process__in=processes
        )
        person = Q(participant__isnull=False) & Exists(taken_part)
        return self.filter(Q(process__in=processes) | person)


class Case(models.Model):
    """
    One matter for moderators: exactly one contribution or one participant, decided once.

    Gathers reports, findings of the checks and what waits at the gate. ``process`` is that of the
    contribution; for a participant, that in which the first report was made, if any. ``rule``,
    ``severity`` and ``is_emergency`` follow the gravest report; ``reporters`` counts distinct
    people (addresses of anonymous ones), ``weight`` adds up what their reports weigh. ``due_at`` is
    the target for a first decision. After a decision further reports open a new case.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("contribution"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("participant"),
    )
    process = models.ForeignKey(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("process"),
    )
    kind = models.CharField(_("kind"), max_length=32)
    language = models.CharField(_("language"), max_length=16, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField(_("opened"), editable=False)
    due_at = models.DateTimeField(_("to be decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    rule = models.ForeignKey(
        "civic_moderation.NetiquetteRule",
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("rule"),
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity, default=Severity.MINOR
    )
    is_emergency = models.BooleanField(_("emergency"), default=False)
    is_personal = models.BooleanField(_("somebody is personally affected"), default=False)
    held = models.BooleanField(_("waits to be published"), default=False)
    reporters = models.PositiveIntegerField(_("reporters"), default=0)
    weight = models.DecimalField(_("weight"), max_digits=8, decimal_places=2, default=0)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-is_emergency", "due_at", "pk"]
        permissions = [("view_reporters", _("Can see who reported"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution=None) ^ Q(participant=None),
                name="civic_case_one_subject",
                violation_error_message=_("A case is about one contribution or one person."),
            ),
            models.CheckConstraint(
                condition=Q(contribution=None) | Q(process__isnull=False),
                name="civic_case_contribution_has_process",
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(state="open"),
                name="civic_case_open_once_contribution",
                violation_error_message=_("There is an open case about this."),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(state="open"),
                name="civic_case_open_once_participant",
                violation_error_message=_("There is an open case about this person."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | Q(state="decided", decided_at__isnull=False),
                name="civic_case_open_or_decided",
            ),
            models.CheckConstraint(
                condition=Q(severity__range=(Severity.MINOR, Severity.GRAVE)),
                name="civic_case_severity_known",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-is_emergency", "due_at"], name="civic_case_queue"),
            models.Index(fields=["process", "state", "due_at"], name="civic_case_of_process"),
        ]

    def __str__(self) -> str:
        return str(self.contribution or self.participant or self.uuid)

    @property
    def subject(self) -> Contribution | Participant:
        """What the case is about."""
        subject: Contribution | Participant | None = self.contribution or self.participant
        assert subject is not None  # the database insists
        return subject

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def decision(self) -> Decision | None:
        """The latest decision, if one was made."""
        return max(self.decisions.all(), key=lambda each: each.number, default=None)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have been decided by ``at``."""
        return self.is_open and self.due_at <= at


class Finding(models.Model):
    """What an automatic check found: codes, numbers and positions, never a quoted text."""

    class Verdict(models.TextChoices):
        MARK = "mark", _("marked")
        HOLD = "hold", _("held")

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="findings", verbose_name=_("case")
    )
    check_key = models.CharField(_("check"), max_length=64)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    code = models.CharField(_("code"), max_length=64)
    explanation = models.JSONField(_("why"), default=dict)
    spans = models.JSONField(_("where"), default=list, help_text=_("[field, start, end] each."))
    at = models.DateTimeField(_("found"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.check_key} · {self.code}"


def subject_of(subject: Contribution | Participant) -> dict[str, Any]:
    """The field of a case, or of a measure, that ``subject`` goes into."""
    return {"participant" if subject._meta.model_name == PARTICIPANT else "contribution": subject}
