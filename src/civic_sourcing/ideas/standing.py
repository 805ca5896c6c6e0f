"""How somebody stands to an idea: what the support button shows, and whether it can be pressed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from civic_sourcing.core.policies import Occasion, Refusal
from civic_sourcing.ideas.models import IdeaMixin
from civic_sourcing.ideas.policies import may_support, may_withdraw_support, while_support_is_taken


@dataclass(frozen=True)
class Standing:
    """
    ``supporters`` in number, ``mine`` if this person is one of them, and ``refusal`` if the button
    does nothing for them now. Somebody signed out is refused only what signing in would not change.
    """

    idea: IdeaMixin
    supporters: int
    mine: bool
    refusal: Refusal | None

    @classmethod
    def of(cls, user: Any, idea: IdeaMixin, *, at: datetime) -> Self:
        """How ``user`` (anonymous or not) stands to ``idea`` at ``at``."""
        supports = idea.supports
        mine = user.is_authenticated and supports.filter(participant__user=user).exists()
        if user.is_authenticated:
            policy = may_withdraw_support if mine else may_support
        else:
            policy = while_support_is_taken
        return cls(idea, supports.count(), mine, policy.refusal(Occasion(user, idea, at)))
