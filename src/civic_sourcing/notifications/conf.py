"""Settings of notifications and mail."""

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting


class NotificationSettings(Settings):
    """Times of day are in the host's ``TIME_ZONE``."""

    NOTIFICATIONS_PER_PAGE = setting(
        int, 20, "notifications", doc="Notifications shown on one page of the inbox."
    )
    NOTIFICATIONS_KEEP_DAYS = setting(
        int, 365, "days", doc="How long a notification is kept, and a repetition of it noticed."
    )
    DIGEST_HOUR = setting(int, 8, "hour of the day", doc="When digests are put together.")
    DIGEST_WEEKDAY = setting(int, 0, "weekday", doc="Day of weekly digests; 0 is Monday.")
    MAIL_FROM = setting(
        str, "", doc="Sender of the mail; where it is empty, the host's DEFAULT_FROM_EMAIL."
    )
    OUTBOX_ATTEMPTS = setting(
        int, 10, "attempts", doc="How often one message is tried, over about three days."
    )
    OUTBOX_LEASE_SECONDS = setting(
        int,
        600,
        "seconds",
        doc="After which a message whose worker has not been heard of is tried again.",
    )
    OUTBOX_KEEP_DAYS = setting(
        int, 30, "days", doc="How long it is known that a message was sent, failed or was dropped."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least, most in (
            ("NOTIFICATIONS_PER_PAGE", 1, 1000),
            ("NOTIFICATIONS_KEEP_DAYS", 8, 36_500),
            ("DIGEST_HOUR", 0, 23),
            ("DIGEST_WEEKDAY", 0, 6),
            ("OUTBOX_ATTEMPTS", 1, 100),
            ("OUTBOX_LEASE_SECONDS", 30, 86_400),
            ("OUTBOX_KEEP_DAYS", 1, 36_500),
        ):
            value = getattr(self, name)
            if not least <= value <= most:
                yield f"{NAME}[{name!r}] must be between {least} and {most}, not {value!r}."


conf = NotificationSettings()
