"""Deciding a claim, appealing the decision, accepting it, making it final."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.attribution.claims import notices, rules, signals
from civic_sourcing.attribution.claims.conf import conf
from civic_sourcing.attribution.claims.policies import may_close, may_decide, may_speak
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.claims.steps import ClaimAction, Speaking, normal_text
from civic_sourcing.attribution.models import (
    Claim,
    ClaimDecision,
    ClaimOutcome,
    ClaimStatement,
)
from civic_sourcing.core.audit import Reason
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import graphemes
from civic_sourcing.processes.policies import written

Part = ClaimStatement.Part


class DecideClaim(ClaimAction):
    """
    Decide a claim, or the appeal: ``outcome``, ``reasons``, and with it ``role`` or ``share``.

    ``share`` is the claimant's in hundredths of a percent; ``number`` says whether the first
    decision (1) or that on the appeal (2) is meant. Of two stewards deciding at once the
    first wins, and the other is told what was decided (``already-decided``). A decision on an
    appeal is final; so is the first one where there is no time to appeal.
    """

    verb = "decide_claim"
    policy = may_decide
    announces = signals.claim_decided

    outcome: str
    reasons: str
    role: str = ""
    share: int | None = None
    number: int | None = None

    def check(self) -> None:
        claim = self.subject
        self._refuse_decided()
        if not rules.may_be_decided(claim.stage, claim.due_at, self.at):
            raise ActionRefused(
                _("The other side is heard first, until %(date)s."),
                code="not-heard",
                date=written(claim.due_at or self.at),
            )
        self._check_terms()
        self.reasons = normal_text(self.reasons)
        if graphemes(self.reasons) < conf.CLAIM_REASONS_LENGTH:
            raise ActionRefused(
                ngettext_lazy(
                    "Please give reasons both sides can follow, in at least %(limit)d character.",
                    "Please give reasons both sides can follow, in at least %(limit)d characters.",
                    "limit",
                )
                % {"limit": conf.CLAIM_REASONS_LENGTH},
                code="reasons-too-short",
            )

    def perform(self) -> ClaimDecision:
        salt = secrets.token_bytes(32)
        decision = ClaimDecision.objects.create(
            claim=self.subject,
            number=self.subject.decisions.count() + 1,
            steward=self.participant,
            outcome=self.outcome,
            role=self.role if self.outcome == ClaimOutcome.ADDED else "",
            share=self.share if self.outcome == ClaimOutcome.SHARED else None,
            reasons=self.reasons,
            salt=salt.hex(),
            decided_at=self.at,
        )
        self.reason = Reason.of(
            f"civic_attribution.claimdecision:{decision.uuid.hex}", self.reasons, salt=salt
        )
        if decision.number == 1 and conf.CLAIM_APPEAL_DAYS:
            self.go_to(Stage.DECIDED)
            notices.tell_decided(self.subject, decision)
        else:
            self.finish()
        return decision

    def audit_details(self) -> dict[str, Any]:
        return {
            "number": self.result.number,
            "outcome": str(self.outcome),
            "verdict": str(self.result.verdict or ""),
            "answered": self.subject.statements.filter(part=Part.ANSWER).exists(),
        }

    def audit_reason(self) -> Reason:
        return self.reason

    def _refuse_decided(self) -> None:
        if self.subject.stage in rules.DECIDABLE and not self._decided_meanwhile():
            return
        decision = self.subject.decision
        if decision is None:
            raise ActionRefused(_("This claim was withdrawn."), code="withdrawn")
        raise ActionRefused(
            _("%(steward)s has already decided this on %(date)s: “%(outcome)s”."),
            code="already-decided",
            steward=decision.steward.public_name,
            date=written(decision.decided_at),
            outcome=decision.get_outcome_display(),
        )

    def _decided_meanwhile(self) -> bool:
        """Whether the form was for the first decision and this is already about the appeal."""
        return self.number is not None and self.subject.decisions.count() >= self.number

    def _check_terms(self) -> None:
        if self.outcome not in ClaimOutcome.values:
            raise ActionRefused(_("Please choose what you decide."), code="no-outcome")
        if self.outcome == ClaimOutcome.ADDED and not self.role:
            raise ActionRefused(_("Please choose the role to credit."), code="no-role")
        part = self.share or 0
        if self.outcome == ClaimOutcome.SHARED and not 0 < part < rules.WHOLE:
            raise ActionRefused(
                _("Please enter a share of more than 0 % and less than 100 %."), code="no-share"
            )


class AppealClaim(Speaking[Claim], ClaimAction):
    """Appeal to another steward: once, by either side, within the time for it."""

    verb = "appeal_claim"
    policy = may_speak
    announces = signals.claim_appealed

    def check(self) -> None:
        claim = self.subject
        if claim.appellant is not None:
            raise ActionRefused(
                _("This was appealed already. There is one appeal for both sides."),
                code="already-appealed",
            )
        if not rules.may_be_appealed(claim.stage, claim.due_at, self.at):
            raise ActionRefused(
                _("There is no decision that can be appealed now."), code="not-appealable"
            )
        if claim.statements.filter(part=Part.ACCEPTANCE, participant=self.participant).exists():
            raise ActionRefused(
                _("You have accepted the decision, so you cannot appeal it."), code="accepted"
            )
        self.check_evidence(claim.contribution)

    def perform(self) -> ClaimStatement:
        statement = self.say(self.subject, Part.APPEAL, self.participant)
        side = self.subject.side_of(self.participant)
        others = [p for p in self.subject.people() if self.subject.side_of(p) != side]
        can_answer = any(person.user_id for person in others)
        self.go_to(Stage.APPEALED if can_answer else Stage.REHEARD)
        notices.tell_appealed(self.subject, self.participant)
        return statement


class AcceptDecision(ClaimAction):
    """Accept a decision and give up the appeal. Once everybody has, it is final at once."""

    verb = "accept_decision"
    policy = may_speak

    def check(self) -> None:
        claim = self.subject
        if not rules.may_be_appealed(claim.stage, claim.due_at, self.at):
            raise ActionRefused(
                _("There is no decision that can be accepted now."), code="not-acceptable"
            )
        if claim.statements.filter(part=Part.ACCEPTANCE, participant=self.participant).exists():
            raise ActionRefused(_("You have already accepted this."), code="already-accepted")

    def perform(self) -> Claim:
        ClaimStatement.objects.create(
            claim=self.subject,
            participant=self.participant,
            part=Part.ACCEPTANCE,
            made_at=self.at,
        )
        accepted = self.subject.statements.filter(part=Part.ACCEPTANCE)
        keys = set(accepted.values_list("participant_id", flat=True))
        if all(person.pk in keys or not person.user_id for person in self.subject.people()):
            self.finish()
        return self.subject


class CloseClaim(ClaimAction):
    """Make a decision final that nobody appealed in time. The system does this by itself."""

    verb = "close_claim"
    policy = may_close
    announces = signals.claim_closed

    def check(self) -> None:
        claim = self.subject
        if claim.stage != Stage.DECIDED or not rules.is_past(claim.due_at, self.at):
            raise ActionRefused(_("This decision can still be appealed."), code="not-due")

    def perform(self) -> Claim:
        self.finish()
        return self.subject
