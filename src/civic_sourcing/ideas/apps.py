from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "civic_sourcing.ideas"
    label = "civic_ideas"
    verbose_name = _("Idea forums")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from civic_sourcing.processes.holdings import register_holdings

        from . import conf, kinds, tree  # noqa: F401
        from .holdings import ideas_held

        kinds.register()
        register_holdings(ideas_held)
        tree.install()
