"""Who gets credit for a contribution, in which role, and by whose leave."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from civic_sourcing.processes.models import Process

WHOLE = 10_000
"""All shares together, in hundredths of a percent."""


class Role(models.TextChoices):
    """What somebody did for a contribution; the order is that of mention."""

    ORIGINATOR = "originator", _("originator")
    CO_AUTHOR = "co_author", _("co-author")
    IMPROVER = "improver", _("improver")
    EVIDENCE = "evidence", _("evidence")
    TRANSLATOR = "translator", _("translator")
    STAFF_EDITOR = "staff_editor", _("staff editor")

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class CreditState(models.TextChoices):
    """
    Whether the person has agreed. ``credited`` needs no leave: it says what somebody did, as the
    city knows it. To speak in somebody's name takes ``accepted``.
    """

    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CREDITED = "credited", _("credited")


ACTIVE = frozenset({CreditState.ACCEPTED, CreditState.CREDITED})
OPEN = ACTIVE | {CreditState.INVITED}


class CreditQuerySet(models.QuerySet["Credit"]):
    def active(self) -> CreditQuerySet:
        """Credits that are shown: agreed to, or given without need of leave."""
        return self.filter(state__in=ACTIVE)

    def invitations(self) -> CreditQuerySet:
        """Invitations nobody has answered yet."""
        return self.filter(state=CreditState.INVITED)

    def standing(self) -> CreditQuerySet:
        """Active credits and unanswered invitations: what a second one would repeat."""
        return self.filter(state__in=OPEN)

    def of(self, contributions: Iterable[int]) -> CreditQuerySet:
        """Credits given directly for ``contributions`` (keys), in order of mention."""
        return self.filter(contribution__in=contributions).order_by("pk")


class Credit(models.Model):
    """
    One person in one role for one contribution.

    The author of a contribution is its originator without a row here, until shares are set or
    somebody changes it. An invitation by mail keeps digests of address and link, and neither once
    it is answered. ``name_on_paper`` names somebody without an account, in words the public sees.
    ``share`` is in hundredths of a percent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="credits",
        verbose_name=_("contribution"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="credits",
        verbose_name=_("participant"),
    )
    name_on_paper = models.CharField(_("name on paper"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    share = models.PositiveIntegerField(_("share"), null=True)
    state = models.CharField(_("state"), max_length=16, choices=CreditState.choices)
    invited_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    address_digest = models.CharField(max_length=64, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(_("made"), editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant", "role"],
                condition=Q(state__in=sorted(OPEN)),
                name="civic_credit_once_per_role",
                violation_error_message=_("This person has this role already."),
            ),
            models.UniqueConstraint(
                fields=["contribution", "address_digest", "role"],
                condition=Q(state="invited") & ~Q(address_digest=""),
                name="civic_credit_invited_once",
                violation_error_message=_("This address has been invited already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="civic_credit_role_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CreditState.values), name="civic_credit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=WHOLE),
                name="civic_credit_share_is_a_part",
                violation_error_message=_("A share is more than 0 % and at most 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(state__in=sorted(ACTIVE)),
                name="civic_credit_share_only_if_active",
            ),
            models.CheckConstraint(
                condition=Q(state="invited") | Q(address_digest="", token_digest=""),
                name="civic_credit_address_forgotten",
                violation_error_message=_("An address is not kept once the answer is there."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(participant__isnull=False, name_on_paper="", address_digest="")
                    | (Q(participant=None) & ~Q(name_on_paper="") & Q(address_digest=""))
                    | Q(participant=None, name_on_paper="")
                ),
                name="civic_credit_one_way_to_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.get_role_display()}"

    @property
    def process(self) -> Process:
        """The process of the contribution, for policies and the log."""
        return self.contribution.process

    @property
    def name(self) -> str:
        """What the public calls this person; empty for somebody invited by mail."""
        return self.participant.public_name if self.participant else self.name_on_paper

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE
