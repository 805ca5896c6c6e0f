"""What official answers show on pages of other rooms."""

from __future__ import annotations


def register_surfaces() -> None:
    """Called by ``AppConfig.ready``."""
