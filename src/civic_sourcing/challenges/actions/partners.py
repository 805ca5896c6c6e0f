"""Invite communities to a challenge, each with an address of its own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.categories import NEWS
from civic_sourcing.challenges.editorial.people import may_write, pages_of
from civic_sourcing.challenges.models import Partner, PartnerInvitation
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.outbox import send_mail_to
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.models import Process

CODE_BYTES = 8


class InvitePartners(Action[Process]):
    """
    Invite ``partners``: each gets an address whose visitors and entrants are counted.

    With ``by_mail`` those with an e-mail address are written to. Who is invited already is left as
    they are; a retired partner is refused (``retired``). Returns the new invitations.
    """

    verb = "invite_partners"
    policy = may_write

    partners: Sequence[Partner]
    by_mail: bool = False

    def check(self) -> None:
        retired = [partner.name for partner in self.partners if partner.retired]
        if retired:
            raise ActionRefused(
                _("%(partner)s is not invited any more."), code="retired", partner=retired[0]
            )

    def perform(self) -> list[PartnerInvitation]:
        there = PartnerInvitation.objects.filter(process=self.subject)
        known = set(there.values_list("partner_id", flat=True))
        made = [self._invite(each) for each in self.partners if each.pk not in known]
        self.number = len(made)
        return made

    def audit_details(self) -> dict[str, Any]:
        return {"partners": self.number}

    def _invite(self, partner: Partner) -> PartnerInvitation:
        sends = self.by_mail and bool(partner.email)
        invitation = PartnerInvitation.objects.create(
            process=self.subject,
            partner=partner,
            code=secrets.token_urlsafe(CODE_BYTES),
            sent_at=self.at if sends else None,
        )
        if sends:
            title = pages_of(self.subject)[0].title
            send_mail_to(
                partner.email,
                category=NEWS,
                subject=filled(_("The city looks for solutions: “%(title)s”"), title=title),
                body=_(
                    "Please tell the people of your community. The link is made for you: we see "
                    "how many came through it, and not who."
                ),
                url=reverse("civic_challenges:via", args=[invitation.code]),
                about=partner.uuid,
            )
        return invitation
