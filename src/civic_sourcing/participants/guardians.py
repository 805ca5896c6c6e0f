"""The guardian's address and the guardian's link: what is compared, what is kept."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from civic_sourcing.participants.models import GuardianConsent

SALT = "civic_participants.guardian"
_DOTS_DO_NOT_COUNT = {"gmail.com", "googlemail.com"}


def mailbox(address: str) -> str:
    """
    Return ``address`` as the mailbox it ends in, for comparing only.

    Case, compatibility forms, ``+tags`` and, where the provider ignores them, dots are left out.
    """
    address = unicodedata.normalize("NFKC", address).strip().casefold()
    local, _at, domain = address.rpartition("@")
    domain = _plain_domain(domain.rstrip("."))
    local = local.partition("+")[0] or local
    if domain in _DOTS_DO_NOT_COUNT:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def belongs_to(address: str, user: Any) -> bool:
    """Whether ``address`` reaches the mailbox of ``user``, by e-mail address or user name."""
    own = (getattr(user, user.get_email_field_name(), "") or "", user.get_username())
    return mailbox(address) in {mailbox(each) for each in own if "@" in each}


def address_digest(address: str) -> str:
    """Return a keyed digest of the mailbox, which nobody can turn back without the site's key."""
    return salted_hmac(f"{SALT}.address", mailbox(address), algorithm="sha256").hexdigest()


def new_token() -> str:
    """Return a fresh, signed token for one link: 192 random bits."""
    return Signer(salt=SALT, sep=".").sign(secrets.token_urlsafe(24))


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> GuardianConsent | None:
    """Return the request a link leads to; forged links are refused without a query."""
    try:
        Signer(salt=SALT, sep=".").unsign(token)
    except BadSignature:
        return None
    consents = GuardianConsent.objects.select_related("participant__user")
    return consents.filter(token_digest=token_digest(token)).first()


def _plain_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
