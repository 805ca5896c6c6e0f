"""Claim codes: made, printed once, and found again from what somebody typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import ClaimCode, Contribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import HOUR, RateLimit
from civic_sourcing.participants.codes import crockford
from civic_sourcing.participants.codes.digests import code_digest

PURPOSE = "claim"
TRIES_PER_HOUR = 10
MOST_CODES = 50

by_person = RateLimit("civic_attribution.claim_code.person", TRIES_PER_HOUR, HOUR, fail="closed")
by_address = RateLimit(
    "civic_attribution.claim_code.address", TRIES_PER_HOUR * 10, HOUR, fail="closed"
)


def make_codes(contribution: Contribution, number: int, *, at: datetime) -> list[str]:
    """Make ``number`` codes for ``contribution`` and return them as they are printed, once."""
    codes = [crockford.new_code() for _each in range(number)]
    ClaimCode.objects.bulk_create(
        ClaimCode(
            contribution=contribution, digest=code_digest(code, purpose=PURPOSE), created_at=at
        )
        for code in codes
    )
    return [crockford.grouped(code) for code in codes]


def find_code(typed: str, *, person: object, address: str) -> ClaimCode:
    """
    Return the code somebody typed; small and capital letters, O and 0 are alike.

    A code that cannot be one is told apart without a look-up (code ``mistyped``) and does not count
    as a try. Others count by person and by ``address`` of the client, and are refused where nothing
    can be counted. Raises ``ActionRefused`` (``mistyped``, ``unknown-code``) or ``RateLimited``.
    """
    try:
        digest = code_digest(typed, purpose=PURPOSE)
    except crockford.Mistyped as mistyped:
        raise ActionRefused(MISTYPED[mistyped.fault], code="mistyped") from None
    by_person.hit(person)
    by_address.hit(address)
    found = ClaimCode.objects.select_related("contribution__process").filter(digest=digest).first()
    if found is None:
        raise ActionRefused(
            _("This code is not known here. Please compare it with your sheet, or ask the office."),
            code="unknown-code",
        )
    return found


MISTYPED: dict[str, Any] = {
    "check": _(
        "One symbol of this code seems to be wrong. Please check it against your sheet, symbol by "
        "symbol."
    ),
    "length": _(
        "This code is too long or too short: it has 18 symbols. Please check it against your sheet."
    ),
    "symbol": _(
        "This code contains a symbol that no code has. Please check it against your sheet."
    ),
}
