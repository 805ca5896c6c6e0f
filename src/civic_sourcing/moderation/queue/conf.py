"""How moderators share the queue and how often they are written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from civic_sourcing.core.conf import NAME, Settings, setting

LEAST_ALERT_MINUTES = 15


class QueueSettings(Settings):
    """Keys of the case queue."""

    CASE_LEASE_MINUTES = setting(
        int, 10, "minutes", doc="How long a case stays with who opened it and does nothing more."
    )
    CASE_ALERT_MINUTES = setting(
        int,
        LEAST_ALERT_MINUTES,
        "minutes",
        doc="Shortest time between two mails about cases to the same moderator; 15 or more.",
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in (
            ("CASE_LEASE_MINUTES", 1),
            ("CASE_ALERT_MINUTES", LEAST_ALERT_MINUTES),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."

    @property
    def alert_pause(self) -> timedelta:
        return timedelta(minutes=max(self.CASE_ALERT_MINUTES, LEAST_ALERT_MINUTES))


conf = QueueSettings()
