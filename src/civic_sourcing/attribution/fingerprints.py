"""
Fingerprints of published texts.

Anybody can recompute them: the text's salted digest is HMAC-SHA-256 over the canonical JSON of
title and text, keyed with the salt printed beside the version; the fingerprint is SHA-256 over the
canonical JSON of the digest and everything else that makes the version what it is.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from uuid import UUID

from civic_sourcing.core.audit import canonical_json, salted_digest

FORMAT = 1
SALT_BYTES = 32


def fresh_salt() -> str:
    """Return 32 random bytes in hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def text_digest(title: str, text: str, *, salt: str) -> str:
    """Return the salted digest (hexadecimal) of a title and a text in canonical form (NFC, LF)."""
    return salted_digest(canonical_json({"text": text, "title": title}), bytes.fromhex(salt))


def version_fingerprint(
    *,
    contribution: UUID,
    number: int,
    kind: str,
    language: str,
    author: UUID | None,
    received_at: datetime,
    published_at: datetime,
    digest: str,
    process: UUID,
    position: int,
    previous: str,
) -> str:
    """Return the SHA-256 (hexadecimal) of one published version; times count to the microsecond."""
    document = {
        "author": str(author) if author else None,
        "contribution": str(contribution),
        "digest": digest,
        "format": FORMAT,
        "kind": kind,
        "language": language,
        "number": number,
        "position": position,
        "previous": previous,
        "process": str(process),
        "published": _written(published_at),
        "received": _written(received_at),
    }
    return hashlib.sha256(canonical_json(document).encode("ascii")).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
