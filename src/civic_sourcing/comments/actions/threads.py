"""Ending a discussion, and taking it up again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments import news, signals
from civic_sourcing.comments.conf import TEXT_COLUMN, conf
from civic_sourcing.comments.models import Thread
from civic_sourcing.comments.places import addresses
from civic_sourcing.comments.policies import may_close, may_reopen
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import normalise, render
from civic_sourcing.participants.models import Participant


class CloseThread(Action[Thread]):
    """
    Close a thread for good or for a while, with a ``conclusion`` that says what came out of it.

    Everything stays readable. The conclusion may be empty; it is the city's own text, with the name
    of who closed.
    """

    verb = "close_thread"
    announces = signals.thread_closed
    policy = may_close

    conclusion: str = ""

    def check(self) -> None:
        if self.subject.is_closed:
            raise ActionRefused(_("This discussion is closed already."), code="thread-closed")
        if self.conclusion.strip():
            self.conclusion = normalise(
                self.conclusion, max_length=TEXT_COLUMN, max_graphemes=conf.CONCLUSION_LENGTH
            )

    def perform(self) -> Thread:
        thread, person = self.subject, Participant.objects.of(self.by)
        thread.closed_at, thread.closed_by = self.at, person
        thread.conclusion = self.conclusion.strip()
        thread.conclusion_html = render(thread.conclusion) if thread.conclusion else ""
        thread.save(update_fields=["closed_at", "closed_by", "conclusion", "conclusion_html"])
        news.tell_closed(thread, by=person, url=addresses([thread]).get(thread.pk, ""))
        return thread

    def audit_details(self) -> dict[str, Any]:
        return {"comments": self.subject.comment_count, "concluded": bool(self.conclusion)}


class ReopenThread(Action[Thread]):
    """Let people comment again in a closed thread; its conclusion is taken away."""

    verb = "reopen_thread"
    announces = signals.thread_reopened
    policy = may_reopen

    def check(self) -> None:
        if not self.subject.is_closed:
            raise ActionRefused(_("This discussion is open already."), code="thread-open")

    def perform(self) -> Thread:
        thread = self.subject
        thread.closed_at = thread.closed_by = None
        thread.conclusion = thread.conclusion_html = ""
        thread.save(update_fields=["closed_at", "closed_by", "conclusion", "conclusion_html"])
        return thread
