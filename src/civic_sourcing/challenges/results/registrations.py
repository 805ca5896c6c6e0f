"""What rankings, decisions and awards tell the rooms below."""

from __future__ import annotations

from civic_sourcing.answers.signals import adoption_status_changed
from civic_sourcing.attribution.claims.signals import claim_closed, claim_filed
from civic_sourcing.challenges.awards.actions import give_rights_back
from civic_sourcing.challenges.awards.claims import hear_of_claim, tell_of_claims
from civic_sourcing.challenges.awards.following import follow_adoptions, follow_change
from civic_sourcing.challenges.doors import register_door
from civic_sourcing.challenges.results.finishing import finalise_verified
from civic_sourcing.challenges.results.guards import register_guards
from civic_sourcing.challenges.results.handlers import show_winners
from civic_sourcing.challenges.results.signals import winners_confirmed
from civic_sourcing.challenges.results.verification import verify_rankings
from civic_sourcing.challenges.winners.doors import doors_to_winners
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.tick import register_tick


def register_results() -> None:
    """Called by ``registrations.register``."""
    register_guards()
    register_verifier("rankings", verify_rankings)
    register_tick("civic_challenges.verified", finalise_verified)
    register_tick("civic_challenges.rights", give_rights_back)
    register_tick("civic_challenges.carried_out", follow_adoptions)
    register_tick("civic_challenges.claims", tell_of_claims)
    winners_confirmed.connect(show_winners)
    for signal in (claim_filed, claim_closed):
        signal.connect(hear_of_claim)
    adoption_status_changed.connect(follow_change)
    register_door(doors_to_winners, order=5)
