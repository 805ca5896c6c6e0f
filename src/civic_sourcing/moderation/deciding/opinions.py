"""Which decisions a second moderator looks at, without seeing what was decided."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from civic_sourcing.moderation.deciding.conf import conf
from civic_sourcing.moderation.models import Decision, Origin, SecondOpinion

WHOLE = 2**64


def is_drawn(decision: Decision, share: float) -> bool:
    """
    Whether ``decision`` is among the sample of ``share``.

    The keyed digest of its random number decides: nobody can foresee it, and it can be computed
    again. What is drawn at a small share is also drawn at a larger one.
    """
    keyed = salted_hmac("civic_moderation.second_opinion", decision.uuid.hex, algorithm="sha256")
    return int.from_bytes(keyed.digest()[:8], "big") < share * WHOLE


def draw(decision: Decision) -> SecondOpinion | None:
    """Ask for a second opinion if ``decision``, made by a moderator, is drawn."""
    if decision.decider is None or decision.origin == Origin.APPEAL:
        return None
    if not is_drawn(decision, conf.SECOND_OPINION_SHARE):
        return None
    return SecondOpinion.objects.create(decision=decision, asked_at=decision.decided_at)


def forget(decision: Decision) -> None:
    """Ask no more about a decision that was corrected."""
    SecondOpinion.objects.waiting().filter(decision=decision).delete()
