"""
Fingerprints of published texts.

Anybody can recompute them: the text's salted digest is HMAC-SHA-256 over the canonical JSON of
title and text, keyed with the salt printed beside the version; the fingerprint is SHA-256 over the
canonical JSON of the digest and everything else that makes the version what it is.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from civic_sourcing.core.audit import canonical_json, salted_digest

FORMAT = 1
SALT_BYTES = 32

_quote: Callable[[str], str] = json.encoder.encode_basestring_ascii


def fresh_salt() -> str:
    """Return 32 random bytes in hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def text_digest(title: str, text: str, *, salt: str) -> str:
    """Return the salted digest (hexadecimal) of a title and a text in canonical form (NFC, LF)."""
    return salted_digest(canonical_json({"text": text, "title": title}), bytes.fromhex(salt))


def version_document(
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
) -> dict[str, Any]:
    """Return what is fingerprinted of one published version; times count to the microsecond."""
    return {
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


def version_fingerprint(**facts: Any) -> str:
    """Return the SHA-256 (hexadecimal) of the canonical ``version_document(**facts)``."""
    document = canonical_json(version_document(**facts))
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def stored_fingerprint(
    *,
    contribution: str,
    number: int,
    kind: str,
    language: str,
    author: str | None,
    received_at: str,
    published_at: str,
    digest: str,
    process: str,
    position: int,
    previous: str,
) -> str:
    """
    Return the fingerprint of a version whose columns are text already.

    The document is put together by hand because it is needed a million times in a row: it equals
    the canonical ``version_document`` of the same facts.
    """
    document = (
        f'{{"author":{_quote(author) if author else "null"},"contribution":{_quote(contribution)},'
        f'"digest":{_quote(digest)},"format":{FORMAT},"kind":{_quote(kind)},'
        f'"language":{_quote(language)},"number":{number},"position":{position},'
        f'"previous":{_quote(previous)},"process":{_quote(process)},'
        f'"published":{_quote(published_at)},"received":{_quote(received_at)}}}'
    )
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
