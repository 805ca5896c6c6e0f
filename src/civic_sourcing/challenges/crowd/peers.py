"""Which solver scores which entries of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from civic_sourcing.attribution.models import Credit
from civic_sourcing.attribution.models.credits import CreditState
from civic_sourcing.challenges.judging.assigning import share_out
from civic_sourcing.challenges.models import CrowdVote, Entry, TeamMember

CIRCLE = 60
"""About so many solvers score each other; a round of thousands falls into circles by lot."""


def share_among_peers(
    vote: CrowdVote, entries: Mapping[int, Entry], captains: Mapping[Any, Any]
) -> list[tuple[Any, Any]]:
    """
    Pairs of captain and entry: ``vote.most`` different captains for each entry, or as many as there
    can be, with loads as equal as can be, nobody with more than ``vote.most``, none with their own.

    The same entries give the same pairs.
    """
    seed = str(vote.uuid)
    closed = own_pairs(entries)
    pairs = []
    for circle in circles(sorted(captains), seed):
        own = [key for key, entry in entries.items() if entry.captain_id in circle]
        plan = share_out(own, circle, min(vote.most, len(circle)), closed=closed, seed=seed)
        load: dict[Any, int] = {}
        for captain, entry in plan.pairs:
            load[captain] = load.get(captain, 0) + 1
            if load[captain] <= vote.most:
                pairs.append((captain, entry))
    return pairs


def circles(people: Iterable[Any], seed: str) -> list[list[Any]]:
    """``people`` by lot in circles of about ``CIRCLE``, none of them much smaller than others."""
    ordered = sorted(people, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())
    number = max(1, round(len(ordered) / CIRCLE))
    return [ordered[start::number] for start in range(number)]


def own_pairs(entries: Mapping[int, Entry]) -> set[tuple[Any, Any]]:
    """Pairs of a person and an entry that is also theirs."""
    keys = list(entries)
    led = ((entry.captain_id, key) for key, entry in entries.items())
    joined = TeamMember.objects.present().filter(entry__in=keys)
    credited = Credit.objects.filter(
        contribution__challenge_entry__in=keys, state=CreditState.ACCEPTED
    )
    return {
        *led,
        *joined.values_list("participant", "entry"),
        *credited.values_list("participant", "contribution__challenge_entry"),
    }
