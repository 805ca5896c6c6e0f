"""The link in a letter that asks somebody without an account to judge."""

from __future__ import annotations

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

from civic_sourcing.challenges.models import Judge

SALT = "civic_challenges.judge"


def new_token() -> str:
    """Return a fresh, signed token for one link: 192 random bits."""
    return Signer(salt=SALT, sep=".").sign(secrets.token_urlsafe(24))


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> Judge | None:
    """Return whom a link invites; forged links are refused without a query."""
    try:
        Signer(salt=SALT, sep=".").unsign(token)
    except BadSignature:
        return None
    judges = Judge.objects.select_related("process", "participant")
    return judges.filter(token_digest=token_digest(token)).first()
