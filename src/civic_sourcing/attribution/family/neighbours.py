"""What is one step away from a contribution, for all parts of a page that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db.models import OuterRef, Q
from django.http import HttpRequest

from civic_sourcing.attribution.family.queries import TAKES_FURTHER, taken_further
from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.models import Contribution, Derivation
from civic_sourcing.attribution.traces import is_traced, may_have, register_trace

ORIGINS = "origins"
RESULTS = "results"


@dataclass(frozen=True)
class Neighbours:
    """Derivations in order, with the keys of what is public and where that is found."""

    of: int
    ties: Sequence[Derivation]
    public: AbstractSet[int]
    urls: Mapping[int, str]

    def other(self, tie: Derivation) -> Contribution:
        other: Contribution = tie.target if tie.source_id == self.of else tie.source
        return other


def neighbours_of(contribution: Contribution, request: HttpRequest | None = None) -> Neighbours:
    """What is public to the visitor of ``request``; looked up once where it was read traced."""
    if not is_traced(contribution):
        return _look(contribution, request)
    kept: tuple[HttpRequest | None, Neighbours] | None
    kept = contribution.__dict__.get("_civic_neighbours")
    if kept is None or kept[0] is not request:
        kept = request, _look(contribution, request)
        contribution.__dict__["_civic_neighbours"] = kept
    return kept[1]


def origin_at_hand(contribution: Contribution) -> Contribution | None:
    """What a neighbour was looked up from and made of, so that nobody has to look back."""
    origin: Contribution | None = contribution.__dict__.get("_civic_origin")
    return origin


def lives_on_in(contribution: Contribution) -> list[int]:
    """``taken_further`` of it, not asked for where nothing can have taken it further."""
    if is_traced(contribution):
        ties = neighbours_of(contribution, _asked_by(contribution)).ties
        own = (tie for tie in ties if tie.source_id == contribution.pk)
        if not any(tie.kind in TAKES_FURTHER for tie in own):
            return [contribution.pk]
        kept = contribution.__dict__
        if "_civic_lives_on" not in kept:
            kept["_civic_lives_on"] = taken_further(contribution.pk)
        return list(kept["_civic_lives_on"])
    return taken_further(contribution.pk)


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_trace(ORIGINS, lambda: Derivation.objects.filter(target=OuterRef("pk")).order_by())
    register_trace(RESULTS, lambda: Derivation.objects.filter(source=OuterRef("pk")).order_by())


def _asked_by(contribution: Contribution) -> HttpRequest | None:
    kept = contribution.__dict__.get("_civic_neighbours")
    return kept[0] if kept else None


def _look(contribution: Contribution, request: HttpRequest | None) -> Neighbours:
    ties: list[Derivation] = []
    if may_have(contribution, ORIGINS, RESULTS):
        around = Q(source=contribution) | Q(target=contribution)
        rows = Derivation.objects.filter(around)
        ties += rows.select_related("source__process", "target__process").order_by("pk")
    for tie in ties:
        if tie.source_id == contribution.pk and is_traced(contribution):
            tie.target.__dict__["_civic_origin"] = contribution
    found = Neighbours(contribution.pk, ties, set(), {})
    others = [found.other(tie) for tie in ties]
    public = public_keys(others, request)
    urls = addresses([other for other in others if other.pk in public])
    return Neighbours(contribution.pk, ties, public, urls)
