from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "civic_sourcing.participants"
    label = "civic_participants"
    verbose_name = _("Participants")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.db.models.signals import pre_delete

        from civic_sourcing.core.actors import register_actor_resolver
        from civic_sourcing.core.personal_records import register_personal_records
        from civic_sourcing.notifications.categories import Category, register_category
        from civic_sourcing.notifications.recipients import register_language_resolver
        from civic_sourcing.participants import guards, jobs, phase_news
        from civic_sourcing.participants.actions.guardians import CATEGORY
        from civic_sourcing.participants.actors import participant_uuid
        from civic_sourcing.participants.eligibility import registrations
        from civic_sourcing.participants.languages import chosen_languages
        from civic_sourcing.participants.personal_records import PeopleRecords
        from civic_sourcing.participants.signal_handlers import erase_with_account

        register_actor_resolver(participant_uuid)
        register_language_resolver(chosen_languages)
        register_personal_records(PeopleRecords())
        register_category(
            Category(CATEGORY, _("Letters to guardians"), can_turn_off=False, to_accounts=False)
        )
        registrations.register()
        guards.register_guards()
        jobs.register_ticks()
        phase_news.register()
        pre_delete.connect(erase_with_account, sender=get_user_model())
