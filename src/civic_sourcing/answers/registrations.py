"""What official answers tell the rooms below, once all models are known."""

from __future__ import annotations


def register_answers() -> None:
    """Called by ``AppConfig.ready``."""
