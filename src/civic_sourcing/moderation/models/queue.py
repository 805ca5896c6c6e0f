"""What the case queue keeps for moderators: who is at a case, their views, their last mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models.cases import Case


class CaseLeaseQuerySet(models.QuerySet["CaseLease"]):
    def running(self, at: datetime) -> CaseLeaseQuerySet:
        """Those whose holder is at the case at ``at``."""
        return self.filter(until__gt=at)

    def of_others(self, user: Any, at: datetime) -> CaseLeaseQuerySet:
        """Those that keep ``user`` waiting."""
        return self.running(at).exclude(holder=user)


class CaseLease(models.Model):
    """
    Who has a case open right now, seen by colleagues. It ends by itself.

    A soft lock: it keeps two people from doing the same work. That a case is decided once is the
    business of ``DecideCase``.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="lease", verbose_name=_("case")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("who is at it"),
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    objects = CaseLeaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("case being worked on")
        verbose_name_plural = _("cases being worked on")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case} · {self.holder}"

    def keeps_out(self, user: Any, at: datetime) -> bool:
        """Whether somebody else than ``user`` is at the case."""
        return self.holder_id != user.pk and self.until > at


class SavedView(models.Model):
    """Filters of the queue under a name, for one moderator."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("moderator"),
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filters"), max_length=2000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="civic_saved_view_name",
                violation_error_message=_("You have a view of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CaseAlert(models.Model):
    """When a moderator was last written to about cases. Under its lock the next mail is decided."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("moderator"),
    )
    sent_at = models.DateTimeField(_("last mail"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mail about cases")
        verbose_name_plural = _("mails about cases")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)
