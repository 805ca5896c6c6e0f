"""
Everything that decides a count: rule, money, areas, groups, threshold, quorum, ties.

A ``CountRules`` is written to and read from a plain document without loss, so that a published
count can be repeated by anybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .amounts import Amount, read_written, written
from .model import Election, VoteType
from .ties import Tie, TieRule, tie_rule

UTILITIES = ("cost", "cardinality")
"""What a funded project is worth to its supporters under Equal Shares; the first is usual."""

COMPLETIONS = ("none", "add1", "add1u", "greedy", "add1-greedy")
"""How Equal Shares gives out what is left over; the first is usual."""


class AreaUse(StrEnum):
    """Which voters have an area on their paper; they share its money under Equal Shares."""

    OWN = "own"
    ONE = "one"
    OWN_AND_TOWN = "own_and_town"
    ALL = "all"


class Of(StrEnum):
    """What a least amount is counted in: points, voters, or percent of voters."""

    SCORE = "score"
    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Least:
    """
    A least amount, inclusive. Percent need not be whole.

    A threshold in percent is of all whose ballot paper had the project, a quorum of all who may
    vote.
    """

    value: Amount
    of: Of = Of.COUNT


@dataclass(frozen=True, slots=True)
class AreaMoney:
    """A part of town with money of its own; ``town_wide`` is the whole town."""

    code: str
    budget: Amount
    town_wide: bool = False


@dataclass(frozen=True, slots=True)
class CategoryWinners:
    """How many projects of a category are funded: at least, if there are so many, and at most."""

    code: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """``project`` is funded only if the project ``needs`` is. Both are ids."""

    project: str
    needs: str


@dataclass(frozen=True, slots=True)
class GroupWeight:
    """What the ballots of a group of voters weigh together, beside those of the other groups."""

    code: str
    weight: Amount


@dataclass(frozen=True, kw_only=True)
class CountRules:
    """
    The rules of one count.

    ``rule`` is a name of ``RULES``; ``utility`` and ``completion`` are for Equal Shares, and so is
    ``raise_by``: by how much *add1* raises shares, one major unit of the currency. ``seed``
    is the announced text a drawn tie is drawn from. Every project belongs to one of ``areas``, by
    code; a vote without areas has a single one, whose code may be empty. ``apart`` says that a
    ranking is a ranking by itself in each area. Of each set in ``exclusive`` (ids) one project is
    funded at most. In a vote with ``groups`` a ballot of no group gives no points.
    """

    areas: tuple[AreaMoney, ...]
    rule: str = "greedy"
    vote_type: VoteType = VoteType.APPROVAL
    utility: str = ""
    completion: str = ""
    raise_by: Amount = 1
    tie: Tie = Tie.ORDER
    seed: str = ""
    threshold: Least | None = None
    quorum: Least | None = None
    area_use: AreaUse = AreaUse.ALL
    apart: bool = False
    categories: tuple[CategoryWinners, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    dependencies: tuple[Need, ...] = ()
    groups: tuple[GroupWeight, ...] = ()

    @classmethod
    def of_election(cls, election: Election, **more: Any) -> "CountRules":
        """Rules for an election read from a file: one area without a name, its money, its kind."""
        return cls(
            areas=(AreaMoney("", election.budget),),
            vote_type=election.vote_type,
            raise_by=election.raise_by,
            **more,
        )

    @property
    def budget(self) -> Amount:
        """The money of all areas together."""
        return sum([area.budget for area in self.areas], start=0)

    @property
    def tie_rule(self) -> TieRule:
        """Raises ``ValueError`` for a draw without seed."""
        return tie_rule(self.tie, self.seed)

    def to_document(self) -> dict[str, Any]:
        """The rules as plain lists, texts, whole numbers and truth values; keys as the fields."""
        return {
            "areas": [
                {"code": a.code, "budget": written(a.budget), "town_wide": a.town_wide}
                for a in self.areas
            ],
            "rule": self.rule,
            "vote_type": str(self.vote_type),
            "utility": self.utility,
            "completion": self.completion,
            "raise_by": written(self.raise_by),
            "tie": str(self.tie),
            "seed": self.seed,
            "threshold": _least_written(self.threshold),
            "quorum": _least_written(self.quorum),
            "area_use": str(self.area_use),
            "apart": self.apart,
            "categories": [
                {"code": c.code, "least": c.least, "most": c.most} for c in self.categories
            ],
            "exclusive": [list(ids) for ids in self.exclusive],
            "dependencies": [{"project": n.project, "needs": n.needs} for n in self.dependencies],
            "groups": [{"code": g.code, "weight": written(g.weight)} for g in self.groups],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "CountRules":
        """
        Return the rules ``to_document`` wrote.

        Raises ``ValueError`` for keys too many or too few and for values of another kind.
        """
        if odd := sorted(set(document) ^ set(_READERS)):
            raise ValueError(f"expected the keys {', '.join(_READERS)}; at odds: {', '.join(odd)}")
        try:
            return cls(**{name: read(document[name]) for name, read in _READERS.items()})
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"these are no rules of a count: {error}") from None


def _least_written(least: Least | None) -> dict[str, Any] | None:
    return None if least is None else {"value": written(least.value), "of": str(least.of)}


def _least(value: Any) -> Least | None:
    return None if value is None else Least(read_written(value["value"]), Of(value["of"]))


def _each(make: Callable[..., Any], **readers: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(rows: Any) -> tuple[Any, ...]:
        return tuple(
            make(**{key: readers.get(key, _same)(value) for key, value in row.items()})
            for row in rows
        )

    return read


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {value!r}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, not {value!r}")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "areas": _each(AreaMoney, code=_text, budget=read_written, town_wide=_flag),
    "rule": _text,
    "vote_type": VoteType,
    "utility": _text,
    "completion": _text,
    "raise_by": read_written,
    "tie": Tie,
    "seed": _text,
    "threshold": _least,
    "quorum": _least,
    "area_use": AreaUse,
    "apart": _flag,
    "categories": _each(CategoryWinners, code=_text),
    "exclusive": lambda rows: tuple(tuple(map(_text, ids)) for ids in rows),
    "dependencies": _each(Need, project=_text, needs=_text),
    "groups": _each(GroupWeight, code=_text, weight=read_written),
}
