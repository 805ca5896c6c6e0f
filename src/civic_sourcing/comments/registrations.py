"""What comments register with the rooms below, once all models are known."""

from __future__ import annotations

from civic_sourcing.attribution.kinds import register_kind
from civic_sourcing.comments import conf, kinds, news  # noqa: F401
from civic_sourcing.comments.contributions import CommentContribution
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.personal_records import CommentRecords
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.triggers import never_deleted


def register() -> None:
    """Called by ``AppConfig.ready``."""
    kinds.register()
    news.register_categories()
    register_kind(CommentContribution())
    register_personal_records(CommentRecords())
    never_deleted(Comment)
