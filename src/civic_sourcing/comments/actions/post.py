"""Saying something in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.authors import kept_author
from civic_sourcing.attribution.models import Channel
from civic_sourcing.comments import news, signals, standing, texts
from civic_sourcing.comments.mentions import keep_mentions, mentioned
from civic_sourcing.comments.models import DEPTH, Comment, CommentRules, Position, Thread
from civic_sourcing.comments.places import refusal_to_post
from civic_sourcing.comments.policies import may_post
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import hit_limits
from civic_sourcing.moderation.newcomers import standing_of

KIND = "comment"


class PostComment(Action[Thread]):
    """
    Post a comment in a thread that is open, or a reply to a readable comment there.

    Takes ``text``; optionally ``parent``, ``quoted`` (comments of this thread that can be read),
    ``position`` where the process asks for one, ``role`` to speak as an official or moderator,
    ``language`` (default: the active one), ``ip`` (for limits; never stored). A reply to something
    on the last level is shown on that level too. The result is the comment; where the gate holds
    it, ``result.contribution.waits_for`` says what it waits for. Raises ``TextRefused`` for a text
    too long or without anything to see.
    """

    verb = "post"
    announces = signals.comment_posted
    policy = may_post

    text: str
    parent: Comment | None = None
    quoted: Comment | None = None
    position: str = ""
    role: str = ""
    language: str = ""
    channel: str = Channel.ONLINE
    ip: str | None = None

    def fresh_subject(self) -> Any:
        """Lock the author before the thread, as their erasure does."""
        self.author = kept_author(self.by) if self._is_signed_in() else None
        thread = super().fresh_subject()
        self._look_around(thread)
        return thread

    def _look_around(self, thread: Thread) -> None:
        """
        Read what is asked about several times: the rules, and what the thread is below.

        In a statement of its own, because one that has waited for the lock of the thread would
        still see everything else as it was before.
        """
        around = ("process__comment_rules", "process__moderation", "contribution__author__user")
        found = Thread.objects.select_related(*around).get(pk=thread.pk)
        thread.process, thread.contribution = found.process, found.contribution
        thread.rules = CommentRules.objects.loaded(thread.process)

    def check(self) -> None:
        assert self.author is not None  # the policy lets nobody else through
        if self.channel == Channel.ONLINE:
            group = standing_of(self.author, self.at)
            hit_limits("comment", actor=self.actor, standing=group, ip=self.ip)
        if refusal := refusal_to_post(self.subject):
            raise refusal
        self.parent = self._fresh(self.parent)
        self.quoted = self._fresh(self.quoted)
        self._check_position()
        self.text = texts.cleaned(self.text)

    def perform(self) -> Comment:
        parent = self.parent
        standing.lock_comments({parent.root_id, parent.branch_id} if parent else set())
        contribution = ledger.receive(
            KIND,
            process=self.subject.process,
            author=self.author,
            title="",
            text=self.text,
            language=self.language or get_language() or "",
            channel=self.channel,
            terms=ledger.Terms(made_on_duty=bool(self.role)),
            author_is_kept=True,
        )
        comment = Comment(
            contribution=contribution,
            thread=self.subject,
            parent=parent,
            quoted=self.quoted,
            position=self.position,
            role=self.role,
            shown_at=contribution.received_at if contribution.is_public else None,
            **_place(contribution.pk, parent),
        )
        found = mentioned(self.text, self.subject)
        comment.write(self.text, names=found)
        comment.save(force_insert=True)
        if found:
            keep_mentions(comment, found)
        if comment.is_readable:
            standing.count(comment, 1)
            news.tell_of(comment)
        return comment

    def audit_details(self) -> dict[str, Any]:
        comment: Comment = self.result
        return {
            "comment": str(comment.uuid),
            "parent": str(self.parent.uuid) if self.parent else "",
            "state": str(comment.contribution.state),
            "depth": comment.depth,
            "role": self.role,
            "language": comment.contribution.language,
        }

    def content(self) -> Mapping[str, Any]:
        """Tell requests apart by what is said, not by where it was sent from."""
        said = {name: value for name, value in self.arguments.items() if name != "ip"}
        return {"subject": self.subject, "arguments": said}

    def _is_signed_in(self) -> bool:
        return self.by is not None and bool(self.by.is_authenticated)

    def _fresh(self, comment: Comment | None) -> Comment | None:
        """The comment as it is now; refuse one of another thread, or that nobody can read."""
        if comment is None:
            return None
        rows = Comment.objects.select_related("contribution__author__user")
        fresh = rows.filter(pk=comment.pk, thread=self.subject).first()
        if fresh is None:
            raise ActionRefused(
                _("That comment is not part of this discussion."), code="other-thread"
            )
        if not fresh.is_readable:
            raise ActionRefused(
                _("The comment you refer to can no longer be read."), code="not-readable"
            )
        return fresh

    def _check_position(self) -> None:
        if not self.position:
            return
        if self.position not in Position.values:
            raise ActionRefused(_("This position is not known."), code="unknown-position")
        if not self.subject.rules.positions:
            raise ActionRefused(_("Nobody takes a position here."), code="no-positions")


def _place(pk: int, parent: Comment | None) -> dict[str, int]:
    """Where a new comment stands: on the level below ``parent``, the last one at most."""
    if parent is None:
        return {"root_id": pk, "branch_id": pk, "depth": 1}
    depth = min(parent.depth + 1, DEPTH)
    branch = pk if parent.depth == 1 else parent.branch_id
    return {"root_id": parent.root_id, "branch_id": branch, "depth": depth}
