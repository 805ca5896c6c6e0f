"""What this room keeps about a person."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.notifications.outbox import withdraw


class NotificationRecords(PersonalRecords):
    """Notifications, mail on its way, and preferences. All of it goes with the account."""

    name = "civic_notifications"
    models = (
        "civic_notifications.notification",
        "civic_notifications.outboxmessage",
        "civic_notifications.preference",
    )

    def summary(self, participant: Any) -> list[Summary]:
        """Return how many notifications are in the inbox."""
        if participant.user is None:
            return []
        count = Notification.objects.inbox(participant.user).count()
        return [Summary(_("Notifications"), count, reverse("civic_notifications:inbox"))]

    def export(self, participant: Any) -> dict[str, Any]:
        """Return what was written to the person and what the person chose."""
        mine = Q(user=participant.user) if participant.user else Q(pk=None)
        notifications = Notification.objects.filter(mine).order_by("created_at")
        messages = OutboxMessage.objects.filter(mine).order_by("created_at")
        return {
            "notifications": [_as_json(row, NOTIFICATION_FIELDS) for row in notifications],
            "mail": [_as_json(row, MESSAGE_FIELDS) for row in messages],
            "preferences": [
                _as_json(row, PREFERENCE_FIELDS) for row in Preference.objects.filter(mine)
            ],
        }

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        """Delete all of it, and what others were told about this person."""
        withdraw(participant.uuid)
        if participant.user is not None:
            for model in (Notification, OutboxMessage, Preference):
                model._default_manager.filter(user=participant.user).delete()


NOTIFICATION_FIELDS = (
    "category", "language", "subject", "body", "url", "created_at", "read_at",
)  # fmt: skip
MESSAGE_FIELDS = ("category", "digest", "language", "state", "created_at", "sent_at")
PREFERENCE_FIELDS = ("category", "in_app", "mail")


def _as_json(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
