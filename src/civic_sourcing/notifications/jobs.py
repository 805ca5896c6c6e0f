"""What happens by itself: digests, the outbox where no worker runs, and forgetting."""

from datetime import datetime

from civic_sourcing.core.tick import register_tick
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.digests import gather
from civic_sourcing.notifications.models import Notification, OutboxMessage


def register_ticks() -> None:
    """Have ``civic_tick`` do these, in this order."""
    register_tick("civic_notifications.digests", gather_digests)
    register_tick("civic_notifications.outbox", send_outbox)
    register_tick("civic_notifications.purge", purge)


def gather_digests(at: datetime) -> str:
    return f"{gather(at)} written"


def send_outbox(at: datetime) -> str:
    return str(deliver())


def purge(at: datetime) -> str:
    """Forget what is old."""
    notifications, messages = Notification.objects.purge(at), OutboxMessage.objects.purge(at)
    return f"{notifications} notifications and {messages} messages deleted"
