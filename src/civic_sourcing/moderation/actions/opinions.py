"""Giving a second opinion, blind; and reading what was preserved, which the log remembers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion, Policy, Refusal
from civic_sourcing.moderation.actions.steps import chain_of
from civic_sourcing.moderation.deciding.outcomes import NEEDS_RULE
from civic_sourcing.moderation.models import (
    AppealState,
    Decision,
    NetiquetteRule,
    Outcome,
    PreservedText,
    SecondOpinion,
)
from civic_sourcing.moderation.policies import may_decide_appeal, may_moderate_case

PRESERVED = "civic_moderation.read_preserved"


class GiveSecondOpinion(Action[SecondOpinion]):
    """
    Say what one would have decided: ``outcome``, and the ``rule`` where one was broken.

    ``agrees`` then says whether both are the same as in the decision. Changes nothing else.
    """

    verb = "give_second_opinion"
    policy = may_decide_appeal

    outcome: str
    rule: NetiquetteRule | None = None

    def chain(self) -> UUID:
        return chain_of(self.subject.decision.case)

    def check(self) -> None:
        if self.subject.given_at is not None:
            raise ActionRefused(_("A second opinion was given already."), code="already-given")
        if self.outcome not in Outcome.values:
            raise ActionRefused(_("Please choose what you would decide."), code="no-outcome")
        if self.outcome in NEEDS_RULE and self.rule is None:
            raise ActionRefused(_("Please choose the rule that was broken."), code="no-rule")

    def perform(self) -> SecondOpinion:
        opinion, decision = self.subject, self.subject.decision
        opinion.outcome = self.outcome
        opinion.rule = self.rule if self.outcome in NEEDS_RULE else None
        same_rule = opinion.rule is None or opinion.rule.is_same_as(decision.rule)
        opinion.agrees = self.outcome == decision.outcome and same_rule
        opinion.moderator, opinion.given_at = self.by, self.at
        opinion.save()
        return opinion

    def audit_details(self) -> dict[str, Any]:
        return {"outcome": str(self.outcome), "agrees": bool(self.subject.agrees)}


class NeedsPreserved(Policy):
    """Who has the permission, or decides an appeal or gives a second opinion on it."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        decision = occasion.subject
        if occasion.user is not None and occasion.user.has_perm(PRESERVED):
            return None
        appeal = getattr(decision, "appeal", None)
        opinion = getattr(decision, "second_opinion", None)
        asked = (appeal is not None and appeal.state == AppealState.OPEN) or (
            opinion is not None and opinion.given_at is None
        )
        if asked and may_decide_appeal.allows(occasion):
            return None
        return Refusal(_("This text is preserved for appeals only."))


class ReadPreservedText(Action[Decision]):
    """Read the original of what a decision took away. The log remembers it. ``None``: wiped."""

    verb = "read_preserved"
    policy = may_moderate_case & NeedsPreserved()

    def chain(self) -> UUID:
        return chain_of(self.subject.case)

    def perform(self) -> PreservedText | None:
        kept = PreservedText.objects.kept()
        return kept.filter(decision=self.subject).first()
