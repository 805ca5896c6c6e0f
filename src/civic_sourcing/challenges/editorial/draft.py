"""A challenge as it stands while it is written, read once for everything that looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.editorial.texts import drafts_of
from civic_sourcing.challenges.models import (
    Approval,
    ChallengeFacts,
    Criterion,
    CrowdVote,
    Prize,
    Round,
)
from civic_sourcing.core.money import to_minor_units
from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Draft:
    """``pages`` are the latest drafts, that of the first language first; ``today`` is the day."""

    facts: ChallengeFacts
    pages: Sequence[Any]
    rounds: Sequence[Round]
    criteria: Sequence[Criterion]
    crowd_votes: Sequence[CrowdVote]
    prizes: Sequence[Prize]
    approvals: Sequence[Approval]
    today: date

    @classmethod
    def of(cls, process: Process, today: date) -> Draft:
        rounds = Round.objects.of(process)
        criteria = Criterion.objects.filter(round__process=process).select_related("round")
        return cls(
            facts=ChallengeFacts.objects.of(process),
            pages=drafts_of(process),
            rounds=list(rounds),
            criteria=list(criteria.order_by("round__number", "position", "pk")),
            crowd_votes=list(CrowdVote.objects.filter(round__process=process)),
            prizes=list(Prize.objects.filter(process=process)),
            approvals=list(Approval.objects.filter(process=process)),
            today=today,
        )

    @property
    def page(self) -> Any:
        """The page whose texts have to be complete; the others are translations."""
        return self.pages[0]

    @property
    def total(self) -> int:
        """The prize money in minor units."""
        return self.facts.prize_total or 0

    @property
    def in_parts(self) -> int:
        """What the parts of the prizes come to, in minor units."""
        return sum(prize.amount for prize in self.prizes)

    def limits_passed(self) -> list[int]:
        """The limits, in minor units, above which the prize money needs somebody's approval."""
        currency = self.facts.currency
        limits = (
            to_minor_units(limit, currency) for limit in conf.CHALLENGE_APPROVALS.get(currency, [])
        )
        return sorted(limit for limit in limits if self.total > limit)

    def limits_open(self) -> list[int]:
        """Those of them nobody has approved yet. Who approves a higher limit knows the lower."""
        highest = max((each.limit for each in self.approvals), default=0)
        return [limit for limit in self.limits_passed() if limit > highest]

    @property
    def days_of_notice_left(self) -> int:
        """How many days the approvals of a very large sum still have to wait."""
        above = conf.CHALLENGE_NOTICE_ABOVE.get(self.facts.currency)
        if above is None or self.total <= to_minor_units(above, self.facts.currency):
            return 0
        latest = max((each.approved_on for each in self.approvals), default=self.today)
        return max(conf.CHALLENGE_NOTICE_DAYS - (self.today - latest).days, 0)
