"""From a frozen rulebook and stored ballots to what the pure counting is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count as Number

from civic_sourcing.budgets.ballots import Rulebook, Scope
from civic_sourcing.budgets.counting import (
    AreaMoney,
    Ballot,
    CountRules,
    Electorate,
    GroupWeight,
    Least,
    Need,
    Papers,
    Project,
    VoteType,
)
from civic_sourcing.budgets.counting import AreaUse as CountedAreaUse
from civic_sourcing.budgets.counting import Of as CountedOf
from civic_sourcing.budgets.counting import Tie as CountedTie
from civic_sourcing.budgets.counting.amounts import Amount, parse_amount
from civic_sourcing.budgets.elections import COUNTED_AS
from civic_sourcing.budgets.models import Ballot as BallotRow
from civic_sourcing.budgets.models import PaperBatch, SetAside, VoteRun
from civic_sourcing.budgets.rulebooks import withdrawn_numbers
from civic_sourcing.core.money import minor_digits

AT_ONCE = 5000

Tell = Callable[[int], None]
"""Is told how many ballots have been read so far."""


@dataclass(frozen=True)
class Basis:
    """
    What a count is made of beside the ballots that were cast.

    ``set_aside`` are trackers that two people have set aside, ``batches`` the UUIDs of the accepted
    batches of sheets that stand, ``withdrawn`` the numbers of projects; each sorted.
    """

    set_aside: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @classmethod
    def of(cls, run: VoteRun) -> Basis:
        """How it stands with ``run`` now."""
        aside = SetAside.objects.filter(run=run, approved_at__isnull=False)
        batches = PaperBatch.objects.standing().filter(place__run=run, accepted_at__isnull=False)
        return cls(
            tuple(sorted(aside.values_list("tracker", flat=True))),
            tuple(sorted(map(str, batches.order_by().values_list("uuid", flat=True)))),
            tuple(sorted(withdrawn_numbers(run.process))),
        )

    @classmethod
    def of_document(cls, document: dict[str, Any]) -> Basis:
        """What a count was made of, by its document."""
        basis = document["basis"]
        return cls(*(tuple(basis[name]) for name in ("set_aside", "batches", "withdrawn")))

    def document(self) -> dict[str, list[str]]:
        return {
            "set_aside": list(self.set_aside),
            "batches": list(self.batches),
            "withdrawn": list(self.withdrawn),
        }

    def ballots(self, run: VoteRun, *, with_set_aside: bool = False) -> Any:
        """The rows of ``run`` that are counted, with those set aside if asked for."""
        rows = BallotRow.objects.filter(run=run)
        stale = PaperBatch.objects.filter(place__run=run).exclude(uuid__in=self.batches)
        rows = rows.exclude(batch__in=stale)
        if with_set_aside or not self.set_aside:
            return rows
        aside = SetAside.objects.filter(run=run, tracker__in=self.set_aside)
        return rows.exclude(mark__in=aside.values("mark"))


def rules_of_vote(rulebook: Rulebook, *, drawn: str = "") -> CountRules:
    """
    Return what ``rulebook`` says about winning; ``drawn`` is what came out of the announced draw.

    Limits of categories for ballots do not hold for winners, which have their own. Of exclusive
    projects one wins at most, and none without the one it needs.
    """
    winner = rulebook.winner
    return CountRules(
        areas=tuple(
            AreaMoney(code=area.code, budget=area.budget, town_wide=area.town_wide)
            for area in rulebook.areas
        ),
        rule=winner.name,
        vote_type=COUNTED_AS.get(rulebook.ballot_type) or VoteType(rulebook.ballot_type),
        utility=winner.utility,
        completion=winner.completion,
        raise_by=10 ** minor_digits(rulebook.currency),
        tie=CountedTie(rulebook.tie),
        seed=drawn,
        threshold=_least(rulebook.threshold),
        quorum=_least(rulebook.quorum),
        area_use=CountedAreaUse(rulebook.area_use),
        apart=rulebook.scope == Scope.AREA and len(rulebook.areas) > 1,
        categories=rulebook.category_winners,
        exclusive=rulebook.exclusive,
        dependencies=tuple(
            Need(project=each.project, needs=each.needs) for each in rulebook.dependencies
        ),
        groups=tuple(GroupWeight(code=g.code, weight=g.weight) for g in rulebook.groups),
    )


def projects_of_vote(rulebook: Rulebook, withdrawn: Collection[str] = ()) -> tuple[Project, ...]:
    """Return the projects on the paper; ``withdrawn`` are those taken off it later."""
    return tuple(
        Project(
            id=project.number,
            cost=project.cost,
            position=position,
            withdrawn=project.withdrawn or project.number in withdrawn,
            area=project.area,
            category=project.category,
        )
        for position, project in enumerate(rulebook.projects)
    )


def papers_of(
    run: VoteRun,
    *,
    with_set_aside: bool = False,
    basis: Basis | None = None,
    tell: Tell | None = None,
) -> tuple[Papers, ...]:
    """
    Return the ballots of a closed ``run`` by area and group, equal ones once with their number.

    ``basis`` is what an earlier count was made of; without it, how it stands now.
    """
    rows = (basis or Basis.of(run)).ballots(run, with_set_aside=with_set_aside)
    found: dict[tuple[str, str], list[Ballot]] = {}
    reader = _Reader()
    for area, group, content, number in _merged(rows, tell):
        found.setdefault((area, group), []).append(reader.ballot(content, number))
    return tuple(Papers(tuple(found[key]), *key) for key in sorted(found)) or (Papers(()),)


def electorate_of(run: VoteRun, *, eligible: int | None = None, **how: Any) -> Electorate:
    """The ballots of ``run`` (``how`` as ``papers_of`` has it), and how many people may vote."""
    return Electorate(papers_of(run, **how), eligible)


class _Reader:
    """Makes ballots of stored contents; numbers are kept once, however often they are named."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def ballot(self, content: str, number: int) -> Ballot:
        document = json.loads(content)
        points = document.get("points")
        return Ballot(
            projects=tuple([self._known.setdefault(name, name) for name in document["vote"]]),
            points=None if points is None else tuple([_amount(value) for value in points]),
            times=number,
        )


def _merged(rows: Any, tell: Tell | None) -> Iterator[tuple[str, str, str, int]]:
    """Area, group, content and number of equal ballots; the database does not hand out others."""
    grouped = rows.order_by().values_list("area", "group", "content").annotate(n=Number("*"))
    read = 0
    for place, row in enumerate(grouped.iterator(chunk_size=AT_ONCE), start=1):
        yield cast(tuple[str, str, str, int], row)
        read += row[3]
        if tell and not place % AT_ONCE:
            tell(read)
    if tell:
        tell(read)


def _amount(value: int | str) -> Amount:
    return value if isinstance(value, int) else parse_amount(value, signed=True)


def _least(least: Any) -> Least | None:
    return None if least is None else Least(least.value, CountedOf(least.of))
