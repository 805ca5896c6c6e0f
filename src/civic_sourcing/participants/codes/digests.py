"""
Keyed hashes of codes and register data.

The key is the setting ``CODE_KEY``; without it one is derived from ``SECRET_KEY``. A stolen
database alone then tells nothing. Where the key changes, every code and register is void.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from django.utils.crypto import salted_hmac

from civic_sourcing.participants.codes.crockford import canonical
from civic_sourcing.participants.eligibility.conf import conf


def code_digest(typed: str, *, purpose: str = "code") -> str:
    """
    Return the hash of a code as somebody typed it.

    Codes of different ``purpose`` never match each other. Raises ``crockford.Mistyped``.
    """
    return _digest(f"code:{purpose}", [canonical(typed)])


def entry_digest(register: object, values: Sequence[str]) -> str:
    """Return the hash of a person's data on ``register`` (its UUID), each value normalised."""
    return _digest(f"register:{register}", [normal_datum(value) for value in values])


def normal_datum(value: str) -> str:
    """
    Return a datum in the one form that is hashed.

    Compatibility forms are made plain, case, spaces, hyphens, dots and slashes do not count:
    ``“880101 - 1234567”`` and ``8801011234567`` are the same. Leading zeros count.
    """
    text = unicodedata.normalize("NFKC", value).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def _digest(scope: str, parts: Sequence[str]) -> str:
    message = "\n".join([scope, *parts])
    return hmac.new(_key(), message.encode(), sha256).hexdigest()


def _key() -> bytes:
    if conf.CODE_KEY:
        return conf.CODE_KEY.encode()
    return salted_hmac("civic_participants.codes", "key", algorithm="sha256").digest()
