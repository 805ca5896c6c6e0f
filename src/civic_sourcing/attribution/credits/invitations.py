"""Whom an invitation is for: a registered person by name, or an address of mail."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Credit
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.guardians import mailbox
from civic_sourcing.participants.models import Participant

SALT = "civic_attribution.invitation"


@dataclass(frozen=True)
class Invitee:
    """Either a participant or an address; never both."""

    participant: Participant | None = None
    address: str = ""

    @property
    def digest(self) -> str:
        return address_digest(self.address) if self.address else ""


def find_invitee(typed: str) -> Invitee:
    """
    Return whom ``typed`` means: an e-mail address, a user name or an unmistakable public name.

    Whether an address belongs to an account is not looked up, so an invitation never tells. Raises
    ``ActionRefused`` where nobody is called that, or several are.
    """
    typed = typed.strip()
    if "@" in typed:
        return Invitee(address=_address(typed))
    return Invitee(participant=_person(typed))


def address_digest(address: str) -> str:
    """Return a keyed digest of the mailbox an address ends in."""
    return salted_hmac(f"{SALT}.address", mailbox(address), algorithm="sha256").hexdigest()


def new_token() -> str:
    """Return a fresh signed token for a link: 192 random bits."""
    return Signer(salt=SALT, sep=".").sign(secrets.token_urlsafe(24))


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> Credit | None:
    """Return the open invitation a link leads to; forged links are refused without a query."""
    try:
        Signer(salt=SALT, sep=".").unsign(token)
    except BadSignature:
        return None
    credits = Credit.objects.invitations().select_related("contribution", "invited_by__user")
    return credits.filter(token_digest=token_digest(token)).first()


def _address(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        raise ActionRefused(
            _("“%(typed)s” is not an e-mail address. Please check it."),
            code="not-an-address",
            typed=typed,
        ) from None
    return typed


def _person(typed: str) -> Participant:
    active = get_user_model()._default_manager.filter(is_active=True)
    user: Any = active.filter(**{get_user_model().USERNAME_FIELD: typed}).first()
    if user is not None:
        return Participant.objects.of(user)
    found = Participant.objects.filter(name=typed, user__is_active=True).select_related("user")[:2]
    if len(found) == 1:
        return found[0]
    if found:
        raise ActionRefused(
            _("Several people are called “%(typed)s”. Please write an e-mail address instead."),
            code="several-people",
            typed=typed,
        )
    raise ActionRefused(
        _("Nobody here is called “%(typed)s”. Check the spelling, or write an e-mail address."),
        code="nobody",
        typed=typed,
    )
