"""What rankings, decisions and awards tell the rooms below."""

from __future__ import annotations

from civic_sourcing.challenges.awards.actions import give_rights_back
from civic_sourcing.challenges.results.finishing import finalise_verified
from civic_sourcing.challenges.results.guards import register_guards
from civic_sourcing.challenges.results.verification import verify_rankings
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.tick import register_tick


def register_results() -> None:
    """Called by ``registrations.register``."""
    register_guards()
    register_verifier("rankings", verify_rankings)
    register_tick("civic_challenges.verified", finalise_verified)
    register_tick("civic_challenges.rights", give_rights_back)
