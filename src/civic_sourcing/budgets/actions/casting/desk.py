from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.actions.casting.runs import SharedRunAction, refuse_unless
from civic_sourcing.budgets.casting.keys import Keys, keys_of
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import DeskSession, VoteRun
from civic_sourcing.budgets.policies import MayVote
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.participants.codes.crockford import canonical, new_code
from civic_sourcing.participants.eligibility.roles import is_at_the_desk

PLACE = "desk"


@dataclass(frozen=True)
class Ticket:
    """The number with which one voter enters the booth once, known only now."""

    number: str
    expires_at: datetime


class OpenDeskSession(SharedRunAction):
    """
    Let the one voter whom a desk has identified into the booth. Returns a ``Ticket``.

    Its number is entered on the device on which the person votes, not on that of the desk. The log
    says who opened it and until when, not for whom. Of an account the conditions are asked now.
    Nobody who casts waits for a desk.
    """

    verb = "open_desk_session"
    policy = SignedIn() & is_at_the_desk()

    voter: Voter

    def check(self) -> None:
        refuse_unless(self.subject, VoteRun.State.OPEN)
        if self.subject.closes_at is None or self.at >= self.subject.closes_at:
            raise ActionRefused(_("The vote is closed."), code="closed")
        if refusal := MayVote().refusal(self.occasion()):
            raise ActionRefused(refusal.message, code=refusal.code)

    def perform(self) -> Ticket:
        keys = keys_of(self.subject, using=self.using)
        number = new_code()
        until = self.at + timedelta(minutes=conf.DESK_SESSION_MINUTES)
        DeskSession.objects.using(self.using).create(
            run=self.subject,
            digest=digest_of(keys, number),
            sealed=keys.seal(
                json.dumps([self.voter.identity, self.voter.code, self.voter.area]), place=PLACE
            ),
            expires_at=until,
        )
        return Ticket(number, until)

    def audit_details(self) -> dict[str, Any]:
        return {"until": self.result.expires_at.isoformat()}


def take_ticket(
    run: VoteRun, keys: Keys, number: str, at: datetime
) -> tuple[Voter, datetime] | None:
    """
    Return who enters with ``number`` and until when they may stay; ``None`` if it is no good.

    It works once: the row is gone afterwards.
    """
    found = DeskSession.objects.filter(run=run, digest=digest_of(keys, number)).first()
    if found is None or found.expires_at <= at:
        return None
    taken, _rows = DeskSession.objects.filter(pk=found.pk).delete()
    if not taken:
        return None
    identity, code, area = json.loads(keys.unseal(found.sealed, place=PLACE))
    return Voter(identity, area=area, code=code), found.expires_at


def digest_of(keys: Keys, number: str) -> str:
    return keys.value("desk", canonical(number))
