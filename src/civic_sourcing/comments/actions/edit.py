"""Changing what one has just said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from civic_sourcing.attribution import ledger
from civic_sourcing.comments import news, signals, texts
from civic_sourcing.comments.actions.own import CommentAction
from civic_sourcing.comments.conf import conf
from civic_sourcing.comments.mentions import keep_mentions, mentioned
from civic_sourcing.comments.models import Comment, Tombstone
from civic_sourcing.comments.policies import may_edit
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import HOUR, RateLimit


class EditComment(CommentAction):
    """
    Put another text in place of one's comment; earlier versions stay readable.

    Takes ``text``. The gate is asked again: where it holds the new text, the comment waits and
    nobody reads it meanwhile; it can be edited further. The text as it was changes nothing.
    More than ``EDITS_PER_HOUR`` are refused as ``rate-limited``. The result is the comment.
    """

    verb = "edit"
    announces = signals.comment_edited
    policy = may_edit

    text: str

    def check(self) -> None:
        if self.subject.tombstone not in ("", Tombstone.WAITING):
            raise ActionRefused(
                _("This comment can no longer be read, so it cannot be edited."),
                code="not-readable",
            )
        self.text = texts.cleaned(self.text)
        RateLimit("civic_comments.edit", conf.EDITS_PER_HOUR, HOUR).hit(self.actor)

    def perform(self) -> Comment:
        comment = self.subject
        if comment.text == self.text:
            return comment
        found = mentioned(self.text, comment.thread)
        new = keep_mentions(comment, found)
        comment.write(self.text, names=found)
        if comment.shown_at is not None:
            comment.edited_at = self.at
        comment.save(update_fields=["text", "rendered_html", "edited_at"])
        sentences = ledger.revise(comment.contribution, title="", text=self.text)
        comment.refresh_from_db(fields=["tombstone", "shown_at"])
        comment.contribution.waits_for = sentences
        news.tell_mentioned(comment, new)
        return comment
