"""Voting and invitation codes: what is kept of a code is a keyed hash."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.participants.models.participants import Participant
from civic_sourcing.participants.models.registers import Register, RegisterEntry
from civic_sourcing.processes.models import Process


class CodePurpose(models.TextChoices):
    """What a code entitles to. A person uses one code of each purpose in a process."""

    VOTING = "voting", _("voting code")
    INVITATION = "invitation", _("invitation code")


class CodeBatch(models.Model):
    """Codes that were made and printed together, and can be revoked together."""

    Purpose = CodePurpose

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="code_batches", verbose_name=_("process")
    )
    register = models.ForeignKey(
        Register,
        on_delete=models.PROTECT,
        null=True,
        related_name="code_batches",
        verbose_name=_("register"),
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=CodePurpose)
    count = models.PositiveIntegerField(_("codes printed"))
    note = models.CharField(_("note"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("made"))
    printed_at = models.DateTimeField(_("handed out for printing"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("batch of codes")
        verbose_name_plural = _("batches of codes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(count__gt=0), name="civic_code_batch_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.number}"

    @property
    def number(self) -> str:
        """Six characters printed on every card, to tell batches apart. No secret."""
        return self.uuid.hex[:6].upper()


class VotingCodeQuerySet(models.QuerySet["VotingCode"]):
    def held(self) -> VotingCodeQuerySet:
        """Used, by somebody, and their batch is not revoked."""
        return self.filter(state=VotingCode.State.USED, batch__revoked_at=None)

    def of(self, process: Process) -> VotingCodeQuerySet:
        return self.filter(batch__process=process)


class VotingCode(models.Model):
    """One code. ``number`` is printed beside it, so that a lost one can be found and voided."""

    class State(models.TextChoices):
        READY = "ready", _("not used yet")
        USED = "used", pgettext_lazy("code", "used")
        VOID = "void", _("void")

    batch = models.ForeignKey(
        CodeBatch, on_delete=models.PROTECT, related_name="codes", verbose_name=_("batch")
    )
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("keyed hash"), max_length=64, unique=True)
    entry = models.ForeignKey(
        RegisterEntry,
        on_delete=models.PROTECT,
        null=True,
        related_name="codes",
        verbose_name=_("register entry"),
    )
    state = models.CharField(_("state"), max_length=5, choices=State, default=State.READY)
    used_by = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        related_name="codes",
        verbose_name=_("used by"),
    )
    used_at = models.DateTimeField(_("used"), null=True)
    voided_at = models.DateTimeField(_("voided"), null=True)
    replaced_by = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )

    objects = VotingCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="civic_code_number_once"),
            models.UniqueConstraint(
                fields=["batch", "entry"],
                condition=~models.Q(state="void"),
                name="civic_code_one_valid_per_entry",
            ),
            models.CheckConstraint(
                condition=models.Q(state="used", used_at__isnull=False)
                | (~models.Q(state="used") & models.Q(used_at=None, used_by=None)),
                name="civic_code_used_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="void", voided_at__isnull=False)
                | (~models.Q(state="void") & models.Q(voided_at=None)),
                name="civic_code_void_when",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def serial(self) -> str:
        """Batch and number as they are printed, ``3F09AC-17``. No secret."""
        return f"{self.batch.number}-{self.number}"

    @property
    def process(self) -> Process:
        return self.batch.process
