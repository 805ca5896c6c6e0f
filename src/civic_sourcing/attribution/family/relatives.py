"""The nearest relatives of a contribution, as its own page names them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind


@dataclass(frozen=True)
class Relative:
    """``label`` says how one became the other; ``title`` is empty for what is not public."""

    label: str
    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Relatives:
    origins: list[Relative]
    results: list[Relative]


def relatives_of(contribution: Contribution, request: HttpRequest | None = None) -> Relatives:
    """Return what ``contribution`` was made of and what became of it, one step away."""
    ties = list(
        (
            Derivation.objects.filter(target=contribution)
            | Derivation.objects.filter(source=contribution)
        )
        .select_related("source__process", "target__process")
        .order_by("pk")
    )
    others = {
        tie.pk: tie.source if tie.target_id == contribution.pk else tie.target for tie in ties
    }
    public = public_keys(others.values(), request)
    urls = addresses([row for row in others.values() if row.pk in public])
    origins: list[Relative] = []
    results: list[Relative] = []
    for tie in ties:
        other = others[tie.pk]
        seen = other.pk in public
        relative = Relative(
            label=str(DerivationKind(tie.kind).label),
            title=other.title if seen else "",
            url=urls.get(other.pk, "") if seen else "",
            language=other.language,
        )
        (origins if other is tie.source else results).append(relative)
    return Relatives(origins, results)
