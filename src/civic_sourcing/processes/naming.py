"""Texts in every language of the site, kept as one mapping from language code to text."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language


def in_language(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in ``language`` (default: spoken now), else the first one there is."""
    wanted = language or get_language() or ""
    found = texts.get(wanted) or texts.get(wanted.partition("-")[0])
    return found or next((text for text in texts.values() if text), "")
