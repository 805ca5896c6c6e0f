"""Who may do what in a thread, and when. Subjects are threads and comments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.discussions import in_debate
from civic_sourcing.attribution.policies import IsAuthor
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, Superuser, System
from civic_sourcing.participants.eligibility.policies import Eligible
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.kinds import process_kind
from civic_sourcing.processes.policies import HasRole, InPhase, written


class NotClosed(Policy):
    """Only while nobody has closed the thread (code ``thread-closed``)."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        closed_at = thread_of(occasion.subject).closed_at
        if closed_at is None:
            return None
        sentence = _("This discussion was closed on %(date)s. You can still read it.")
        return Refusal(sentence % {"date": written(closed_at)}, "thread-closed")


class WhileDiscussed(Policy):
    """
    Only in the phases in which the process takes comments, without rules in every phase; and while
    a public debate is held about what the thread is below.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        refusal = self._refusal_of_phases(occasion)
        if refusal is None:
            return None
        contribution = thread_of(occasion.subject).contribution
        if contribution is not None and in_debate(contribution, occasion.at):
            return None
        return refusal

    def _refusal_of_phases(self, occasion: Occasion) -> Refusal | None:
        thread = thread_of(occasion.subject)
        kinds = thread.rules.open_phases
        if kinds is None:
            kinds = list(process_kind(thread.process.kind).phases)
        if not kinds:
            return Refusal(_("Comments are not open here."), "not-planned")
        extra = {**occasion.extra, "process": thread.process}
        return InPhase(*kinds).refusal(
            Occasion(occasion.user, occasion.subject, occasion.at, extra)
        )


class NotOwnComment(Policy):
    """Nobody rates what they wrote themselves (code ``own-comment``)."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        author, user = occasion.subject.author, occasion.user
        if author is not None and user is not None and author.user_id == user.pk:
            return Refusal(
                _("This is your own comment; let others say if it helps."), "own-comment"
            )
        return None


class WithinWindow(Policy):
    """Only for as long as authors can edit (code ``too-late``); what waits can be edited."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        comment = occasion.subject
        end = editable_until(comment)
        if end is None or occasion.at < end:
            return None
        minutes = comment.thread.rules.minutes_to_edit
        if not minutes:
            return Refusal(_("Comments cannot be edited here."), "too-late")
        sentence = ngettext(
            "A comment can be edited for %(minutes)d minute. Write a reply to add something.",
            "A comment can be edited for %(minutes)d minutes. Write a reply to add something.",
            minutes,
        )
        return Refusal(sentence % {"minutes": minutes}, "too-late")


class InRole(Policy):
    """Who speaks in the role ``extra["role"]`` has it here; nobody needs one to speak at all."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        role = occasion.extra.get("role")
        return HasRole(role).refusal(occasion) if role else None


def thread_of(subject: Any) -> Thread:
    """The thread itself, or that of a comment."""
    thread: Thread = subject.thread if isinstance(subject, Comment) else subject
    return thread


def editable_until(comment: Comment) -> datetime | None:
    """When the author's time for editing ends; ``None`` while nobody has seen it."""
    if comment.shown_at is None:
        return None
    return comment.shown_at + timedelta(minutes=comment.thread.rules.minutes_to_edit)


while_open = NotClosed() & WhileDiscussed()
"""Whether anybody could comment now, for pages to say why not."""

may_post = SignedIn() & InGoodStanding() & while_open & InRole() & Eligible()
may_edit = SignedIn() & IsAuthor() & InGoodStanding() & while_open & WithinWindow()
may_withdraw = SignedIn() & IsAuthor()
may_rate = SignedIn() & InGoodStanding() & while_open & NotOwnComment() & Eligible()
may_close = SignedIn() & (Superuser() | HasRole("official", "moderator"))
may_reopen = may_close | System()
may_follow = SignedIn()
