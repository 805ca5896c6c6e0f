from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "civic_sourcing.participants"
    label = "civic_participants"
    verbose_name = _("Participants")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from civic_sourcing.core.actors import register_actor_resolver

        from .actors import participant_uuid

        register_actor_resolver(participant_uuid)
