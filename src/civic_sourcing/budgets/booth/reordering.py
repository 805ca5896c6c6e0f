"""A ranking in its order, and moving projects up and down in it, without typing or dragging."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civic_sourcing.budgets.ballots import BallotType, Scope
from civic_sourcing.budgets.ballots.typed import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from civic_sourcing.budgets.ballots import Rulebook
    from civic_sourcing.budgets.booth.cards import Card
    from civic_sourcing.budgets.booth.draft import Typed

UP, DOWN, OUT = "up:", "down:", "out:"
"""What the values of the buttons begin with; the number of the project follows."""

PREFIX = FIELDS[BallotType.RANKING]
LONGEST_PLACE = 6


@dataclass(frozen=True)
class Ranked:
    """A project in a ranking: its place, and whether it can go up or down."""

    card: Card
    place: int
    is_first: bool
    is_last: bool


def ranked(
    rulebook: Rulebook, typed: Iterable[tuple[str, str]], cards: Mapping[str, Card]
) -> list[tuple[str, list[Ranked]]]:
    """The projects that have a place, in order: one list, or one for each area with its code."""
    return [
        (
            area,
            [
                Ranked(cards[number], place, place == 1, place == len(order))
                for place, number in enumerate(order, start=1)
            ],
        )
        for area, order in _orders(rulebook, typed, cards).items()
    ]


def moved(rulebook: Rulebook, typed: Typed, step: str, cards: Mapping[str, Card]) -> Typed:
    """
    Return ``typed`` after the button ``step``: its project changes places with its neighbour, or
    goes out, and the places of its ranking are counted anew. Any other step changes nothing.
    """
    way, colon, number = step.partition(":")
    by = {UP: -1, DOWN: 1, OUT: 0}.get(way + colon)
    if by is None:
        return typed
    orders = _orders(rulebook, typed, cards).values()
    order = next((each for each in orders if number in each), None)
    if order is None:
        return typed
    place, stays = order.index(number), [name for name in typed if name[0] not in _names(order)]
    order.remove(number)
    if by:
        order.insert(max(place + by, 0), number)
    return [*stays, *((PREFIX + each, str(at)) for at, each in enumerate(order, start=1))]


def _orders(
    rulebook: Rulebook, typed: Iterable[tuple[str, str]], cards: Mapping[str, Card]
) -> dict[str, list[str]]:
    """Numbers with a readable place, by it; projects of one place in the order of the paper."""
    places: dict[str, int] = {}
    for name, value in typed:
        number, text = name.removeprefix(PREFIX), value.strip(" ")
        if name.startswith(PREFIX) and number in cards and _is_place(text):
            places.setdefault(number, int(text))
    by_area: dict[str, list[str]] = defaultdict(list)
    for number in filter(places.__contains__, rulebook.numbers):
        by_area[cards[number].area if rulebook.scope == Scope.AREA else ""].append(number)
    return {area: sorted(numbers, key=places.__getitem__) for area, numbers in by_area.items()}


def _names(numbers: Iterable[str]) -> set[str]:
    return {PREFIX + number for number in numbers}


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_PLACE
