"""Mails of the booth: a receipt, sent at once and kept nowhere, and what the reminder says."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.cast import Receipt
from civic_sourcing.budgets.booth.entrance import Visit
from civic_sourcing.budgets.booth.receipts import grouped
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import RateLimit
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.texts import filled
from civic_sourcing.notifications.unkept import send_unkept

RECEIPTS, REMINDERS = "civic_budgets.receipts", "civic_budgets.reminders"
MAILS = RateLimit("receipt_mail", 5, 60 * 60)

SUBJECT = _("Your receipt: %(vote)s")
BODY = _(
    "Your ballot is recorded. Your tracker is:\n\n%(tracker)s\n\n"
    "It proves that your ballot is among those that are counted, and not what it says. At the "
    "address below you can look it up. You can change your ballot until the vote closes; then you "
    "get a new tracker, and this one is marked as replaced.\n\n"
    "Your address was used for this one mail and not kept."
)
REHEARSAL = _("This was a rehearsal. Nothing of it counts.")


def register_categories() -> None:
    """Name the two kinds of mail; both go to addresses, whoever has an account."""
    for key, label in ((RECEIPTS, _("Receipts of votes")), (REMINDERS, _("Reminders of votes"))):
        register_category(Category(key, label, can_turn_off=False, to_accounts=False))


def mail_receipt(visit: Visit, receipt: Receipt, address: str) -> None:
    """
    Send the receipt to ``address``. Neither is written down, so it is sent while the voter waits.

    Raises ``RateLimited`` after five in an hour, and ``ActionRefused`` (``mail-failed``) where the
    mail server did not take it.
    """
    MAILS.hit(visit.voter_key if visit.voter else receipt.tracker)
    body = filled(BODY, tracker=grouped(receipt.tracker))
    sent = send_unkept(
        address,
        category=RECEIPTS,
        subject=filled(SUBJECT, vote=visit.page.title),
        body=filled("%(body)s\n\n%(note)s", body=body(None), note=REHEARSAL)
        if visit.is_rehearsal
        else body,
        url=visit.address("receipt", receipt.tracker),
        language=get_language(),
    )
    if not sent:
        raise ActionRefused(
            _(
                "The mail could not be sent. Your ballot is recorded all the same: please write "
                "the tracker down, or print this page."
            ),
            code="mail-failed",
        )
