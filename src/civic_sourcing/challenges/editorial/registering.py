"""What the writing of challenges tells the rest of the room."""

from __future__ import annotations

from civic_sourcing.challenges.actions.review import publish_due
from civic_sourcing.challenges.editorial.news import tell_review
from civic_sourcing.challenges.signals import challenge_published, challenge_reviewed
from civic_sourcing.core.tick import register_tick


def register_editorial() -> None:
    """Publish on time, and tell stewards and managers of the review."""
    register_tick("civic_challenges.publishing", publish_due)
    challenge_reviewed.connect(tell_review)
    challenge_published.connect(tell_review)
