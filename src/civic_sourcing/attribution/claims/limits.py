"""How often somebody may claim."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims import rules
from civic_sourcing.attribution.claims.conf import conf
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.models import Claim, ClaimOutcome
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.limits import limits_for
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.policies import written


def check_limits(claimant: Participant, at: datetime) -> None:
    """
    Raise ``ActionRefused`` where somebody claims too often; the claimant's lock must be held.

    Counted are rows and not attempts, so that neither a full cache nor a restart forgets them.
    """
    mine = Claim.objects.filter(claimant=claimant)
    refusals = mine.filter(state=Stage.FINAL).order_by("pk")
    until = rules.paused_until(
        [claim.closed_at for claim in refusals if claim.closed_at and _was_refused(claim)],
        limit=conf.CLAIM_REFUSED_LIMIT,
        days=conf.CLAIM_PAUSE_DAYS,
    )
    if until is not None and at < until:
        raise ActionRefused(
            _("Several of your claims were refused. You can file another one from %(date)s."),
            code="paused",
            date=written(until),
        )
    filed = list(mine.values_list("filed_at", flat=True))
    for limit in limits_for("claim", "normal"):
        free = rules.next_claim_at(filed, at, count=limit.count, seconds=limit.seconds)
        if free is not None:
            raise RateLimited(
                _("You have filed %(count)d claims of late. The next is possible from %(date)s.")
                % {"count": limit.count, "date": written(free)},
                retry_after=max(1, int((free - at).total_seconds())),
            )


def _was_refused(claim: Claim) -> bool:
    decision = claim.decision
    return decision is not None and decision.outcome == ClaimOutcome.REFUSED
