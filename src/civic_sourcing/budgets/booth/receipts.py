"""
The receipt as the device that cast keeps it for an hour, and a tracker as people type it.

A tracker stands in no session: a dump of the database must not join voter and tracker.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from civic_sourcing.budgets.actions.casting.cast import Receipt
from civic_sourcing.budgets.booth.entrance import Visit
from civic_sourcing.budgets.casting.keys import TRACKER_LENGTH
from civic_sourcing.budgets.casting.sealing import SealBroken
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.exceptions import ActionRefused

COOKIE = "civic_receipt_"
KEPT = 60 * 60
"""Seconds for which a device can show and mail its receipt."""

GROUP = 5
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
LOOK_ALIKES = str.maketrans("01", "OI")


def hand_out(visit: Visit, response: Any, receipt: Receipt) -> None:
    """Leave the receipt with the device, sealed. Does nothing more than the page it leads to."""
    text = json.dumps([receipt.tracker, receipt.replaced])
    response.set_cookie(
        COOKIE + visit.run.uuid.hex,
        visit.keys.seal(text, place=COOKIE),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept_receipt(visit: Visit) -> Receipt | None:
    """The receipt that this device was given within the hour."""
    sealed = visit.request.COOKIES.get(COOKIE + visit.run.uuid.hex)
    if not sealed:
        return None
    try:
        tracker, replaced = json.loads(visit.keys.unseal(sealed, place=COOKIE))
    except (SealBroken, ValueError, ActionRefused):
        return None
    return Receipt(tracker, replaced)


def throw_away(response: Any, run: VoteRun) -> None:
    """Have the device drop its receipt."""
    response.delete_cookie(COOKIE + run.uuid.hex, samesite="Lax")


def grouped(tracker: str) -> str:
    """Return ``tracker`` in groups of five, ``ABCDE-FGHIJ-…``, as people read and copy it."""
    return "-".join(tracker[start : start + GROUP] for start in range(0, len(tracker), GROUP))


def tracker_of(typed: str) -> str:
    """Return the tracker somebody typed, with or without hyphens; empty if it cannot be one."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOK_ALIKES)
    return plain if len(plain) == TRACKER_LENGTH and LETTERS.issuperset(plain) else ""
