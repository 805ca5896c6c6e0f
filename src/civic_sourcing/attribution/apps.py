from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttributionConfig(AppConfig):
    name = "civic_sourcing.attribution"
    label = "civic_attribution"
    verbose_name = _("Attribution")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .claims.registrations import register as register_claims
        from .credits.registrations import register_credits
        from .family.neighbours import register as register_neighbours
        from .registrations import register_ledger
        from .similar.registrations import register_similar

        register_ledger()
        register_credits()
        register_neighbours()
        register_claims()
        register_similar()
