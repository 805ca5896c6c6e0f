"""What comments register with the rooms below, once all models are known."""

from __future__ import annotations

from django.db.models import F, QuerySet

from civic_sourcing.attribution.discussions import register_discussions, register_opener
from civic_sourcing.attribution.kinds import register_kind
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.retitling import register_notices
from civic_sourcing.attribution.signals import contribution_moved
from civic_sourcing.comments import conf, kinds, news, outcomes, panels  # noqa: F401
from civic_sourcing.comments.checks import register_checks
from civic_sourcing.comments.contributions import CommentContribution
from civic_sourcing.comments.holdings import comments_held
from civic_sourcing.comments.models import Comment, CommentRules
from civic_sourcing.comments.personal_records import CommentRecords
from civic_sourcing.comments.signal_handlers import (
    follow_what_is_discussed,
    reopen_for_debate,
)
from civic_sourcing.comments.slot import show_thread
from civic_sourcing.comments.verification import verify_comments
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.page_slots import register_slot
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.triggers import never_deleted
from civic_sourcing.processes.copying import copy_row, register_rules_copier
from civic_sourcing.processes.holdings import register_holdings


def remarks() -> QuerySet[Contribution]:
    """Comments everybody can read below a contribution, as rows of the ledger."""
    readable = Contribution.objects.filter(comment__shown_at__isnull=False, comment__tombstone="")
    rows = readable.exclude(comment__thread__contribution=None)
    return rows.annotate(subject=F("comment__thread__contribution"), said_at=F("comment__shown_at"))


def register() -> None:
    """Called by ``AppConfig.ready``."""
    kinds.register()
    register_checks()
    contribution_moved.connect(follow_what_is_discussed)
    panels.register()
    register_rules_copier(copy_row(CommentRules))
    register_holdings(comments_held)
    register_verifier("comments", verify_comments)
    news.register_categories()
    register_notices(news.naming)
    register_kind(CommentContribution())
    register_discussions(remarks)
    register_opener(reopen_for_debate)
    register_personal_records(CommentRecords())
    never_deleted(Comment)
    register_slot("thread", show_thread)
    outcomes.register()
