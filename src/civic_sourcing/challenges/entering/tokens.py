"""Tokens of links below the page of a challenge."""

from __future__ import annotations

import secrets

BYTES = 32


def new_token() -> str:
    """
    Return a fresh one: 256 random bits in letters, digits, ``-`` and ``_``.

    Wagtail finds no page at an address with other signs, so it is not signed with a dot in between.
    """
    return secrets.token_urlsafe(BYTES)
