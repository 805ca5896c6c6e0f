"""Taking one's idea back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import normalise
from civic_sourcing.ideas.actions.edit import refuse_words
from civic_sourcing.ideas.models import IdeaWithdrawal
from civic_sourcing.ideas.signals import idea_withdrawn
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.ideas.writing.policies import may_withdraw_idea

TEXT_COLUMN, LONGEST = 1000, 500


class WithdrawIdea(IdeaStep):
    """
    Take one's idea back, with a ``reason`` (a code of ``IdeaWithdrawal``) and perhaps a ``text``.

    What was published stays readable, marked, with its reason; what nobody has seen is never shown,
    and leaves none. Refused while moderators hide it. The result is the ``IdeaWithdrawal``.
    """

    verb = "withdraw"
    announces = idea_withdrawn
    policy = may_withdraw_idea

    reason: str
    text: str = ""

    def check(self) -> None:
        if self.reason not in IdeaWithdrawal.Reason.values:
            raise ActionRefused(_("Please choose a reason."), code="unknown-reason")
        if self.text.strip():
            self.text = normalise(self.text, max_length=TEXT_COLUMN, max_graphemes=LONGEST)
            refuse_words(self.subject, self.text, self.at)

    def perform(self) -> IdeaWithdrawal | None:
        idea = self.subject
        idea.contribution = WithdrawContribution(idea.contribution, by=self.by).execute()
        idea.refresh_from_db(fields=["live", "stage"])
        if not idea.contribution.is_public:
            return None
        return IdeaWithdrawal.objects.create(
            contribution=idea.contribution,
            reason=self.reason,
            text=self.text,
            withdrawn_at=self.at,
        )

    def content(self) -> dict[str, Any]:
        """Tell requests apart by what is said."""
        return {"subject": self.subject, "arguments": self.arguments}

    def audit_details(self) -> dict[str, Any]:
        return {"reason": str(self.reason), "state": str(self.subject.contribution.state)}
