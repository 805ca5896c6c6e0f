"""
Sealing short texts under a run's key: AES-256-GCM of the library ``cryptography``.

The text is padded to whole blocks, so that its length tells little. Its place is associated data:
what was moved elsewhere does not open. Nonces are random; NIST SP 800-38D allows 2^32 of them for
one key.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 512
NONCE = 12


class SealBroken(ValueError):
    """What was sealed was changed, moved, or sealed under another key."""


def seal(key: bytes, text: str, *, place: str) -> str:
    """
    Return ``text`` sealed for ``place`` as Base64. The same text never looks the same twice.

    ``key`` has 32 bytes.
    """
    nonce = secrets.token_bytes(NONCE)
    body = AESGCM(key).encrypt(nonce, _padded(text.encode()), place.encode())
    return base64.b64encode(nonce + body).decode("ascii")


def unseal(key: bytes, sealed: str, *, place: str) -> str:
    """Return the text. Raises ``SealBroken`` unless it was sealed under ``key`` for ``place``."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        padded = AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place.encode())
    except (ValueError, InvalidTag) as error:
        raise SealBroken("The seal does not fit.") from error
    return padded.rstrip(b"\0")[:-1].decode()


def _padded(text: bytes) -> bytes:
    return text + b"\x01" + b"\0" * (-(len(text) + 1) % BLOCK)
