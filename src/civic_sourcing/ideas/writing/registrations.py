"""What writing ideas registers with the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.attribution.history import register_history
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.core.triggers import never_deleted
from civic_sourcing.ideas.models import IdeaChange, IdeaWithdrawal
from civic_sourcing.ideas.writing import files
from civic_sourcing.ideas.writing.drafts import forget_old
from civic_sourcing.ideas.writing.history import edits_of
from civic_sourcing.ideas.writing.records import WritingRecords


def register() -> None:
    """Called by ``AppConfig.ready``."""
    files.register()
    register_personal_records(WritingRecords())
    register_tick("civic_ideas.old_drafts", forget_old)
    register_history(edits_of)
    never_deleted(IdeaChange)
    never_deleted(IdeaWithdrawal)
