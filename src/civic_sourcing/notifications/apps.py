from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """News for people: an inbox, and an outbox for mail."""

    name = "civic_sourcing.notifications"
    label = "civic_notifications"
    verbose_name = _("Notifications")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from civic_sourcing.core.personal_records import register_personal_records
        from civic_sourcing.notifications import checks, conf, jobs  # noqa: F401
        from civic_sourcing.notifications.personal_records import NotificationRecords

        checks.register_checks()
        jobs.register_ticks()
        register_personal_records(NotificationRecords())
