"""What writing ideas registers with the rooms below, once all models are known."""

from __future__ import annotations

from django.db.models import OuterRef

from civic_sourcing.attribution.history import register_history
from civic_sourcing.attribution.traces import register_trace
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.core.triggers import never_deleted
from civic_sourcing.ideas.models import FormReply, IdeaChange, IdeaFile, IdeaFollow, IdeaWithdrawal
from civic_sourcing.ideas.writing import files
from civic_sourcing.ideas.writing.drafts import forget_old
from civic_sourcing.ideas.writing.history import edits_of
from civic_sourcing.ideas.writing.records import WritingRecords
from civic_sourcing.ideas.writing.showing import FILES, FOLLOWS, REPLIES


def register() -> None:
    """Called by ``AppConfig.ready``."""
    files.register()
    register_personal_records(WritingRecords())
    register_tick("civic_ideas.old_drafts", forget_old)
    register_history(edits_of)
    register_trace(FILES, lambda: IdeaFile.objects.filter(contribution=OuterRef("pk")))
    register_trace(FOLLOWS, lambda: IdeaFollow.objects.filter(contribution=OuterRef("pk")))
    register_trace(REPLIES, lambda: FormReply.objects.filter(contribution=OuterRef("pk")))
    never_deleted(IdeaChange)
    never_deleted(IdeaWithdrawal)
