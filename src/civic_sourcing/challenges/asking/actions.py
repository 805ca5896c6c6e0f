"""Asking, replying, declining to reply."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.asking import news
from civic_sourcing.challenges.entering.policies import refusal_of
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    EditorialState,
    Round,
    SolverQuestion,
)
from civic_sourcing.challenges.policies import may_manage
from civic_sourcing.challenges.signals import question_asked, question_declined, question_replied
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import hit_limits
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.models import Process


class TakesQuestions(Policy):
    """Only while a challenge is out, and until the last of its rounds has closed."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.subject.process
        facts = ChallengeFacts.objects.of(process)
        if facts.state != EditorialState.PUBLISHED or facts.external_url:
            return Refusal(_("Questions to this challenge are not taken here."), "not-published")
        last = Round.objects.of(process).filter(takes_entries=True).order_by("-number").first()
        refusal = refusal_of(last, occasion.at)
        if refusal is not None and refusal.code == "closed":
            return Refusal(_("Entries have closed, so no questions are taken any more."), "closed")
        return None


while_questions_are_taken = TakesQuestions()
may_ask = SignedIn() & InGoodStanding() & while_questions_are_taken


class AskQuestion(Action[Process]):
    """
    Ask something about a challenge; ``text`` is normalised. It is shown with its reply, without the
    name of who asked. The result is the question.
    """

    verb = "ask_question"
    announces = question_asked
    policy = may_ask

    text: str
    ip: str | None = None

    def check(self) -> None:
        hit_limits("entry_question", actor=self.actor, ip=self.ip)

    def perform(self) -> SolverQuestion:
        question: SolverQuestion = SolverQuestion.objects.create(
            process=self.subject,
            participant=Participant.objects.of(self.by),
            text=self.text,
            language=get_language() or "",
            asked_at=self.at,
        )
        news.tell_asked(question)
        return question

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "text": self.text}

    def audit_details(self) -> dict[str, Any]:
        return {"question": str(self.result.uuid)}


class OnQuestion(Action[SolverQuestion]):
    """A step of a manager on one question."""

    policy = SignedIn() & may_manage

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class ReplyToQuestion(OnQuestion):
    """
    Reply in public, or say it better: everybody who takes part is told, and reads the same.

    Takes ``reply``, and ``question`` where its words are to be shown shorter or without what tells
    who asked.
    """

    verb = "reply_to_question"
    announces = question_replied
    policy = OnQuestion.policy

    reply: str
    question: str = ""

    def check(self) -> None:
        if not self.reply.strip():
            raise ActionRefused(_("Please write a reply."), code="blank")

    def perform(self) -> SolverQuestion:
        row = self.subject
        row.text = self.question or row.text
        row.reply, row.declined_reason = self.reply, ""
        row.replied_at = self.at
        row.replied_by = Participant.objects.of(self.by)
        row.save()
        news.tell_replied(row)
        return row


class DeclineQuestion(OnQuestion):
    """Leave a question unanswered; ``reason`` is told to who asked, and to nobody else."""

    verb = "decline_question"
    announces = question_declined
    policy = OnQuestion.policy

    reason: str

    def check(self) -> None:
        if not self.reason.strip():
            raise ActionRefused(_("Please say why."), code="blank")
        if self.subject.reply:
            raise ActionRefused(_("This question has been replied to."), code="replied")

    def perform(self) -> SolverQuestion:
        row = self.subject
        row.declined_reason, row.replied_at = self.reason, self.at
        row.replied_by = Participant.objects.of(self.by)
        row.save()
        news.tell_declined(row)
        return row
