from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnswersConfig(AppConfig):
    name = "civic_sourcing.answers"
    label = "civic_answers"
    verbose_name = _("Official answers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .registrations import register_answers
        from .surfaces import register_surfaces

        register_answers()
        register_surfaces()
