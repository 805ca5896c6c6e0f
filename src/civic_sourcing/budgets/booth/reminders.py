"""One reminder for somebody who leaves without casting: asked for once, sent once, then gone."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.booth.entrance import Visit
from civic_sourcing.budgets.booth.mails import REMINDERS
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.casting.sealing import SealBroken
from civic_sourcing.budgets.models import RollEntry, VoteReminder, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.outbox import send_mail_to
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.policies import written

logger = logging.getLogger(__name__)

PLACE = "reminder"
BEFORE_THE_END = timedelta(days=1)
MOST_AT_ONCE = 500

SUBJECT = _("You have not voted yet: %(vote)s")
BODY = _(
    "You left the ballot without casting it, and asked to be reminded. You can vote until "
    "%(date)s.\n\nThis is the only reminder. Your address is deleted with this mail."
)


def remind(visit: Visit, address: str) -> bool:
    """
    Note that this voter wants a reminder, a day before the end or, if that is near, half-way.

    Returns whether it was noted: there is one for each voter. Address and voter are sealed under
    the run's key, so that the database alone says neither.
    """
    told = {
        "address": address,
        "voter": visit.voter_key,
        "language": get_language(),
        "title": visit.page.title,
        "url": visit.address("vote"),
    }
    reminder = VoteReminder(
        run=visit.run,
        digest=digest_of(visit),
        sealed=visit.keys.seal(json.dumps(told), place=PLACE),
        due_at=_due(visit),
    )
    VoteReminder.objects.bulk_create([reminder], ignore_conflicts=True)
    return VoteReminder.objects.filter(pk=reminder.pk).exists()


def has_asked(visit: Visit) -> bool:
    return VoteReminder.objects.filter(run=visit.run, digest=digest_of(visit)).exists()


def digest_of(visit: Visit) -> str:
    return visit.keys.value("reminder", visit.voter_key)


def send_reminders(at: datetime) -> str | None:
    """
    Write the mails that are due at ``at`` to those who have not voted meanwhile.

    What belongs to votes that are over is deleted.
    """
    VoteReminder.objects.exclude(run__state=VoteRun.State.OPEN).delete()
    VoteReminder.objects.filter(run__closes_at__lte=at).delete()
    due = VoteReminder.objects.filter(due_at__lte=at).exclude(sealed="").order_by("due_at")
    sent = sum(_send(reminder.pk) for reminder in due[:MOST_AT_ONCE])
    return f"{sent} reminders written" if sent else None


def _send(key: UUID) -> bool:
    """Empty the row and write the mail, both or neither; tell whether there was one to write."""
    with transaction.atomic():
        rows = VoteReminder.objects.select_for_update(no_key=True, of=("self",))
        reminder = rows.select_related("run").filter(pk=key).exclude(sealed="").first()
        if reminder is None:
            return False
        sealed, reminder.sealed = reminder.sealed, ""
        reminder.save(update_fields=["sealed"])
        try:
            told = json.loads(keys_of(reminder.run, using="default").unseal(sealed, place=PLACE))
        except (SealBroken, ActionRefused) as error:
            logger.error("A reminder could not be opened: %s", type(error).__name__)
            return False
        if RollEntry.objects.filter(run=reminder.run, voter_key=told["voter"]).exists():
            return False
        closes_at = reminder.run.closes_at or reminder.due_at
        send_mail_to(
            told["address"],
            category=REMINDERS,
            subject=filled(SUBJECT, vote=told["title"]),
            body=lambda user: str(BODY) % {"date": written(closes_at)},
            url=told["url"],
            language=told["language"],
        )
    return True


def _due(visit: Visit) -> datetime:
    now = clock.now()
    end = visit.run.closes_at or now
    return max(end - BEFORE_THE_END, now + (end - now) / 2)
