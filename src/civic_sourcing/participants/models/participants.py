"""A person as the participation side knows them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

NAME_COLUMN = 150
"""Code points kept of a name, whose limit is counted in characters as a reader sees them."""


def number_of(key: uuid.UUID) -> str:
    """Four hexadecimal digits of a person's random number."""
    return key.hex[:4]


def shown_name(name: str, key: uuid.UUID, *, gone: bool) -> str:
    """What everybody calls the person of this ``name`` and random number: see ``public_name``."""
    if gone:
        return _("former participant %(number)s") % {"number": number_of(key)}
    return name or _("participant %(number)s") % {"number": number_of(key)}


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of(self, user: AbstractBaseUser) -> Participant:
        """
        The participant this account stands for, made at the first call.

        A new one is called as the account is, unless that name is an e-mail address or looks like
        that of somebody who acts for the city. Parallel first calls end with one row: the unique
        ``user`` column lets only one through. Raises ``ValueError`` for somebody who is not signed
        in.
        """
        if user.pk is None:
            raise ValueError(f"user must be a saved account, not {user!r}")
        participant, _made = self.select_related("user").get_or_create(
            user_id=user.pk, defaults={"name": lambda: name_from_account(user)}
        )
        return participant

    def forgotten(self) -> ParticipantQuerySet:
        """Those whose account is gone while personal values may still be here."""
        return self.filter(user=None, erased_at=None)


class Participant(models.Model):
    """
    A person as the participation side knows them: a random number, not an account.

    Everything people hand in points here, and so it stays when the account is deleted. ``name`` is
    what the person chose to be called; show ``public_name``.
    """

    class Affiliation(models.TextChoices):
        """On whose behalf somebody may be speaking: their own disclosure of interest."""

        UNDISCLOSED = "undisclosed", gettext_lazy("Not said")
        RESIDENT = "resident", gettext_lazy("Resident")
        CITY_EMPLOYEE = "city_employee", gettext_lazy("Works for the city")
        VENDOR = "vendor", gettext_lazy("Sells to the city, or would like to")
        CANDIDATE = "candidate", gettext_lazy("Candidate or holder of an elected office")
        ORGANISATION = "organisation", gettext_lazy("Speaks for an organisation")

    class Standing(models.TextChoices):
        GOOD = "good", gettext_lazy("good")
        WARNED = "warned", gettext_lazy("warned")
        SUSPENDED = "suspended", gettext_lazy("suspended")

    class AgeBand(models.TextChoices):
        """All that is known of somebody's age: one answer to one question."""

        UNKNOWN = "unknown", gettext_lazy("not asked")
        OF_AGE = "of_age", gettext_lazy("old enough to take part alone")
        MINOR = "minor", gettext_lazy("needs a guardian's consent")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="civic_participant",
        verbose_name=gettext_lazy("account"),
    )
    name = models.CharField(gettext_lazy("public name"), max_length=NAME_COLUMN, blank=True)
    affiliation = models.CharField(
        gettext_lazy("interest"),
        max_length=20,
        choices=Affiliation,
        default=Affiliation.UNDISCLOSED,
    )
    affiliation_note = models.CharField(
        gettext_lazy("note on the interest"), max_length=150, blank=True
    )
    standing = models.CharField(
        gettext_lazy("standing"), max_length=10, choices=Standing, default=Standing.GOOD
    )
    suspended_until = models.DateTimeField(gettext_lazy("suspended until"), null=True, blank=True)
    age_band = models.CharField(
        gettext_lazy("age"), max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN
    )
    language = models.CharField(gettext_lazy("language"), max_length=20, blank=True)
    created_at = models.DateTimeField(gettext_lazy("takes part since"), auto_now_add=True)
    erased_at = models.DateTimeField(gettext_lazy("erased"), null=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("participant")
        verbose_name_plural = gettext_lazy("participants")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing="suspended") | models.Q(suspended_until=None),
                name="civic_participant_until_only_if_suspended",
                violation_error_message=gettext_lazy("Only a suspension has an end."),
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(name="", affiliation="undisclosed", affiliation_note="", language=""),
                name="civic_participant_erased_is_nameless",
            ),
        ]

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """The name shown to everybody; without account a tombstone, “former participant 7f3a”."""
        return shown_name(self.name, self.uuid, gone=self.is_gone)

    @property
    def is_gone(self) -> bool:
        """Whether there is no account, or nothing personal left."""
        return self.user_id is None or self.erased_at is not None

    @property
    def number(self) -> str:
        """Four hexadecimal digits, for people to tell two nameless participants apart."""
        return number_of(self.uuid)

    @property
    def discloses_interest(self) -> bool:
        """Whether readers should see on whose behalf this person may be speaking."""
        return self.affiliation not in (self.Affiliation.UNDISCLOSED, self.Affiliation.RESIDENT)

    def standing_at(self, at: datetime) -> Participant.Standing:
        """The standing at ``at`` (aware): a suspension that has ended leaves a warning."""
        if self.standing == self.Standing.SUSPENDED and not self.suspended_at(at):
            return self.Standing.WARNED
        return self.Standing(self.standing)

    def suspended_at(self, at: datetime) -> bool:
        """Whether a suspension holds at ``at``; one without end holds until it is lifted."""
        if self.standing != self.Standing.SUSPENDED:
            return False
        return self.suspended_until is None or at < self.suspended_until

    def may_act(self, at: datetime) -> bool:
        """Whether this person may take part at ``at`` as far as their standing goes."""
        return self.erased_at is None and not self.suspended_at(at)


def name_from_account(user: AbstractBaseUser) -> str:
    from civic_sourcing.participants.names import default_name  # noqa: PLC0415 - needs the model

    return default_name(user)
