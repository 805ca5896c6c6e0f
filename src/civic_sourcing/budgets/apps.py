from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "civic_sourcing.budgets"
    label = "civic_budgets"
    verbose_name = _("Budget votes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from civic_sourcing.budgets import registrations

        registrations.register()
