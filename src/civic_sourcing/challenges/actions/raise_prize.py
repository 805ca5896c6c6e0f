"""Raise a prize of a challenge that has opened, in public."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.parts import OnPart
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.points import refuse_unapproved
from civic_sourcing.challenges.models import ChallengeFacts, Change, Prize
from civic_sourcing.challenges.policies import may_manage
from civic_sourcing.challenges.signals import prize_raised
from civic_sourcing.challenges.timeline import refuse_if_decided
from civic_sourcing.core.exceptions import ActionRefused


class RaisePrize(OnPart[Prize]):
    """
    Raise the ``amount`` (minor units, for all winners of this prize) with a public ``reason``.

    The prize money of the challenge rises by as much. Refused as ``not-more``, ``decided`` and
    ``no-reason``, and above a limit that nobody has approved (``approval``, ``notice``). Returns
    the prize.
    """

    verb = "raise_prize"
    policy = may_manage
    announces = prize_raised

    amount: int
    reason: str

    def check(self) -> None:
        refuse_if_decided(self.subject.process)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")
        if self.amount <= self.subject.amount:
            raise ActionRefused(_("A prize can only be raised."), code="not-more")
        draft = Draft.of(self.subject.process, timezone.localdate(self.at))
        refuse_unapproved(draft, draft.total + self.amount - self.subject.amount)

    def perform(self) -> Prize:
        prize, before = self.subject, self.subject.amount
        facts = ChallengeFacts.objects.select_for_update().get(process=prize.process_id)
        Change.objects.create(
            process_id=prize.process_id,
            kind=Change.Kind.RAISED,
            what=f"prize:{prize.pk}",
            before=str(before),
            after=str(self.amount),
            reason=self.reason.strip(),
            at=self.at,
            by=self.actor,
        )
        prize.amount = self.amount
        prize.save(update_fields=["amount"])
        if facts.prize_total is not None:
            facts.prize_total += self.amount - before
            facts.save(update_fields=["prize_total"])
        return prize

    def audit_details(self) -> dict[str, Any]:
        return {"prize": str(self.subject.uuid), "amount": self.amount}
