"""What is kept of voters at the door: who is let in by a desk, who wants to be reminded."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.models import CodeBatch, Register

from .areas import VoteArea, VoterGroup
from .casting import VoteRun


class DeskSession(models.Model):
    """
    A desk has identified somebody, who may enter the booth once with the number they were given.

    ``digest`` is a keyed hash of that number, ``sealed`` says under the run's key who it is. The
    row goes when the number is entered, or its time is over; that it was opened stays in the log.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.CASCADE, related_name="desk_sessions", editable=False
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.TextField(editable=False)
    expires_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("session at a desk")
        verbose_name_plural = _("sessions at desks")

    def __str__(self) -> str:
        return str(self.uuid)


class VoteReminder(models.Model):
    """
    Somebody who left without casting wants one reminder.

    ``digest`` is a keyed hash of the voter, so that there is only one; ``sealed`` holds the address
    under the run's key, and is emptied when the mail is written. All rows go when the vote closes.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.CASCADE, related_name="reminders", editable=False
    )
    digest = models.CharField(max_length=64, editable=False)
    sealed = models.TextField(blank=True, editable=False)
    due_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = _("reminder of a vote")
        verbose_name_plural = _("reminders of votes")
        constraints = [
            models.UniqueConstraint(fields=["run", "digest"], name="civic_vote_reminder_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class AreaRegister(models.Model):
    """Whoever is on ``register`` lives in ``area``."""

    area = models.ForeignKey(
        VoteArea, on_delete=models.CASCADE, related_name="registers", verbose_name=_("area")
    )
    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="vote_areas", verbose_name=_("register")
    )

    class Meta:
        verbose_name = _("register of an area")
        verbose_name_plural = _("registers of areas")
        constraints = [
            models.UniqueConstraint(fields=["area", "register"], name="civic_area_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} → {self.area}"


class GroupSource(models.Model):
    """Whoever is on ``register``, or was given a code of ``batch``, belongs to ``group``."""

    group = models.ForeignKey(
        VoterGroup, on_delete=models.CASCADE, related_name="sources", verbose_name=_("group")
    )
    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("register")
    )
    batch = models.ForeignKey(
        CodeBatch, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("codes")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source of a group of voters")
        verbose_name_plural = _("sources of groups of voters")
        constraints = [
            models.UniqueConstraint(fields=["group", "register"], name="civic_group_register_once"),
            models.UniqueConstraint(fields=["group", "batch"], name="civic_group_batch_once"),
            models.CheckConstraint(
                condition=models.Q(register=None) ^ models.Q(batch=None),
                name="civic_group_source_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register or self.batch} → {self.group}"
