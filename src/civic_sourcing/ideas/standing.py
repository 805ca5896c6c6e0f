"""How somebody stands to an idea: what the support button shows, and whether it can be pressed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Count, Min, Q

from civic_sourcing.core.policies import Occasion, Refusal
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.models import IdeaMixin
from civic_sourcing.ideas.policies import may_be_supported, may_support, may_withdraw_support
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import participant_of


@dataclass(frozen=True)
class Standing:
    """
    ``supporters`` in number, ``mine`` if this person is one of them, and ``refusal`` if the button
    does nothing for them now. Somebody signed out is refused only what signing in would not change.
    ``told`` is whether people may see the number, ``since`` when the first of them came.
    ``earlier`` of them support a version that said something else; this person ``is_asked`` if so.
    """

    idea: IdeaMixin
    supporters: int
    mine: bool
    refusal: Refusal | None
    told: bool = True
    since: datetime | None = None
    earlier: int = 0
    is_asked: bool = False

    @property
    def of_this_version(self) -> int:
        return self.supporters - self.earlier

    @classmethod
    def of(
        cls, user: Any, idea: IdeaMixin, *, at: datetime, participant: Participant | None = None
    ) -> Self:
        """
        How ``user`` (anonymous or not) stands to ``idea`` at ``at``; ``participant`` is who they
        are here, where that was looked up already.
        """
        participant = participant or participant_of(user)
        earlier = Q(version__lt=idea.material_version)
        counts: dict[str, Any] = {
            "number": Count("pk"),
            "since": Min("created_at"),
            "earlier": Count("pk", filter=earlier),
        }
        if participant:
            own = Q(participant=participant)
            counts["own"] = Count("pk", filter=own)
            counts["own_earlier"] = Count("pk", filter=own & earlier)
        support = idea.supports.aggregate(**counts)
        mine = support.get("own", 0) > 0
        if user.is_authenticated:
            policy = may_withdraw_support if mine else may_support
        else:
            policy = may_be_supported
        occasion = Occasion(user, idea, at, {"participant": participant})
        told = are_supports_told(idea.process, at)
        refusal = policy.refusal(occasion)
        return cls(
            idea,
            support["number"],
            mine,
            refusal,
            told,
            support["since"],
            earlier=support["earlier"],
            is_asked=support.get("own_earlier", 0) > 0,
        )
