from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "civic_sourcing.ideas"
    label = "civic_ideas"
    verbose_name = _("Idea forums")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from civic_sourcing.attribution.kinds import register_kind
        from civic_sourcing.core.personal_records import register_personal_records
        from civic_sourcing.core.triggers import never_deleted
        from civic_sourcing.ideas import (  # noqa: F401
            conf,
            finding,
            guards,
            host_lists,
            jobs,
            phases,
            registrations,
            tree,
        )
        from civic_sourcing.ideas.contributions import IdeaContribution
        from civic_sourcing.ideas.holdings import ideas_held
        from civic_sourcing.ideas.models import IdeaPage
        from civic_sourcing.ideas.personal_records import IdeaRecords
        from civic_sourcing.ideas.writing import registrations as writing
        from civic_sourcing.processes.holdings import register_holdings

        phases.register()
        registrations.register()
        writing.register()
        finding.register()
        jobs.register_ticks()
        register_kind(IdeaContribution())
        register_personal_records(IdeaRecords())
        never_deleted(IdeaPage)
        guards.keep_in_step_with_ledger(IdeaPage)
        register_holdings(ideas_held, rows=IdeaPage)
        tree.install()
        host_lists.install()
