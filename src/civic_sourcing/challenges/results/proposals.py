"""
Who wins as ranked, and whether a proposal says otherwise. No database but what it is given.

The first places of the ranking take the prizes: first those of a place, then the others in their
order, each as many as it has winners. A prize that is split evenly is split among those who do win
it; what does not divide stays with the city. Equal entries share a place; which prize each takes is
for people to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from civic_sourcing.challenges.models import Prize


@dataclass(frozen=True, slots=True)
class Named:
    """
    One entry (UUID) that a proposal names: with a ``place`` and what it wins, or to advance.

    ``amount`` is whole minor units out of ``prize``.
    """

    entry: str
    place: int | None = None
    prize: Prize | None = None
    amount: int = 0
    advances: bool = False


def places_in(document: Mapping[str, Any]) -> dict[str, int]:
    """The place of each entry that has one, the first first."""
    return {line["entry"]: line["place"] for line in document["lines"] if line["place"] is not None}


def as_ranked(
    document: Mapping[str, Any], prizes: Sequence[Prize], *, advancing: int | None
) -> list[Named]:
    """
    What a proposal says that follows the ranking: winners of ``prizes`` and the ``advancing`` best
    (``None``: nobody advances, 0: all who have a place).
    """
    places = places_in(document)
    by_place = sorted(prizes, key=lambda prize: (prize.place is None, prize.place or 0))
    slots = [prize for prize in by_place for _winner in range(prize.winners)]
    winning = dict(zip(places, slots, strict=False))
    taken = {prize.pk: 0 for prize in prizes}
    for prize in winning.values():
        taken[prize.pk] += 1
    on = [*places] if advancing == 0 else [*places][: advancing or 0]
    return [
        Named(
            entry,
            place if entry in winning else None,
            winning.get(entry),
            _amount(winning[entry], taken[winning[entry].pk]) if entry in winning else 0,
            entry in on,
        )
        for entry, place in places.items()
        if entry in winning or entry in on
    ]


def _amount(prize: Prize, winners: int) -> int:
    return prize.amount // (winners if prize.shared else prize.winners)


def deviates(
    document: Mapping[str, Any],
    named: Iterable[Named],
    prizes: Sequence[Prize],
) -> bool:
    """
    Whether ``named`` is not what the ranking says.

    That is: somebody without a place wins or advances, somebody wins with another place than that
    of the ranking, a better entry is passed over, a prize stays over though there is an entry, or a
    place gets another prize or another sum. Which of equal entries takes which prize is no matter.
    """
    places, chosen = places_in(document), [*named]
    winners = {one.entry: one.place for one in chosen if one.place is not None}
    on = {one.entry for one in chosen if one.advances}
    if any(places.get(entry) != place for entry, place in winners.items()):
        return True
    if _passes_over(places, set(winners)) or _passes_over(places, on):
        return True
    ranked = as_ranked(document, prizes, advancing=None)
    return _won(chosen) != _won(ranked)


def _won(named: Iterable[Named]) -> list[tuple[int, int, int]]:
    """Place, prize and amount of each winner, in an order of their own."""
    return sorted(
        (one.place, one.prize.pk if one.prize else 0, one.amount)
        for one in named
        if one.place is not None
    )


def _passes_over(places: Mapping[str, int], chosen: set[str]) -> bool:
    """Whether an entry that is not ``chosen`` has a better place than one that is."""
    if not chosen:
        return False
    if not chosen <= places.keys():
        return True
    worst = max(places[entry] for entry in chosen)
    return any(place < worst for entry, place in places.items() if entry not in chosen)
