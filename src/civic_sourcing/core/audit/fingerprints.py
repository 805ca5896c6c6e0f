"""
Canonical JSON and the fingerprints made of it.

Canonical: keys sorted by code point, no spaces, ASCII only (other characters as ``\\uXXXX``), no
fractions. Anybody can recompute a fingerprint with ten lines in any language.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FORMAT = 1
GENESIS = "0" * 64

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode


_quote: Callable[[str], str] = json.encoder.encode_basestring_ascii


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
    return stored_fingerprint(
        chain=str(chain),
        sequence=sequence,
        at=at.astimezone(UTC).isoformat(timespec="microseconds"),
        action=action,
        actor=str(actor) if actor else None,
        subject=subject,
        details=_encode(details),
        reason=reason,
        previous=previous,
    )


def stored_fingerprint(
    *,
    chain: str,
    sequence: int,
    at: str,
    action: str,
    actor: str | None,
    subject: tuple[str, str],
    details: str,
    reason: tuple[str, str],
    previous: str,
) -> str:
    """
    Return the fingerprint of an entry whose columns are text already; ``details`` is canonical.

    The document is put together by hand because it is needed a million times in a row: it equals
    ``canonical_json`` of the dict of these names.
    """
    document = (
        f'{{"action":{_quote(action)},"actor":{_quote(actor) if actor else "null"},'
        f'"at":{_quote(at)},"chain":{_quote(chain)},"details":{details},"format":{FORMAT},'
        f'"previous":{_quote(previous)},"reason":[{_quote(reason[0])},{_quote(reason[1])}],'
        f'"sequence":{sequence},"subject":[{_quote(subject[0])},{_quote(subject[1])}]}}'
    )
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def salted_digest(text: str, salt: bytes) -> str:
    """
    Return the HMAC-SHA-256 (hexadecimal) of ``text`` under ``salt`` (at least 16 random bytes).

    Keep the salt with the text and delete both together: the digest that remains in the log then
    says nothing any more. Raises ``ValueError`` for a shorter salt.
    """
    if len(salt) < 16:
        raise ValueError(f"salt must have at least 16 bytes, not {len(salt)!r}.")
    return hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
