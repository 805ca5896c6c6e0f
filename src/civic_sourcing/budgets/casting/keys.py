"""
The key of a run and the values made with it.

One half lies in the database and is destroyed by command, the other half is the setting
``BALLOT_KEY`` (or derived from ``SECRET_KEY``): neither alone tells anything.
"""

from __future__ import annotations

import base64
import hmac
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.casting import sealing
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import RunKey, VoteRun
from civic_sourcing.core.exceptions import ActionRefused

TRACKER_LENGTH = 20


class Keys:
    """What only somebody with both halves of a run's key can compute or open."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def value(self, purpose: str, *parts: str) -> str:
        """
        Return HMAC-SHA-256 (hexadecimal) of ``parts`` for ``purpose``.

        Values of different purposes never meet; without the key they are as good as random.
        """
        return self._digest(purpose, parts).hex()

    def tracker(self, *parts: str) -> str:
        """Return twenty letters and digits (Base32, 100 bits) that stand for one cast."""
        return base64.b32encode(self._digest("tracker", parts)).decode("ascii")[:TRACKER_LENGTH]

    def seal(self, text: str, *, place: str) -> str:
        return sealing.seal(self._subkey("seal"), text, place=place)

    def unseal(self, sealed: str, *, place: str) -> str:
        """Open what ``seal`` closed. Raises ``sealing.SealBroken``."""
        return sealing.unseal(self._subkey("seal"), sealed, place=place)

    def _subkey(self, purpose: str) -> bytes:
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def _digest(self, purpose: str, parts: tuple[str, ...]) -> bytes:
        message = b"".join(len(part.encode()).to_bytes(8) + part.encode() for part in parts)
        return hmac.digest(self._subkey(f"value:{purpose}"), message, "sha256")


def make_key(run: VoteRun) -> RunKey:
    """Draw the database's half of the key of ``run`` and store it."""
    secret = secrets.token_hex(32)
    return RunKey.objects.create(run=run, secret=secret, proof=_proof(_joined(secret)))


def keys_of(run: VoteRun, *, using: str) -> Keys:
    """Return the keys of ``run``, read now; refuses as ``keys_with`` does."""
    return keys_with(RunKey.objects.using(using).filter(run=run.pk).first())


def keys_with(row: RunKey | None) -> Keys:
    """
    Return the keys of the run whose half of the key is ``row``.

    Refuses where the key was destroyed (``key-destroyed``), and where the setting is not the one
    the run began with (``key-changed``): else everybody could vote a second time.
    """
    if row is None:
        raise ActionRefused(
            _("This vote is over, and the key that led to single ballots was destroyed."),
            code="key-destroyed",
        )
    key = _joined(row.secret)
    if not hmac.compare_digest(row.proof, _proof(key)):
        raise ActionRefused(
            _(
                "Nothing can be cast or changed at the moment: the secret key of this site was "
                "changed during the vote. Please tell the city."
            ),
            code="key-changed",
        )
    return Keys(key)


def _joined(secret: str) -> bytes:
    if conf.BALLOT_KEY:
        outer = conf.BALLOT_KEY.encode()
    else:
        outer = salted_hmac("civic_budgets.ballots", "key", algorithm="sha256").digest()
    return hmac.digest(outer, bytes.fromhex(secret), "sha256")


def _proof(key: bytes) -> str:
    return hmac.digest(key, b"proof", "sha256").hex()
