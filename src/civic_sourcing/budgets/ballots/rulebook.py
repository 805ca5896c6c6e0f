"""The rules of one vote: everything that decides what a ballot may hold and who wins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from civic_sourcing.budgets.counting.amounts import Amount
from civic_sourcing.budgets.counting.plan import AreaUse, CategoryWinners
from civic_sourcing.budgets.counting.ties import Tie

from .documents import UNLESS_EMPTY, RulebookError, read_document, written
from .limits import BallotType, Limits

VERSION = 1
"""Version of the document's form; goes up when a field changes its meaning."""


class Scope(StrEnum):
    """Whether limits hold for the whole ballot, or for each area's part of it by itself."""

    BALLOT = "ballot"
    AREA = "area"


class Faulty(StrEnum):
    """What becomes of a ballot that breaks a limit: given back to the voter, or cast as void."""

    REFUSE = "refuse"
    VOID = "void"


class OnPaper(StrEnum):
    """
    Whether people may also vote at a polling place, and which ballot of one voter then counts.

    With ``paper`` the sheet counts whatever was cast online; with ``last`` the later of the two.
    """

    NONE = "none"
    PAPER = "paper"
    LAST = "last"


class Of(StrEnum):
    """What a least amount is counted in: voters, or percent of all who voted."""

    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """
    A part of town with money of its own (``budget``, minor units); ``town_wide`` is the whole town.

    ``limits`` replace the rulebook's for this area's part of the ballot, where limits hold by area.
    """

    code: str
    budget: int
    town_wide: bool = False
    limits: Limits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProject:
    """
    A project on the ballot paper; ``cost`` in minor units, a ``category`` code or none.

    A ``withdrawn`` one keeps its number and can no longer be chosen.
    """

    number: str
    cost: int
    area: str
    category: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLimit:
    """How many projects of a category a ballot is for; ``most`` may be open (``None``)."""

    code: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """Who chooses ``project`` must choose ``needs`` as well. Both are numbers."""

    project: str
    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterGroup:
    """A group of voters and what its ballots weigh together, in percent of the whole."""

    code: str
    weight: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """A least number of voters: so many (``count``), or so many percent of all who voted."""

    value: Amount
    of: Of = Of.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class WinnerRule:
    """How the money is given out, by the names of ``counting``; empty options do not apply."""

    name: str
    utility: str = ""
    completion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTimes:
    """When a phase runs: from ``opens_at`` up to and without ``closes_at`` (``None``: open)."""

    kind: str
    opens_at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """
    The rules of one vote, as frozen when it opens. Money is in minor units of ``currency``.

    ``projects`` stand in the order of the ballot paper. ``limits`` say what kind of ballot it is
    and hold by ``scope``; with ``may_leave_area_empty`` an area in which nothing is chosen breaks
    no lower limit. Of each set in ``exclusive`` (numbers) a ballot may be for one project at most.
    ``categories`` limit what a ballot is for, ``category_winners`` what is funded.
    ``threshold`` is the least support a project needs, ``quorum`` the least turnout (its percent
    are of all who may vote). ``lot_seed`` says where the seed of a drawn tie comes from,
    ``eligibility`` holds the keys of what is asked of voters, ``mandate`` what the result does.

    Contradictory rules can be written down; ``open_points`` finds them.
    """

    vote: str
    currency: str
    limits: Limits
    areas: tuple[Area, ...]
    projects: tuple[PaperProject, ...]
    winner: WinnerRule
    area_use: AreaUse = AreaUse.ALL
    scope: Scope = Scope.BALLOT
    may_leave_area_empty: bool = False
    categories: tuple[CategoryLimit, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    groups: tuple[VoterGroup, ...] = ()
    faulty: Faulty = Faulty.REFUSE
    on_paper: OnPaper = OnPaper.NONE
    threshold: Least | None = None
    quorum: Least | None = None
    tie: Tie = Tie.ORDER
    lot_seed: str = ""
    eligibility: tuple[str, ...] = ()
    mandate: str = ""
    phases: tuple[PhaseTimes, ...] = ()
    category_winners: tuple[CategoryWinners, ...] = field(default=(), metadata=UNLESS_EMPTY)

    @property
    def ballot_type(self) -> BallotType:
        return self.limits.ballot_type

    def document(self) -> dict[str, Any]:
        """
        Return the rules as plain lists, texts, whole numbers and truth values.

        Decimals are texts (``"2.5"``), times ISO 8601 in UTC with microseconds.
        """
        return {"version": VERSION, **written(self)}

    def canonical(self) -> str:
        """Return the document as JSON with sorted keys and no spaces: equal rules, equal text."""
        return json.dumps(
            self.document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @classmethod
    def from_document(cls, document: Any) -> Rulebook:
        """
        Return the rules that ``document`` was made from.

        Raises ``RulebookError`` naming the place if anything is missing, superfluous or of another
        type than ``document()`` writes.
        """
        return read_document(cls, document, VERSION)

    @classmethod
    def load(cls, text: str) -> Rulebook:
        """
        Return the rules that ``text`` was written from, as ``canonical`` writes them.

        Raises ``RulebookError`` for any other text, were it only a space longer.
        """
        try:
            document = json.loads(text)
        except (TypeError, ValueError, RecursionError):
            raise RulebookError("", "JSON", text) from None
        rulebook = cls.from_document(document)
        if rulebook.canonical() != text:
            raise RulebookError("", "canonical JSON", text)
        return rulebook

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of all projects, in the order of the paper."""
        return tuple(project.number for project in self.projects)

    @cached_property
    def by_number(self) -> dict[str, PaperProject]:
        return {project.number: project for project in self.projects}

    @cached_property
    def by_area(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def town_wide(self) -> frozenset[str]:
        """Codes of the areas that are the whole town."""
        return frozenset(area.code for area in self.areas if area.town_wide)

    def areas_of(self, own: str) -> frozenset[str]:
        """
        Return the codes of the areas on the ballot paper of a voter who lives in ``own``.

        Empty if the voter lives in none and may use only their own. Where one area of choice may
        be used, all are on the paper, and a ballot keeps to one of them.
        """
        known = frozenset({own} & set(self.by_area))
        match self.area_use:
            case AreaUse.OWN:
                return known
            case AreaUse.OWN_AND_TOWN:
                return known | self.town_wide
            case _:
                return frozenset(self.by_area)

    def paper(
        self, areas: Collection[str], withdrawn: Collection[str] = ()
    ) -> tuple[PaperProject, ...]:
        """
        Return the projects that can be chosen in these areas, in the order of the paper.

        ``withdrawn`` are numbers taken off the paper after the rules were frozen.
        """
        return tuple(
            project
            for project in self.projects
            if project.area in areas and not project.withdrawn and project.number not in withdrawn
        )
