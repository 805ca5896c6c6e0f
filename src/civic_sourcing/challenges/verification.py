"""What ``civic_verify`` checks of challenges: they are judged by what people entered under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from civic_sourcing.challenges.actions.freeze import FreezeChallenge, digest_of_rules
from civic_sourcing.challenges.models import ChallengeFacts
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Finding

if TYPE_CHECKING:
    from civic_sourcing.core.audit.verification import Verification


def verify_challenges(verification: Verification) -> Iterator[Finding]:
    """Compare the criteria of every frozen challenge with the fingerprint its opening logged."""
    frozen = ChallengeFacts.objects.using(verification.using).exclude(frozen_at=None)
    if verification.chain:
        frozen = frozen.filter(process__uuid=verification.chain)
    for facts in frozen.select_related("process").order_by("pk").iterator():
        verification.checked += 1
        logged = _logged(facts, verification.using)
        place = str(facts.process.uuid)
        if logged is None:
            yield Finding("no-opening", place, "The opening of this challenge is not in the log.")
        elif logged != digest_of_rules(facts):
            yield Finding(
                "rules-changed", place, "Criteria or rules of judging are not as at the opening."
            )


def _logged(facts: ChallengeFacts, using: str) -> str | None:
    entries = AuditEntry.objects.using(using).filter(
        chain=facts.process.uuid, action=FreezeChallenge.name()
    )
    first = entries.order_by("sequence").first()
    return first.details["criteria"] if first else None
