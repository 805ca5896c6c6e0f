"""
Canonical JSON and the fingerprints made of it.

Canonical: keys sorted by code point, no spaces, ASCII only (other characters as ``\\uXXXX``), no
fractions. Anybody can recompute a fingerprint with ten lines in any language.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FORMAT = 1
GENESIS = "0" * 64

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode


def canonical_json(value: Any) -> str:
    """Return the one way to write ``value`` (dicts, lists, strings, integers, bools, ``None``)."""
    return _encode(value)


def entry_fingerprint(
    *,
    chain: UUID,
    sequence: int,
    at: datetime,
    action: str,
    actor: UUID | None,
    subject: tuple[str, str],
    details: dict[str, Any],
    reason: tuple[str, str],
    previous: str,
) -> str:
    """
    Return the SHA-256 (hexadecimal) of an audit entry.

    ``at`` is aware and counts to the microsecond; ``reason`` is reference and salted digest, both
    empty where there is none; ``previous`` is the fingerprint before it, 64 zeros for the first.
    """
    document = {
        "action": action,
        "actor": str(actor) if actor else None,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "chain": str(chain),
        "details": details,
        "format": FORMAT,
        "previous": previous,
        "reason": reason,
        "sequence": sequence,
        "subject": subject,
    }
    return hashlib.sha256(_encode(document).encode("ascii")).hexdigest()


def salted_digest(text: str, salt: bytes) -> str:
    """
    Return the HMAC-SHA-256 (hexadecimal) of ``text`` under ``salt`` (at least 16 random bytes).

    Keep the salt with the text and delete both together: the digest that remains in the log then
    says nothing any more. Raises ``ValueError`` for a shorter salt.
    """
    if len(salt) < 16:
        raise ValueError(f"salt must have at least 16 bytes, not {len(salt)!r}.")
    return hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
