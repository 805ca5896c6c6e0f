"""Rankings: from places that were typed to an order, and back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from .content import Choice
from .faults import Fault
from .rulebook import Rulebook, Scope


def ranking(rulebook: Rulebook, places: Mapping[str, int]) -> tuple[Choice, list[Fault]]:
    """
    Return the order that ``places`` (number to place, 1 is best) stand for, and their faults.

    Where limits hold by area, each area has places of its own, and the order goes area by area, in
    the rulebook's order. Places that are shared, left out or beyond the longest ranking are faults;
    projects of equal place are then in the order of the paper.
    """
    choice: list[str] = []
    faults: list[Fault] = []
    for area, numbers in _areas_of(rulebook, places):
        choice += sorted(numbers, key=places.__getitem__)
        limits = (area and rulebook.by_area[area].limits) or rulebook.limits
        faults += _misplaced({number: places[number] for number in numbers}, limits.most)
    return Choice.ranked(choice), faults


def places_of(rulebook: Rulebook, choice: Choice) -> Iterator[tuple[str, int]]:
    """Each number with its place, counted by area where limits hold by area."""
    reached: Counter[str] = Counter()
    for number in choice.projects:
        area = rulebook.by_number[number].area if rulebook.scope == Scope.AREA else ""
        reached[area] += 1
        yield number, reached[area]


def _areas_of(rulebook: Rulebook, places: Mapping[str, int]) -> list[tuple[str, list[str]]]:
    """The ranked numbers in the order of the paper, area by area where limits hold by area."""
    numbers = [number for number in rulebook.numbers if number in places]
    if rulebook.scope != Scope.AREA:
        return [("", numbers)]
    by_area: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        by_area[rulebook.by_number[number].area].append(number)
    return [(area.code, by_area[area.code]) for area in rulebook.areas if area.code in by_area]


def _misplaced(places: Mapping[str, int], most: int | None) -> list[Fault]:
    """What is wrong with places: those beyond the last, else shared ones, else the first gap."""
    highest = len(places) if most is None else most
    beyond = [
        Fault("rank-beyond", {"project": number, "given": place, "most": highest})
        for number, place in places.items()
        if place < 1 or (most is not None and place > most)
    ]
    return beyond or _shared(places) or _gap(places)


def _shared(places: Mapping[str, int]) -> list[Fault]:
    at: dict[int, list[str]] = defaultdict(list)
    for number, place in places.items():
        at[place].append(number)
    return [
        Fault("rank-twice", {"place": place, "projects": ", ".join(numbers)})
        for place, numbers in sorted(at.items())
        if len(numbers) > 1
    ]


def _gap(places: Mapping[str, int]) -> list[Fault]:
    taken = set(places.values())
    missing = next((place for place in range(1, len(taken) + 1) if place not in taken), None)
    return [] if missing is None else [Fault("rank-gap", {"place": missing})]
