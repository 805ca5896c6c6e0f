"""Texts of decisions and awards."""

from __future__ import annotations

from civic_sourcing.core.text import normalise


def clean(text: str, *, max_length: int, single_line: bool = False) -> str:
    """Return ``text`` as it may be stored; empty where it is blank. Raises ``TextRefused``."""
    if not text.strip():
        return ""
    return normalise(text, max_length=max_length, single_line=single_line)
