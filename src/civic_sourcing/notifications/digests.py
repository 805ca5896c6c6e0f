"""Several notifications in one mail, once a day or once a week."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from civic_sourcing.core import clock
from civic_sourcing.notifications.conf import conf
from civic_sourcing.notifications.models import Digest, Notification, OutboxMessage
from civic_sourcing.notifications.recipients import language_of

MOST_PEOPLE = 2000
"""People served in one run; the next one goes on."""


def last_time(digest: str, at: datetime) -> datetime:
    """
    Return the last moment up to ``at`` (aware) at which ``digest`` was due, in ``TIME_ZONE``.

    At ``DIGEST_HOUR`` o'clock, also on days on which the clocks change.
    """
    local = at.astimezone(timezone.get_default_timezone())
    due = local.replace(hour=conf.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if digest == Digest.WEEKLY:
        due -= timedelta(days=(due.weekday() - conf.DIGEST_WEEKDAY) % 7)
    if due > local:
        due -= timedelta(days=7 if digest == Digest.WEEKLY else 1)
    return due


def gather(at: datetime) -> int:
    """
    Write a mail for everybody for whom something has waited for a digest due at ``at``.

    Each notification gets into one mail only, whichever run takes it. Return how many mails.
    """
    written = 0
    for digest in Digest.values:
        due = last_time(digest, at)
        waiting = Notification.objects.waiting(digest, before=due).order_by("user_id")
        people = waiting.values_list("user_id", flat=True).distinct()[:MOST_PEOPLE]
        written += sum(gather_for(user_pk, digest, due) for user_pk in list(people))
    return written


def gather_for(user_pk: Any, digest: str, due: datetime) -> bool:
    """Put what waits for one person into one mail, under lock. What has been read is left out."""
    with transaction.atomic():
        waiting = Notification.objects.waiting(digest, before=due).filter(user=user_pk)
        rows = list(waiting.select_for_update().order_by("pk"))
        unread = [row for row in rows if not (row.in_app and row.read_at)]
        message = _message(unread[0].user, digest) if unread else None
        taken = Notification.objects.filter(pk__in=[row.pk for row in rows])
        taken.exclude(pk__in=[row.pk for row in unread]).update(waits_for="")
        taken.filter(pk__in=[row.pk for row in unread]).update(waits_for="", message=message)
    return message is not None


def _message(user: Any, digest: str) -> OutboxMessage:
    at = clock.now()
    return OutboxMessage.objects.create(
        user=user, digest=digest, language=language_of(user), created_at=at, due_at=at
    )
