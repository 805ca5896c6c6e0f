from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ground floor every other room stands on."""

    name = "civic_sourcing.core"
    label = "civic_core"
    verbose_name = _("Citizen sourcing: core")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from civic_sourcing.core import audit, checks, triggers

        checks.register_checks()
        audit.register_guards()
        audit.register_verifier("audit log", audit.verify_audit_log)
        audit.register_verifier("triggers", audit.verify_triggers)
        pre_migrate.connect(triggers.lift_before_migrate, sender=self)
        post_migrate.connect(triggers.install_after_migrate, sender=self)
