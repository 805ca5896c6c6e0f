"""The nearest relatives of a contribution, as its own page names them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from civic_sourcing.attribution.family.neighbours import neighbours_of
from civic_sourcing.attribution.models import Contribution, DerivationKind


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
    around = neighbours_of(contribution, request)
    origins: list[Relative] = []
    results: list[Relative] = []
    for tie in around.ties:
        other = around.other(tie)
        seen = other.pk in around.public
        relative = Relative(
            label=str(DerivationKind(tie.kind).label),
            title=other.title if seen else "",
            url=around.urls.get(other.pk, "") if seen else "",
            language=other.language,
        )
        (origins if other is tie.source else results).append(relative)
    return Relatives(origins, results)
