"""
The three votes the town holds itself: where each stands, its rules, how people voted.

``vote_texts/`` has their words; ``appeal`` there is how much anybody likes a project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Choice,
    CumulativeLimits,
    Limits,
)

FOLDER = Path(__file__).with_name("vote_texts")
SEED = 20260905
HOME_FACTOR = 3
DAY = timedelta(days=1)
LANGUAGES = ("en", "ko")

Proposal = dict[str, Any]


@dataclass(frozen=True)
class HeldVote:
    """
    One vote. ``phases`` are the kinds with the days from now on which they begin; each ends where
    the next begins. ``areas`` is the money of each area; of one category a ballot is for
    ``most_of_a_field`` projects at most.
    """

    name: str
    slug: str
    amount: int
    limits: Limits
    phases: Mapping[str, int]
    voters: int = 0
    areas: Mapping[str, int] | None = None
    most_of_a_field: int | None = None

    @property
    def proposals(self) -> list[Proposal]:
        return read(self.name)

    @property
    def words(self) -> dict[str, dict[str, str]]:
        words: dict[str, dict[str, str]] = read("pages")[self.name]
        return words


OPEN_NOW = HeldVote(
    name="districts",
    slug="districts",
    amount=1_500_000_000,
    limits=ApprovalLimits(least=1, most=5),
    phases={"projects": -18, "voting": -4, "counting": 10, "results": 12, "delivery": 40},
    voters=183,
    areas={
        "riverside": 300_000_000,
        "oldtown": 300_000_000,
        "hanbit": 400_000_000,
        "dongsan": 250_000_000,
        "saebyeok": 250_000_000,
    },
    most_of_a_field=2,
)
REHEARSED = HeldVote(
    name="youth",
    slug="youth-budget",
    amount=30_000_000,
    limits=CumulativeLimits(total=10, most_points=5),
    phases={"projects": -2, "voting": 20, "counting": 34, "results": 36},
)
CLOSED = HeldVote(
    name="small",
    slug="small-money",
    amount=20_000_000,
    limits=ApprovalLimits(least=1, most=3),
    phases={"projects": -50, "voting": -40, "counting": -26, "results": -24, "delivery": -10},
    voters=94,
)
VOTES = (OPEN_NOW, REHEARSED, CLOSED)


@cache
def read(name: str) -> Any:
    """Return what a file of the folder holds."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def named(kind: str) -> Iterator[tuple[str, dict[str, str], Sequence[Any]]]:
    """Yield areas or categories: code, names by language, what else the file says."""
    for code, (english, korean, *rest) in read("pages")[kind].items():
        yield code, {"en": english, "ko": korean}, rest


def ballots(vote: HeldVote) -> Iterator[tuple[str, Choice]]:
    """Yield where each voter lives and a ballot that keeps to the rules; the same every time."""
    random = Random(f"{SEED} {vote.name}")  # noqa: S311
    areas = list(vote.areas or [""])
    for _voter in range(vote.voters):
        home = random.choice(areas)
        yield home, _filled_in(random, vote, home)


def _filled_in(random: Random, vote: HeldVote, home: str) -> Choice:
    wanted = random.randint(1, vote.limits.most or 1)
    most, chosen = vote.most_of_a_field or wanted, []
    for proposal in _by_taste(random, vote.proposals, home):
        of_the_field = sum(each["category"] == proposal["category"] for each in chosen)
        if of_the_field < most and len(chosen) < wanted:
            chosen.append(proposal)
    return Choice.ticked(*([each["number"] for each in rows] for rows in (chosen, vote.proposals)))


def _by_taste(random: Random, proposals: list[Proposal], home: str) -> list[Proposal]:
    """The proposals in an order somebody likes: what has more appeal, or is near, sooner."""

    def liking(proposal: Proposal) -> float:
        weight = proposal["appeal"] * (HOME_FACTOR if proposal["area"] == home else 1)
        return float(random.random() ** (1 / weight))

    return sorted(proposals, key=liking, reverse=True)
