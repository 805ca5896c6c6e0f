"""
From the outbox to the mail server: every message once, whatever happens to the worker.

A worker claims one row in a transaction of its own, sends, and marks the row. Workers and ticks may
run side by side: a claimed row is nobody else's. Killed before it marked, a worker leaves one row
behind, which another tries again when the lease is over: one person may get one mail twice (with
the same Message-ID, by which many mail programs show it once), and nobody gets none.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from django.db import connections, router, transaction

from civic_sourcing.core import clock
from civic_sourcing.notifications.conf import conf
from civic_sourcing.notifications.letters import write_letter
from civic_sourcing.notifications.mail_server import Carrier, MailServerAway, error_name
from civic_sourcing.notifications.models import OutboxMessage

logger = logging.getLogger(__name__)

State = OutboxMessage.State

BACKOFF_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)
"""Minutes until the second, third … attempt; the last one repeats."""

MOST_MESSAGES = 2000
MOST_SECONDS = 240
"""A run ends well before the lease of ``civic_tick`` does; the next one goes on."""


@dataclass
class Delivered:
    """How many messages of one run came to which state."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    dropped: int = 0

    def __str__(self) -> str:
        return (
            f"{self.sent} sent, {self.put_off} put off, {self.failed} given up, "
            f"{self.dropped} no longer wanted"
        )

    @property
    def total(self) -> int:
        return self.sent + self.put_off + self.failed + self.dropped


def deliver(*, messages: int = MOST_MESSAGES, seconds: float = MOST_SECONDS) -> Delivered:
    """
    Send what is due, at most ``messages`` of them and for about ``seconds``; tell what came of it.

    Ends early where the mail server cannot be reached: later messages keep their attempts.
    """
    delivered, end = Delivered(), monotonic() + seconds
    release_abandoned(clock.now())
    with Carrier() as carrier:
        while delivered.total < messages and monotonic() < end:
            message = claim()
            if message is None:
                break
            try:
                _handle(message, carrier, delivered)
            except MailServerAway as away:
                _put_off(message, str(away), delivered)
                break
    return delivered


def claim() -> OutboxMessage | None:
    """
    Take the message that is longest due, for this worker alone, and commit that.

    PostgreSQL passes over rows another worker is just taking; where that is not possible, the
    condition of the update lets only one of them through.
    """
    features = connections[router.db_for_write(OutboxMessage)].features
    while True:
        with transaction.atomic():
            at = clock.now()
            due = OutboxMessage.objects.due(at).select_for_update(
                skip_locked=features.has_select_for_update_skip_locked
            )
            message = due.first()
            if message is None:
                return None
            token = uuid4()
            claimed = OutboxMessage.objects.filter(pk=message.pk, state=State.QUEUED).update(
                state=State.SENDING, claim=token, claimed_at=at, attempts=message.attempts + 1
            )
        if claimed:
            message.refresh_from_db()
            return message


def release_abandoned(at: datetime) -> int:
    """Put messages of workers that were not heard of back into the queue. Return how many."""
    with transaction.atomic():
        abandoned = OutboxMessage.objects.abandoned(at)
        worn_out = abandoned.filter(attempts__gte=conf.OUTBOX_ATTEMPTS)
        worn_out.close(State.FAILED, failure="interrupted")
        return abandoned.update(state=State.QUEUED, claim=None, failure="interrupted")


def _handle(message: OutboxMessage, carrier: Carrier, delivered: Delivered) -> None:
    try:
        letter = write_letter(message)
        if letter is not None:
            carrier.carry(letter)
    except MailServerAway:
        raise
    except Exception as error:
        # Whatever a mail backend or an overridden template raises, the next message gets its turn.
        if _is_final(error):
            _give_up(message, error_name(error), delivered)
        else:
            _put_off(message, error_name(error), delivered)
        return
    if letter is None:
        _held(message).close(State.DROPPED)
        delivered.dropped += 1
    else:
        _held(message).close(State.SENT, sent_at=clock.now(), failure="")
        delivered.sent += 1


def _held(message: OutboxMessage) -> Any:
    """The row, if this worker still holds it: after its lease it may be another's."""
    return OutboxMessage.objects.filter(pk=message.pk, claim=message.claim)


def _put_off(message: OutboxMessage, failure: str, delivered: Delivered) -> None:
    if message.attempts >= conf.OUTBOX_ATTEMPTS:
        _give_up(message, failure, delivered)
        return
    pause = BACKOFF_MINUTES[min(message.attempts, len(BACKOFF_MINUTES)) - 1]
    _held(message).update(
        state=State.QUEUED,
        claim=None,
        due_at=clock.now() + timedelta(minutes=pause),
        failure=failure,
    )
    delivered.put_off += 1
    logger.info("Message %s is tried again in %d minutes: %s", message.uuid, pause, failure)


def _give_up(message: OutboxMessage, failure: str, delivered: Delivered) -> None:
    _held(message).close(State.FAILED, failure=failure)
    delivered.failed += 1
    logger.warning("Message %s is given up: %s", message.uuid, failure)


def _is_final(error: Exception) -> bool:
    """Tell whether trying again is no use: the server refuses the address or the message itself."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _answer in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, UnicodeError)
