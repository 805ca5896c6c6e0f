"""Appealing a decision, and deciding the appeal: by somebody else, and for good."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.audit import Reason
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn
from civic_sourcing.core.text import graphemes, normalise
from civic_sourcing.moderation.actions.decisions import Deciding
from civic_sourcing.moderation.actions.steps import chain_of
from civic_sourcing.moderation.deciding import notices
from civic_sourcing.moderation.deciding.conf import TEXT_COLUMN, conf
from civic_sourcing.moderation.deciding.drafts import refuse_elsewhere
from civic_sourcing.moderation.deciding.words import are_gone
from civic_sourcing.moderation.models import (
    Appeal,
    AppealOutcome,
    AppealState,
    Case,
    Decision,
    Origin,
    Outcome,
)
from civic_sourcing.moderation.policies import may_decide_appeal
from civic_sourcing.moderation.signals import appeal_decided, appeal_filed
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.policies import written


class IsJudged(Policy):
    """Only whom the decision is about: the person, or the author of the text."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        person = notices.author_of(occasion.subject.case)
        user = occasion.user
        if person is not None and user is not None and person.user_id == user.pk:
            return None
        return Refusal(_("Only whom this decision is about can appeal it."))


class FileAppeal(Action[Decision]):
    """
    Appeal a decision once, with a ``text`` that says what is wrong with it. The result: the appeal.

    Somebody suspended may appeal as well. Refused when there was an appeal (``already-appealed``),
    the time is over (``too-late``), or another decision has taken the place of it (``replaced``).
    """

    verb = "appeal"
    policy = SignedIn() & IsJudged()
    announces = appeal_filed

    text: str

    def fresh_subject(self) -> Any:
        lock_matter(self.subject.case)
        return super().fresh_subject()

    def chain(self) -> UUID:
        return chain_of(self.subject.case)

    def check(self) -> None:
        refusal = appeal_refusal(self.subject, self.at)
        if refusal is not None:
            raise refusal
        self.words = normalise(
            self.text, max_length=TEXT_COLUMN, max_graphemes=conf.STATEMENT_LENGTH
        )

    def perform(self) -> Appeal:
        salt = secrets.token_bytes(32)
        appeal = Appeal.objects.create(
            decision=self.subject,
            appellant=Participant.objects.of(self.by),
            text=self.words,
            filed_at=self.at,
            due_at=self.at + timedelta(days=conf.APPEAL_TARGET_DAYS),
            salt=salt.hex(),
        )
        reference = f"civic_moderation.appeal:{appeal.uuid.hex}"
        self.reason = Reason.of(reference, self.words, salt=salt)
        notices.tell_appealed(appeal)
        return appeal

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "text": self.text}

    def audit_reason(self) -> Reason:
        return self.reason


class DecideAppeal(Deciding):
    """
    Decide an appeal: ``appeal_outcome`` upheld, reversed or changed, with ``reasons``.

    Reversed ends what the decision put into force and brings state, place and words back exactly.
    Changed puts another decision in its place, with everything ``DecideCase`` takes. Both leave a
    decision that cannot be appealed here again. Of two moderators at once the first wins
    (``already-decided``).
    """

    verb = "decide_appeal"
    policy = may_decide_appeal
    announces = appeal_decided

    subject: Any
    appeal_outcome: str
    reasons: str

    def fresh_subject(self) -> Any:
        case = self.subject.decision.case
        self.lock_places(case.process)
        lock_matter(case)
        return Action.fresh_subject(self)

    def chain(self) -> UUID:
        return chain_of(self.subject.decision.case)

    def check(self) -> None:
        appeal: Appeal = self.subject
        if appeal.state != AppealState.OPEN:
            raise ActionRefused(
                _("This appeal was decided on %(date)s already: “%(outcome)s”."),
                code="already-decided",
                date=written(appeal.decided_at or self.at),
                outcome=appeal.get_outcome_display(),
            )
        if self.appeal_outcome not in AppealOutcome.values:
            raise ActionRefused(_("Please choose a decision."), code="no-outcome")
        self.reasons = normalise(
            self.reasons or "", max_length=TEXT_COLUMN, max_graphemes=conf.STATEMENT_LENGTH
        )
        if graphemes(self.reasons) < conf.FACTS_LENGTH:
            raise ActionRefused(
                _("Please give reasons that the author can follow."), code="no-reasons"
            )
        self.origin, self.instead_of = Origin.APPEAL, appeal.decision
        self.decision, self.ended = appeal.decision, []
        if self.appeal_outcome != AppealOutcome.UPHELD:
            self._check_change(appeal.decision)

    def perform(self) -> Appeal:
        appeal, changed = self.subject, None
        salt = secrets.token_bytes(32)
        if self.appeal_outcome != AppealOutcome.UPHELD:
            changed = self.decide(appeal.decision.case, [appeal.decision])
        appeal.state, appeal.outcome = AppealState.DECIDED, self.appeal_outcome
        appeal.reasons, appeal.decided_at = self.reasons, self.at
        appeal.decided_by, appeal.decider = self.by, self.actor
        appeal.save()
        self.reason = Reason.of(
            f"civic_moderation.appeal:{appeal.uuid.hex}:decided", self.reasons, salt=salt
        )
        notices.tell_appeal_decided(appeal, changed)
        return appeal

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "outcome": self.appeal_outcome}

    def audit_details(self) -> dict[str, Any]:
        return {**super().audit_details(), "appeal": str(self.appeal_outcome)}

    def _check_change(self, decision: Decision) -> None:
        if decision.case.participant is not None:
            refuse_elsewhere(self.by, decision.case.process)
        if are_gone(decision):
            raise ActionRefused(
                _("What was taken away then is wiped by now, so it cannot be brought back."),
                code="wiped",
            )
        if self.appeal_outcome == AppealOutcome.REVERSED:
            self.outcome, self.facts = Outcome.LIFT, self.reasons
            self.check_reversal(decision.case)
        else:
            self.facts = self.facts or self.reasons
            self.check_draft(decision.case)

    def check_reversal(self, case: Case) -> None:
        """A reversal is possible whatever is in force by now; only its statement is checked."""
        self.draft = self.make_draft(case)
        self.draft.check()


def appeal_refusal(decision: Decision, at: Any) -> ActionRefused | None:
    """Return why ``decision`` cannot be appealed at ``at``, or ``None``."""
    if hasattr(decision, "appeal"):
        return ActionRefused(_("You have appealed this already."), code="already-appealed")
    if decision.appeal_until is None:
        return ActionRefused(_("This cannot be appealed here."), code="not-appealable")
    if decision.corrections.exists():
        return ActionRefused(
            _("Another decision has taken the place of this one. Please appeal that one."),
            code="replaced",
        )
    if at > decision.appeal_until:
        return ActionRefused(
            _("This could be appealed until %(date)s."),
            code="too-late",
            date=written(decision.appeal_until),
        )
    return None


def lock_matter(case: Case) -> None:
    """Lock what a case is about, and the case, in the order all steps keep to."""
    if case.contribution is not None:
        Contribution.objects.select_for_update(no_key=True).get(pk=case.contribution.pk)
    elif case.participant is not None:
        Participant.objects.select_for_update(no_key=True).get(pk=case.participant.pk)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
