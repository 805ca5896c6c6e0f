"""Offers by people nobody invited to improve what others handed in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

OFFER_LENGTH = 1_000
"""Characters of an offer, as a reader counts them."""

OFFER_COLUMN = 5_000


class OfferState(models.TextChoices):
    """An offer is answered once, or taken back before."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ImprovementOfferQuerySet(models.QuerySet["ImprovementOffer"]):
    def open(self) -> ImprovementOfferQuerySet:
        """Offers nobody has answered yet."""
        return self.filter(state=OfferState.OFFERED)


class ImprovementOffer(models.Model):
    """
    One person's offer to improve one contribution. There is never a second one.

    Only the person and whoever answers see it. Accepted, it has made a ``Credit``, and that is
    what the public sees. ``text`` is empty once the offer was withdrawn or the person has left.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="improvement_offers",
        verbose_name=_("contribution"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="improvement_offers",
        verbose_name=_("participant"),
    )
    text = models.TextField(_("text"), max_length=OFFER_COLUMN, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=OfferState.choices, default=OfferState.OFFERED
    )
    offered_at = models.DateTimeField(_("offered"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    objects = ImprovementOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer to improve")
        verbose_name_plural = _("offers to improve")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"],
                name="civic_offer_once",
                violation_error_message=_("You have offered to improve this before."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="civic_offer_state_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="offered", closed_at=None)
                    | (~Q(state="offered") & Q(closed_at__isnull=False))
                ),
                name="civic_offer_open_or_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text=""),
                name="civic_offer_withdrawn_words_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} · {self.contribution_id}"

    @property
    def process(self) -> Process:
        """The process of the contribution, for policies and the log."""
        return self.contribution.process

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.OFFERED
