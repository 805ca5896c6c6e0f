from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from civic_sourcing.notifications.categories import Category, Choice, categories
from civic_sourcing.notifications.conf import conf


class NotificationQuerySet(models.QuerySet[Any]):
    """News for people."""

    def inbox(self, user: Any) -> "NotificationQuerySet":
        """What ``user`` sees in the inbox, newest first."""
        return self.filter(user=user, in_app=True).order_by("-created_at", "-pk")

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def about(self, uuid: UUID | str) -> "NotificationQuerySet":
        """Whatever tells of the one thing with this UUID, to whomever."""
        return self.filter(about=uuid)

    def waiting(self, digest: str, before: datetime) -> "NotificationQuerySet":
        """What was to come with the next ``digest`` when ``before`` (aware) was reached."""
        return self.filter(waits_for=digest, created_at__lt=before)

    def mark_read(self, at: datetime) -> int:
        """Mark what is unread as read at ``at`` (aware). Return how many."""
        return self.unread().update(read_at=at)

    def purge(self, at: datetime) -> int:
        """Delete what is older than ``NOTIFICATIONS_KEEP_DAYS`` at ``at``. Return how many."""
        limit = at - timedelta(days=conf.NOTIFICATIONS_KEEP_DAYS)
        return self.filter(created_at__lt=limit).delete()[0]


class OutboxQuerySet(models.QuerySet[Any]):
    """Mail that is to be sent, and for a while that it was."""

    def due(self, at: datetime) -> "OutboxQuerySet":
        """What may be sent at ``at`` (aware), longest due first."""
        return self.filter(state="queued", due_at__lte=at).order_by("due_at", "pk")

    def abandoned(self, at: datetime) -> "OutboxQuerySet":
        """What a worker claimed and was not heard of for ``OUTBOX_LEASE_SECONDS``."""
        limit = at - timedelta(seconds=conf.OUTBOX_LEASE_SECONDS)
        return self.filter(state="sending", claimed_at__lte=limit)

    def unfinished(self) -> "OutboxQuerySet":
        return self.filter(state__in=("queued", "sending"))

    def close(self, state: str, **values: Any) -> int:
        """Bring messages to their end: nobody's address and no words of theirs stay behind."""
        wiped = {"address": "", "subject": "", "text": "", "url": "", "claim": None}
        return self.update(state=state, **wiped, **values)

    def purge(self, at: datetime) -> int:
        """Forget messages that came to their end ``OUTBOX_KEEP_DAYS`` ago. Return how many."""
        limit = at - timedelta(days=conf.OUTBOX_KEEP_DAYS)
        finished = self.exclude(state__in=("queued", "sending"))
        return finished.filter(created_at__lt=limit).delete()[0]


class PreferenceQuerySet(models.QuerySet[Any]):
    """What people chose. Who chose nothing has the category's default."""

    def choices_for(self, category: Category, users: Iterable[Any]) -> dict[Any, Choice]:
        """How each of ``users`` gets ``category``, by primary key, in one query."""
        keys = [user.pk for user in users]
        if not category.can_turn_off:
            return dict.fromkeys(keys, category.default)
        chosen = self.filter(category=category.key, user__in=keys)
        return dict.fromkeys(keys, category.default) | {row.user_id: row.choice for row in chosen}

    def choices_of(self, user: Any) -> dict[str, Choice]:
        """How ``user`` gets each registered category, by key, in one query."""
        chosen = {row.category: row.choice for row in self.filter(user=user)}
        return {
            each.key: chosen.get(each.key, each.default) if each.can_turn_off else each.default
            for each in categories()
        }

    def choose(self, user: Any, choices: Mapping[str, Choice]) -> None:
        """Keep what ``user`` chose, by key of the category. Others stay as they are."""
        rows = [
            self.model(user=user, category=key, in_app=choice.in_app, mail=choice.mail)
            for key, choice in sorted(choices.items())
        ]
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["user", "category"],
            update_fields=["in_app", "mail"],
        )
