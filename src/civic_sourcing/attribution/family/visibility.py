"""What of a family everybody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.http import HttpRequest

from civic_sourcing.attribution.kinds import ContributionKind, contribution_kinds
from civic_sourcing.attribution.models import Contribution


def public_keys(
    contributions: Iterable[Contribution], request: HttpRequest | None = None
) -> set[int]:
    """
    Return the keys of those that are public now: by the ledger, and by their content.

    With a ``request``, of those its visitor may open; pages can be private.
    """
    public = (contribution for contribution in contributions if contribution.is_public)
    return {key for kind, rows in _by_kind(public) for key in _seen(kind, rows, request)}


def addresses(contributions: Iterable[Contribution]) -> dict[int, str]:
    """Return where each of ``contributions`` is found, by key."""
    found: dict[int, str] = {}
    for kind, rows in _by_kind(contributions):
        found.update(kind.urls(rows))
    return found


def translated_titles(contributions: Iterable[Contribution]) -> dict[int, str]:
    """Return the titles of those that are called otherwise in the reader's language, by key."""
    found: dict[int, str] = {}
    for kind, rows in _by_kind(contributions):
        found.update(kind.translated(rows))
    return found


def _by_kind(
    contributions: Iterable[Contribution],
) -> Iterator[tuple[ContributionKind, list[Contribution]]]:
    by_kind: dict[str, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        by_kind[contribution.kind].append(contribution)
    known = {kind.key: kind for kind in contribution_kinds()}
    for name, rows in by_kind.items():
        if name in known:
            yield known[name], rows


def _seen(
    kind: ContributionKind, rows: list[Contribution], request: HttpRequest | None
) -> Collection[int]:
    return kind.visible(rows) if request is None else kind.visible_to(rows, request)
