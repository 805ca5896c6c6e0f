from django.apps import AppConfig, apps
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "civic_sourcing.processes"
    label = "civic_processes"
    verbose_name = _("Processes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from civic_sourcing.processes import guards, news, signal_handlers, unpublishing
        from civic_sourcing.processes.pages import ProcessPageMixin

        page_published.connect(signal_handlers.put_rules_into_force)
        for model in apps.get_models():
            if issubclass(model, ProcessPageMixin):
                pre_delete.connect(signal_handlers.refuse_deletion, sender=model)
        guards.register_guards()
        unpublishing.install()
        news.register_ticks()
