from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of(self, user: AbstractBaseUser) -> Participant:
        """
        The participant this account stands for, made at the first call.

        Parallel first calls end with one row: the unique ``user`` column lets only one through.
        Raises ``ValueError`` for somebody who is not signed in.
        """
        if user.pk is None:
            raise ValueError(f"user must be a saved account, not {user!r}")
        participant, _made = self.select_related("user").get_or_create(user_id=user.pk)
        return participant


class Participant(models.Model):
    """
    A person as the participation side knows them: a random number, not an account.

    Everything people hand in points here, and so it stays when the account is deleted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="civic_participant",
        verbose_name=gettext_lazy("account"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("participant")
        verbose_name_plural = gettext_lazy("participants")

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        """Full name or user name; without account a tombstone such as “former participant 7f3a”."""
        if self.user is None:
            return _("former participant %(number)s") % {"number": self.uuid.hex[:4]}
        return self.user.get_full_name() or self.user.get_username()
