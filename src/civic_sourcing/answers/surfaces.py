"""What official answers show on pages of other rooms."""

from __future__ import annotations

from civic_sourcing.answers.slot import show_answers
from civic_sourcing.core.page_slots import register_slot


def register_surfaces() -> None:
    """Called by ``AppConfig.ready``."""
    register_slot("answers", show_answers)
