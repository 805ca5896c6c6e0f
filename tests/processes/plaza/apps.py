from django.apps import AppConfig


class PlazaConfig(AppConfig):
    """A room of its own, so that processes are tested without ideas and budgets."""

    name = "tests.processes.plaza"
    label = "plaza"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from civic_sourcing.processes.holdings import register_holdings
        from civic_sourcing.processes.kinds import PhaseKind, register_process_kind
        from tests.processes.plaza.models import Note, notes_held

        register_process_kind(
            "plaza",
            "Plaza",
            [
                PhaseKind("collect", "Collecting notes", "You can pin a note."),
                PhaseKind("vote", "Voting on notes", "You can vote on notes."),
                PhaseKind("answer", "Answers"),
            ],
        )
        register_holdings(notes_held, rows=Note)
