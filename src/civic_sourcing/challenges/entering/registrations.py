"""What entering registers with the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.attribution.kinds import register_kind
from civic_sourcing.challenges.asking import views as asking
from civic_sourcing.challenges.contributions import EntryContribution, register_keepers
from civic_sourcing.challenges.entering import doors, files, guardians, guards, jobs
from civic_sourcing.challenges.entering.verification import verify_entries
from civic_sourcing.core.audit.verification import register_verifier


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_kind(EntryContribution())
    register_keepers()
    doors.register()
    asking.register()
    files.register()
    guardians.register()
    guards.register_guards()
    jobs.register()
    register_verifier("entries", verify_entries)
