"""What a contribution says, for officials to read beside their answer."""

from __future__ import annotations

from dataclasses import dataclass

from civic_sourcing.attribution.models import Contribution, ContributionVersion


@dataclass(frozen=True)
class Words:
    """Title and text as everybody reads them, and where."""

    title: str
    text: str
    kind: str
    place: str
    url: str
    language: str


def words_of(contribution: Contribution) -> Words:
    """The newest version everybody can read."""
    versions = ContributionVersion.objects.filter(contribution=contribution)
    newest = versions.order_by("-number").first()
    kind = contribution.kind_of
    return Words(
        title=str(contribution.public_title),
        text=newest.text if newest else "",
        kind=str(kind.label),
        place=kind.place(contribution),
        url=kind.url(contribution),
        language=contribution.language,
    )
