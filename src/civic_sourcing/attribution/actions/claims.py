"""Filing a claim, answering it, taking it back."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims import notices, rules, signals
from civic_sourcing.attribution.claims.conf import conf
from civic_sourcing.attribution.claims.limits import check_limits
from civic_sourcing.attribution.claims.people import is_own, respondents_to
from civic_sourcing.attribution.claims.policies import (
    may_close,
    may_file,
    may_speak,
    may_withdraw_claim,
)
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.claims.steps import ClaimAction, Speaking
from civic_sourcing.attribution.models import Claim, ClaimStatement, Contribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant

Part = ClaimStatement.Part


class FileClaim(Speaking[Contribution]):
    """
    Claim that a public contribution uses one's own. The result is the claim.

    Takes ``text`` (the grounds), ``evidence``, ``linked`` and ``file``. The log names the claim and
    not the contribution: an accusation alone is nobody's business. Refused are own texts
    (``own-text``), a second open claim (``already-claimed``), more than the limit
    (``rate-limited``) and a new claim during the pause after refused ones (``paused``).
    """

    verb = "file_claim"
    policy = may_file
    announces = signals.claim_filed

    def check(self) -> None:
        self.claim = Claim(uuid=uuid.uuid4(), contribution=self.subject)
        self.claim.claimant = Participant.objects.of(self.by)
        if not self.subject.is_public:
            raise ActionRefused(_("This contribution is not public."), code="not-public")
        if is_own(self.subject, self.claim.claimant):
            raise ActionRefused(
                _("This is your own text. You cannot claim against yourself."), code="own-text"
            )
        # Locked, so that claims filed at once are counted one after the other.
        Participant.objects.select_for_update(no_key=True).get(pk=self.claim.claimant_id)
        if self.subject.claims.open().filter(claimant=self.claim.claimant).exists():
            raise ActionRefused(
                _("You have already claimed this, and it is not decided yet."),
                code="already-claimed",
            )
        self.check_evidence(self.subject)
        check_limits(self.claim.claimant, self.at)

    def perform(self) -> Claim:
        claim = self.claim
        respondents = respondents_to(self.subject, claim.claimant)
        can_answer = any(person.user_id for person in respondents)
        claim.state = Stage.FILED if can_answer else Stage.HEARD
        claim.filed_at = self.at
        claim.due_at = conf.periods.due_at(claim.stage, self.at)
        claim.save()
        claim.respondents.set(respondents)
        self.say(claim, Part.GROUNDS, claim.claimant)
        notices.tell_filed(claim)
        return claim

    def audit_subject(self) -> tuple[str, str]:
        return self.claim._meta.label_lower, str(self.claim.uuid)


class AnswerClaim(Speaking[Claim], ClaimAction):
    """
    Say one's side: of a claim for the respondents, of an appeal for whoever did not appeal.

    Taken until somebody decides; the steward waits for it until ``due_at`` at most.
    """

    verb = "answer_claim"
    policy = may_speak
    announces = signals.claim_answered

    def check(self) -> None:
        claim = self.subject
        if not rules.may_be_answered(claim.stage):
            raise ActionRefused(
                _("This claim is decided, so nothing can be added to it any more."),
                code="not-open",
            )
        self.part = Part.REPLY if claim.decisions.exists() else Part.ANSWER
        if claim.side_of(self.participant) == self._speaker_before():
            raise ActionRefused(
                _("It is the other side’s turn to be heard now."), code="not-your-turn"
            )
        if claim.statements.filter(part=self.part, participant=self.participant).exists():
            raise ActionRefused(_("You have already answered."), code="already-answered")
        self.check_evidence(claim.contribution)

    def perform(self) -> ClaimStatement:
        statement = self.say(self.subject, self.part, self.participant)
        if self.subject.stage in rules.HEARING:
            self.go_to(rules.HEARING[self.subject.stage])
        notices.tell_answered(self.subject, statement)
        return statement

    def _speaker_before(self) -> str | None:
        claim = self.subject
        first = claim.appellant if self.part == Part.REPLY else claim.claimant
        return claim.side_of(first) if first else None


class EndHearing(ClaimAction):
    """Hand a claim nobody answered in time to the stewards. The system does this by itself."""

    verb = "end_hearing"
    policy = may_close

    def check(self) -> None:
        claim = self.subject
        if claim.stage not in rules.HEARING or not rules.is_past(claim.due_at, self.at):
            raise ActionRefused(_("The other side still has time to answer."), code="not-due")

    def perform(self) -> Claim:
        self.go_to(rules.HEARING[self.subject.stage])
        notices.tell_stewards(self.subject)
        return self.subject


class WithdrawClaim(ClaimAction):
    """Take back one's claim while nobody has decided it."""

    verb = "withdraw_claim"
    policy = may_withdraw_claim
    announces = signals.claim_closed

    def check(self) -> None:
        if self.subject.stage not in (Stage.FILED, Stage.HEARD):
            raise ActionRefused(
                _("This claim is decided, so it cannot be withdrawn any more."), code="decided"
            )

    def perform(self) -> Claim:
        self.go_to(Stage.WITHDRAWN)
        notices.tell_withdrawn(self.subject)
        return self.subject
