"""Wanting to hear what the city makes of something."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.participants.models import Participant


class DeliveryFollow(models.Model):
    """A participant wants to hear what the city makes of a contribution. Who, nobody is shown."""

    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.PROTECT,
        related_name="delivery_follows",
        verbose_name=_("contribution"),
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        related_name="delivery_follows",
        verbose_name=_("participant"),
    )
    since = models.DateTimeField(_("since"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("followed delivery")
        verbose_name_plural = _("followed deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"],
                name="civic_delivery_follow_once",
                violation_error_message=_("You follow this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.contribution_id}"
