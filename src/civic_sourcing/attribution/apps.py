from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttributionConfig(AppConfig):
    name = "civic_sourcing.attribution"
    label = "civic_attribution"
    verbose_name = _("Attribution")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from civic_sourcing.core.audit.verification import register_verifier

        from .guards import register_guards
        from .verification import verify_ledger
        from .similar.registrations import register_similar

        register_guards()
        register_verifier("ledger", verify_ledger)
        register_similar()
