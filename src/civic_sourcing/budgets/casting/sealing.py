"""
Sealing short texts under a run's key, with the standard library alone.

Encrypt, then authenticate: the text is padded to whole blocks, so that its length tells little,
and added to a stream of HMAC-SHA-256 over a random nonce and a counter; an HMAC-SHA-256 under a
second key covers the place, the nonce and the result. A sealed text moved elsewhere does not open.
"""

from __future__ import annotations

import base64
import hmac
import secrets

BLOCK = 512
NONCE = 16
TAG = 32


class SealBroken(ValueError):
    """What was sealed was changed, moved, or sealed under another key."""


def seal(key: bytes, text: str, *, place: str) -> str:
    """Return ``text`` sealed for ``place`` as Base64. The same text never looks the same twice."""
    nonce = secrets.token_bytes(NONCE)
    body = _mixed(key, nonce, _padded(text.encode()))
    return base64.b64encode(nonce + _tag(key, place, nonce, body) + body).decode("ascii")


def unseal(key: bytes, sealed: str, *, place: str) -> str:
    """Return the text. Raises ``SealBroken`` unless it was sealed under ``key`` for ``place``."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise SealBroken("Not Base64.") from error
    nonce, tag, body = raw[:NONCE], raw[NONCE : NONCE + TAG], raw[NONCE + TAG :]
    if not hmac.compare_digest(tag, _tag(key, place, nonce, body)):
        raise SealBroken("The seal does not fit.")
    return _mixed(key, nonce, body).rstrip(b"\0")[:-1].decode()


def _padded(text: bytes) -> bytes:
    return text + b"\x01" + b"\0" * (-(len(text) + 1) % BLOCK)


def _mixed(key: bytes, nonce: bytes, text: bytes) -> bytes:
    secret = hmac.digest(key, b"stream", "sha256")
    stream = b"".join(
        hmac.digest(secret, nonce + counter.to_bytes(8), "sha256")
        for counter in range(-(-len(text) // 32))
    )
    mixed = int.from_bytes(text) ^ int.from_bytes(stream[: len(text)])
    return mixed.to_bytes(len(text))


def _tag(key: bytes, place: str, nonce: bytes, body: bytes) -> bytes:
    secret = hmac.digest(key, b"tag", "sha256")
    return hmac.digest(secret, place.encode() + b"\0" + nonce + body, "sha256")
