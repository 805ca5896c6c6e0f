"""What votes beside the panel tell the rooms below."""

from __future__ import annotations

from civic_sourcing.challenges.crowd.doors import doors_to_votes
from civic_sourcing.challenges.crowd.guards import register_guards
from civic_sourcing.challenges.crowd.jobs import assign_due, remind_peers
from civic_sourcing.challenges.doors import register_door
from civic_sourcing.core.tick import register_tick


def register_crowd() -> None:
    """Called by ``registrations.register``."""
    register_guards()
    register_tick("civic_challenges.peers", assign_due)
    register_tick("civic_challenges.peer_reminders", remind_peers)
    register_door(doors_to_votes, order=8)
