"""All phases with how far they are, and the award ledger: every award, and money against prizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from civic_sourcing.challenges.models import Award, Decision, Prize, Ranking
from civic_sourcing.challenges.results_desk.base import FOLDER, ResultsScreen, address
from civic_sourcing.challenges.results_desk.shown import ShownDecision
from civic_sourcing.core import clock


@dataclass(frozen=True)
class AwardLine:
    """One award with what is planned and paid of it, in minor units."""

    award: Award
    url: str
    money: str
    planned: int
    paid: int
    written_paid: str
    moving_up: str = ""

    @property
    def is_uncovered(self) -> bool:
        """Whether its instalments do not come to it yet."""
        return self.award.is_in_force and self.planned != self.award.amount

    @property
    def waits_to_cancel(self) -> bool:
        return self.award.cancel_proposed_by is not None and self.award.is_in_force


def ledger_of(awards: Iterable[Award], way: Any, money: Any) -> list[AwardLine]:
    lines = []
    for award in awards:
        instalments = list(award.instalments.all())
        paid = sum(one.amount for one in instalments if one.paid_on)
        lines.append(
            AwardLine(
                award=award,
                url=way(award),
                money=money(award.amount) if award.amount else "",
                planned=sum(one.amount for one in instalments),
                paid=paid,
                written_paid=money(paid),
                moving_up=_moving_up(award),
            )
        )
    return lines


def _moving_up(award: Award) -> str:
    """How far it is that somebody moves up where the award ended; empty where it stands."""
    if award.is_in_force:
        return ""
    found = [one for one in award.moves_up.all() if one.withdrawn_at is None]
    if not found:
        return _("nobody moves up yet")
    told = ShownDecision(found[0], {}, [], 0, clock.now())
    return _("moves up: %(state)s") % {"state": told.state}


class LedgerScreen(ResultsScreen):
    """Where to go on: phases, awards, and what of each prize is given and paid."""

    template_name = f"{FOLDER}/ledger.html"

    def trail(self) -> list[tuple[str, Any]]:
        return super().trail()[:-1]

    @cached_property
    def lines(self) -> list[AwardLine]:
        rows = Award.objects.of(self.process)
        rows = rows.select_related(
            "placement__entry", "placement__prize", "placement__decision__round"
        )
        awards = list(rows.prefetch_related("instalments", "moves_up"))
        return ledger_of(
            awards, lambda award: address("award", self.process.uuid, award.uuid), self.money
        )

    def phases(self) -> list[dict[str, Any]]:
        """Every phase with the number of its latest ranking and the state of its decision."""
        standing = Decision.objects.standing().whole().filter(round__process=self.process)
        decided = {one.round_id: one for one in standing}
        rows = Ranking.objects.filter(round__process=self.process).order_by("number")
        numbers = dict(rows.values_list("round", "number"))
        at = clock.now()
        return [
            {
                "round": round_,
                "url": address("phase", self.process.uuid, round_.number),
                "version": numbers.get(round_.pk),
                "decision": ShownDecision(decided[round_.pk], {}, [], 0, at)
                if round_.pk in decided
                else None,
            }
            for round_ in self.rounds
        ]

    def prizes(self) -> list[dict[str, str]]:
        """Each prize with money: how much there is, how much is bound, how much is paid."""
        return [
            self.sums(
                prize.title,
                prize.amount,
                [line for line in self.lines if line.award.placement.prize_id == prize.pk],
            )
            for prize in Prize.objects.filter(process=self.process, amount__gt=0)
        ]

    def budget(self) -> dict[str, str]:
        """The same of all prize money."""
        return self.sums(_("All prize money"), self.facts.prize_total or 0, self.lines)

    def sums(self, title: str, amount: int, lines: Sequence[AwardLine]) -> dict[str, str]:
        bound = sum(line.award.amount for line in lines if line.award.is_in_force)
        paid = sum(line.paid for line in lines)
        written = (self.money(each) for each in (amount, bound, paid))
        return dict(zip(("title", "amount", "given", "paid"), (title, *written), strict=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "phases": self.phases(),
            "lines": self.lines,
            "prizes": self.prizes(),
            "budget": self.budget(),
            "nothing": _("nothing yet"),
        }
