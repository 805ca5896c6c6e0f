"""
Ties: which of two projects that have the same score goes first.

Whatever the rule, no two projects are ever equal under it, and only ``order`` looks at the place a
project has on the ballot paper or in the file.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .model import Project

_DIGITS = re.compile("([0-9]+)")


class Tie(StrEnum):
    """Rules of ties by name."""

    ORDER = "order"
    COST = "cost"
    NUMBER = "number"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class TieRule:
    """
    Decides between projects of equal score: the smaller ``key`` goes first.

    ``key`` must give every project of an election a value of its own, all comparable.
    """

    name: str
    key: Callable[[Project], Any]


FILE_ORDER = TieRule("order", key=lambda project: project.position)
"""Equal scores keep the order of the projects on the ballot paper, or in the file."""

BY_NUMBER = TieRule("number", key=lambda project: number_key(project.id))
"""The lower number goes first: 2 before 10, A2 before A10, 1 before 01."""

BY_COST = TieRule("cost", key=lambda project: (project.cost, number_key(project.id)))
"""The cheaper project goes first, of two that cost the same the one with the lower number."""


def by_lot(seed: str) -> TieRule:
    """
    Draw one order of all projects from ``seed``, a text announced before the vote ends.

    A project's lot is the SHA-256 of the seed, a line feed and the project's id, in UTF-8; the
    smallest goes first. ``printf 'seed\\n7' | sha256sum`` is the lot of project 7. White space
    around the seed does not belong to it. Raises ``ValueError`` for an empty seed.
    """
    seed = seed.strip()
    if not seed:
        raise ValueError("a draw needs a seed, not ''")
    return TieRule("lot", key=lambda project: (lot(seed, project.id), project.id))


def lot(seed: str, project_id: str) -> str:
    """The lot that ``project_id`` draws from ``seed``, in hexadecimal."""
    return hashlib.sha256(f"{seed}\n{project_id}".encode("utf-8", "surrogatepass")).hexdigest()


def draw(seed: str, projects: Iterable[Project]) -> list[str]:
    """The ids of ``projects`` in the order drawn from ``seed``."""
    return [project.id for project in sorted(projects, key=by_lot(seed).key)]


def tie_rule(name: str, seed: str = "") -> TieRule:
    """
    The rule of that name. Raises ``ValueError`` for an unknown one, and for a draw without seed.
    """
    match name:
        case Tie.ORDER:
            return FILE_ORDER
        case Tie.COST:
            return BY_COST
        case Tie.NUMBER:
            return BY_NUMBER
        case Tie.LOT:
            return by_lot(seed)
    raise ValueError(f"the tie rule must be one of {', '.join(Tie)}, not {name!r}")


def number_key(project_id: str) -> tuple[Any, ...]:
    """Digits as numbers, all else as text; of ids that read alike the shorter goes first."""
    parts = tuple(
        _number(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(project_id))
    )
    return parts, len(project_id), project_id


def _number(digits: str) -> tuple[int, str]:
    """Compares as the number does, however many digits it has."""
    digits = digits.lstrip("0")
    return len(digits), digits
