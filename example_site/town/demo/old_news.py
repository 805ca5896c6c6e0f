"""News and mail of a past that was never lived."""

from __future__ import annotations

from datetime import timedelta

from civic_sourcing.core import clock
from civic_sourcing.notifications.models import Notification, OutboxMessage

READ_AFTER = timedelta(days=5)


def last_mail() -> int:
    """The key of the latest mail, to drop those that come after it."""
    last = OutboxMessage.objects.order_by("pk").last()
    return last.pk if last else 0


def read() -> None:
    """Whatever is older than a few days has been read."""
    long_ago = Notification.objects.filter(created_at__lt=clock.now() - READ_AFTER)
    long_ago.mark_read(clock.now())


def drop_mail_after(key: int) -> None:
    """Nobody wants the mail of long ago today."""
    unsent = OutboxMessage.objects.unfinished().filter(pk__gt=key)
    unsent.close(OutboxMessage.State.DROPPED)
