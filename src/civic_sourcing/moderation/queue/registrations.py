"""What the queue tells the rooms below: its records, its jobs, and whom to write to."""

from __future__ import annotations

from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.moderation.queue import conf  # noqa: F401 - registers its settings
from civic_sourcing.moderation.queue.alerts import CATEGORY, alert_moderators
from civic_sourcing.moderation.queue.leases import drop_old_leases
from civic_sourcing.moderation.queue.personal_records import QueueRecords
from civic_sourcing.notifications.categories import register_category


def register_queue() -> None:
    register_personal_records(QueueRecords())
    register_tick("civic_moderation.leases", drop_old_leases)
    register_tick("civic_moderation.alerts", alert_moderators)
    register_category(CATEGORY)
