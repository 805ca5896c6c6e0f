"""Who is on the panel: invited, accepted, declined, stepped down."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Assignment, ChallengeFacts, Judge, JudgeState
from civic_sourcing.challenges.panel import news, signals
from civic_sourcing.challenges.panel.invitations import new_token, token_digest
from civic_sourcing.challenges.panel.people import next_alias
from civic_sourcing.challenges.panel.policies import (
    has_entry,
    may_answer_invitation,
    may_judge,
    may_lead_judging,
)
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Participant


class InviteJudge(Action[ChallengeFacts]):
    """
    Ask ``participant``, or whoever reads the letter sent to ``address``, to be on the panel.

    The address is not kept. Refused for somebody who is on the panel already (``on-panel``) or has
    an entry in the challenge (``is-solver``).
    """

    verb = "invite_judge"
    policy = may_lead_judging
    announces = signals.judge_invited

    participant: Participant | None = None
    address: str = ""
    organisation: str = ""

    def check(self) -> None:
        if self.participant is None:
            return
        if has_entry(self.participant.user, self.subject.process):
            raise is_solver()
        rows = Judge.objects.filter(process=self.subject.process_id, participant=self.participant)
        if rows.filter(state__in=(JudgeState.INVITED, JudgeState.ACCEPTED)).exists():
            raise on_panel()

    def perform(self) -> Judge:
        facts = {"organisation": self.organisation, "invited_at": self.at}
        if self.participant is not None:
            facts |= {"state": JudgeState.INVITED, "answered_at": None}
            judge, _new = Judge.objects.update_or_create(
                process=self.subject.process, participant=self.participant, defaults=facts
            )
            news.ask_to_judge(judge)
            return judge
        token = new_token()
        judge = Judge.objects.create(
            process=self.subject.process, token_digest=token_digest(token), **facts
        )
        news.write_to_judge(judge, self.address, token)
        return judge

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"judge": str(self.result.uuid)}


class InvitationStep(Action[Judge]):
    """An answer to an invitation; the second one is refused with ``answered``."""

    token: str = ""

    def check(self) -> None:
        if self.subject.state != JudgeState.INVITED:
            raise ActionRefused(_("This invitation was answered already."), code="answered")

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class AcceptJudging(InvitationStep):
    """
    Join the panel, and promise (``promised``) to judge impartially and to keep it to oneself.

    Whoever follows the link of a letter joins with the account they are signed in with. Refused
    for somebody with an entry in the challenge (``is-solver``).
    """

    verb = "accept_judging"
    policy = SignedIn() & may_answer_invitation
    announces = signals.judge_accepted

    promised: bool = False

    def check(self) -> None:
        super().check()
        if not self.promised:
            raise ActionRefused(
                _("Please promise first to judge impartially and to keep entries to yourself."),
                code="not-promised",
            )
        if has_entry(self.by, self.subject.process):
            raise is_solver()
        others = Judge.objects.filter(process=self.subject.process_id).exclude(pk=self.subject.pk)
        self.person = Participant.objects.of(self.by)
        if others.filter(participant=self.person).exists():
            raise on_panel()

    def perform(self) -> Judge:
        judge = self.subject
        judge.participant, judge.token_digest = self.person, ""
        judge.state, judge.answered_at = JudgeState.ACCEPTED, self.at
        judge.alias = judge.alias or next_alias(judge.process)
        judge.save()
        return judge


class DeclineJudging(InvitationStep):
    """Do not join the panel. A letter’s link is enough; no account is needed."""

    verb = "decline_judging"
    policy = may_answer_invitation
    announces = signals.judge_declined

    def perform(self) -> Judge:
        judge = self.subject
        judge.state, judge.answered_at, judge.token_digest = JudgeState.DECLINED, self.at, ""
        judge.save()
        return judge


class StepDown(Action[Judge]):
    """
    Leave the panel. Entries not scored yet are free for others; sheets handed in still count.
    """

    verb = "step_down"
    policy = may_judge
    announces = signals.judge_stepped_down

    def check(self) -> None:
        if self.subject.state != JudgeState.ACCEPTED:
            raise ActionRefused(_("You are not on this panel."), code="not-on-panel")

    def perform(self) -> Judge:
        return leave(self.subject, self.at)


class RemoveJudge(Action[Judge]):
    """
    Take an invitation back, or take somebody off the panel; their sheets handed in still count.
    """

    verb = "remove_judge"
    policy = may_lead_judging

    def check(self) -> None:
        if self.subject.state not in (JudgeState.INVITED, JudgeState.ACCEPTED):
            raise ActionRefused(_("This person is not on the panel."), code="not-on-panel")

    def perform(self) -> Judge:
        withdraw(self.subject.uuid)
        if self.subject.state == JudgeState.ACCEPTED:
            return leave(self.subject, self.at)
        self.subject.state, self.subject.token_digest = JudgeState.DECLINED, ""
        self.subject.save()
        return self.subject


def leave(judge: Judge, at: Any) -> Judge:
    """Free what ``judge`` has not handed in a score sheet for."""
    judge.state = JudgeState.RECUSED
    judge.save(update_fields=["state"])
    open_ones = Assignment.objects.filter(judge=judge, ended_at=None)
    open_ones.exclude(sheet__completed_at__isnull=False).update(ended_at=at)
    return judge


def is_solver() -> ActionRefused:
    """The refusal for a judge who would judge in a competition of their own."""
    return ActionRefused(
        _("Whoever has an entry in this challenge cannot judge it."), code="is-solver"
    )


def on_panel() -> ActionRefused:
    """The refusal for a second seat."""
    return ActionRefused(_("This person is on the panel already."), code="on-panel")
