"""What comments register with the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.comments import conf, kinds  # noqa: F401
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.personal_records import CommentRecords
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.triggers import never_deleted


def register() -> None:
    """Called by ``AppConfig.ready``."""
    kinds.register()
    register_personal_records(CommentRecords())
    never_deleted(Comment)
