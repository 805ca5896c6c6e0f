"""What follows from decisions and awards in other parts of the room."""

from __future__ import annotations

from typing import Any

from civic_sourcing.challenges.entering.jobs import publish_now
from civic_sourcing.challenges.models import Decision


def show_winners(*, result: Decision, **kwargs: Any) -> None:
    """Let everybody read what won, so that they can object. Receives ``winners_confirmed``."""
    publish_now(result.process)
