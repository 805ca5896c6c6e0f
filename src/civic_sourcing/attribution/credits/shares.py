"""
Shares in hundredths of a percent: exact integers, all or none, together exactly 100 %.

Pure Python but for the sentences; nothing is rounded here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models.credits import WHOLE
from civic_sourcing.core.exceptions import ActionRefused

LONGEST = 12


def read_share(typed: str) -> int | None:
    """
    Return a share as somebody typed it: ``33.34``, ``33,34 %`` or nothing at all.

    Raises ``ActionRefused`` for anything that is not a percentage with at most two decimals.
    """
    text = unicodedata.normalize("NFKC", typed).strip().removesuffix("%").strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise not_a_share(typed[:LONGEST])
    try:
        hundredths = Decimal(text.replace(",", ".")) * 100
    except InvalidOperation:
        raise not_a_share(typed) from None
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise not_a_share(typed)
    if not 0 < hundredths <= WHOLE:
        raise ActionRefused(
            _("A share is more than 0 % and at most 100 %."), code="share-out-of-range"
        )
    return int(hundredths)


def check_shares(shares: Mapping[str, int | None]) -> None:
    """Raise ``ActionRefused`` unless nobody has a share, or all have and they make 100 %."""
    given = [share for share in shares.values() if share is not None]
    if not given:
        return
    if len(given) < len(shares):
        raise ActionRefused(
            _("Give everybody a share, or nobody. Without shares all stand side by side."),
            code="shares-missing",
        )
    if any(share <= 0 for share in given):
        raise ActionRefused(
            _("A share is more than 0 % and at most 100 %."), code="share-out-of-range"
        )
    refuse_wrong_sum(sum(given))


def refuse_wrong_sum(total: int) -> None:
    if total < WHOLE:
        raise ActionRefused(
            _("The shares add up to %(total)s %%: %(rest)s %% are still to be given."),
            code="shares-too-small",
            total=percent(total),
            rest=percent(WHOLE - total),
        )
    if total > WHOLE:
        raise ActionRefused(
            _("The shares add up to %(total)s %%, which is %(rest)s %% more than there is."),
            code="shares-too-large",
            total=percent(total),
            rest=percent(total - WHOLE),
        )


def percent(hundredths: int) -> str:
    """Write a share for people, without needless decimals: ``33.34``, ``50``."""
    value = Decimal(hundredths) / 100
    places = 0 if hundredths % 100 == 0 else 2
    return number_format(value, decimal_pos=places, use_l10n=True)


def not_a_share(typed: str) -> ActionRefused:
    return ActionRefused(
        _("“%(typed)s” is not a share. Write a percentage with at most two decimals, like 33.34."),
        code="not-a-share",
        typed=typed,
    )
