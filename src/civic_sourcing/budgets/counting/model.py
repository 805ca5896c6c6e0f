"""An election as the counting rules see it: projects, ballots, a budget."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from .amounts import Amount
from .errors import Finding

PLACEHOLDER_COST = 999_999_999
"""Cost that published files give a project withdrawn after the vote, so that no rule funds it."""


class VoteType(StrEnum):
    """How a ballot is filled in; the names are those of the file format."""

    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"

    @property
    def has_points(self) -> bool:
        """Whether a ballot gives points of its own to each project."""
        return self in (VoteType.CUMULATIVE, VoteType.SCORING)


@dataclass(frozen=True, slots=True)
class Project:
    """
    What can be funded. ``cost`` is in major currency units, exact.

    ``position`` is the place in the file, from 0. A ``withdrawn`` project is passed over by every
    rule. ``columns`` holds the other columns of the file as text (``category``, ``selected``, …).
    ``area`` and ``category`` are codes of the ``CountRules`` it is counted by; a file has none.
    """

    id: str
    cost: Amount
    name: str = ""
    position: int = 0
    withdrawn: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    category: str = ""


class Ballot(NamedTuple):
    """
    Equal ballots, cast so many ``times``.

    ``projects`` are ids: best first on an ordinal ballot, in the order of the projects on any
    other. ``points`` run parallel to them where the vote type has points, else ``None``. A ballot
    without projects is an empty vote: it counts as a ballot and gives nobody a point.
    """

    projects: tuple[str, ...]
    points: tuple[Amount, ...] | None = None
    times: int = 1


class Papers(NamedTuple):
    """
    Ballots of the voters of one ``area`` and one ``group`` (codes; empty: none), equal ones merged.

    ``age`` and ``sex`` are of no concern to a count; a file that is written may have them.
    """

    ballots: tuple[Ballot, ...]
    area: str = ""
    group: str = ""
    age: str = ""
    sex: str = ""

    @property
    def ballot_count(self) -> int:
        """Number of ballots, empty ones included."""
        return sum([ballot.times for ballot in self.ballots])


@dataclass(frozen=True, slots=True)
class Electorate:
    """
    All ballots of a vote, by area and group of the voters, and how many people may vote.

    ``eligible`` is wanted only for a quorum in percent.
    """

    papers: tuple[Papers, ...]
    eligible: int | None = None

    @property
    def ballot_count(self) -> int:
        """Number of ballots cast, empty ones included."""
        return sum(papers.ballot_count for papers in self.papers)


@dataclass(frozen=True, slots=True)
class Election:
    """
    Projects, ballots and budget, with the rule and threshold that were announced.

    ``ballots`` are merged: equal ones occur once with how many there are, nothing tells who cast
    them. ``order`` holds, if it was asked for, the index into ``ballots`` of each ballot as cast.
    ``rule`` is the announced name as written (``None``: none), ``threshold`` the announced one
    (``None``: none). ``raise_by`` is a major unit of the currency, in what money is counted in
    here. ``lines`` tells on which line of the file a META key stands.
    """

    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    budget: Amount
    vote_type: VoteType = VoteType.APPROVAL
    rule: str | None = None
    threshold: Amount | None = None
    raise_by: Amount = 1
    meta: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    order: Sequence[int] | None = None
    warnings: tuple[Finding, ...] = ()

    @property
    def ballot_count(self) -> int:
        """Number of ballots cast, empty ones included."""
        return sum(ballot.times for ballot in self.ballots)

    @property
    def electorate(self) -> Electorate:
        """Its ballots, of voters of no particular area or group."""
        return Electorate((Papers(self.ballots),))

    def iter_ballots(self) -> Iterator[Ballot]:
        """Every ballot, one by one: as cast if ``order`` was kept, else equal ones together."""
        single = [ballot._replace(times=1) for ballot in self.ballots]
        if self.order is not None:
            yield from (single[index] for index in self.order)
            return
        for one, merged in zip(single, self.ballots, strict=True):
            for _ in range(merged.times):
                yield one
