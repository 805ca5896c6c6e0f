"""Lists of who is entitled, kept as keyed hashes only."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.models.participants import Participant
from civic_sourcing.processes.models import Process


class Register(models.Model):
    """
    A list of people, such as the residents of a district. What identifies them is never stored.

    ``columns`` are the labels of the data a person is asked for, in the order of the file's
    columns, such as ``["Resident number", "Year of birth"]``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        related_name="registers",
        verbose_name=_("process"),
    )
    name = models.CharField(_("name"), max_length=100)
    columns = models.JSONField(_("what people are asked for"), default=list)
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def attribute_key(self) -> str:
        """The key of the verified attribute of those who are on it."""
        return f"register-{self.uuid.hex}"


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def free(self) -> RegisterEntryQuerySet:
        """Entries nobody has proved yet."""
        return self.filter(matched_at=None)


class RegisterEntry(models.Model):
    """
    One person on a register. ``number`` is the place in the order of import, from 1.

    An entry that was proved stays taken, also when its participant is erased: otherwise leaving
    and coming back would be a second vote. ``ReleaseEntry`` frees it at the office.
    """

    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="entries", verbose_name=_("register")
    )
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("keyed hash"), max_length=64)
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        related_name="register_entries",
        verbose_name=_("participant"),
    )
    matched_at = models.DateTimeField(_("proved"), null=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "digest"],
                name="civic_register_entry_once",
                violation_error_message=_("This entry is already on the register."),
            ),
            models.UniqueConstraint(
                fields=["register", "number"], name="civic_register_number_once"
            ),
            models.UniqueConstraint(
                fields=["register", "participant"],
                name="civic_register_entry_for_one_participant",
                violation_error_message=_("You have already proved that you are on this register."),
            ),
            models.CheckConstraint(
                condition=models.Q(participant=None) | models.Q(matched_at__isnull=False),
                name="civic_register_entry_matched_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} · {self.number}"

    @property
    def process(self) -> Process:
        return self.register.process
