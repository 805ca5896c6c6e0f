"""The whole family of a contribution: what it was made of, what was made of it, and all between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest

from civic_sourcing.attribution.credits.flow import credits_of
from civic_sourcing.attribution.family.queries import Tie, ties_around
from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Contribution, DerivationKind

MOST = 200
"""Members drawn at most: the nearest to the one asked about; the rest is counted."""


@dataclass
class Member:
    """One contribution as the family shows it. What is not public has no words and no people."""

    key: int
    is_public: bool
    is_asked: bool
    title: str = ""
    kind: str = ""
    url: str = ""
    language: str = ""
    people: list[str] = field(default_factory=list)
    received_at: datetime | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Step:
    """
    One piece of the nested list: a member with the lists it opens before and closes after.

    ``label`` says how it went into the one above it; ``is_repeated`` that its own origins are
    listed further up already.
    """

    member: Member
    label: str
    is_repeated: bool
    opens: bool
    closes: range
    ends_item: bool
    is_last: bool


@dataclass
class Family:
    """Members by key in the order received, and the ties among them."""

    asked: int
    members: dict[int, Member]
    ties: list[Tie]
    left_out: int = 0

    @property
    def has_relatives(self) -> bool:
        return len(self.members) > 1

    def outline(self) -> list[Step]:
        """The drawing as a nested list: results first, below each what it was made of."""
        sources: dict[int, list[Tie]] = {key: [] for key in self.members}
        for tie in self.ties:
            sources[tie.target].append(tie)
        used = {tie.source for tie in self.ties}
        roots = [key for key in self.members if key not in used]
        walked = list(_walk(roots, sources))
        return [self._step(walked, index) for index in range(len(walked))]

    def _step(self, walked: Sequence[tuple[int, int, str, bool]], index: int) -> Step:
        depth, key, kind, repeated = walked[index]
        before = walked[index - 1][0] if index else -1
        after = walked[index + 1][0] if index + 1 < len(walked) else -1
        return Step(
            self.members[key],
            str(DerivationKind(kind).label) if kind else "",
            repeated,
            opens=depth > before,
            closes=range(max(0, depth - after)),
            ends_item=after <= depth,
            is_last=after < 0,
        )


def family_of(contribution: Contribution, request: HttpRequest | None = None) -> Family:
    """Return the family of ``contribution``; its size does not change the number of queries."""
    ties = ties_around([contribution.pk])
    near = nearest(contribution.pk, ties, MOST)
    kept = [tie for tie in ties if tie.source in near and tie.target in near]
    rows = Contribution.objects.select_related("author__user", "process").filter(pk__in=near)
    found = {row.pk: row for row in rows.order_by("received_at", "pk")}
    members = _members(contribution, found, request)
    everybody = {key for tie in ties for key in (tie.source, tie.target)} | {contribution.pk}
    return Family(contribution.pk, members, kept, len(everybody) - len(near))


def nearest(key: int, ties: Sequence[Tie], most: int) -> set[int]:
    """Return at most ``most`` keys, breadth first from ``key`` along ``ties``, up and down."""
    beside: dict[int, list[int]] = {}
    for tie in ties:
        beside.setdefault(tie.source, []).append(tie.target)
        beside.setdefault(tie.target, []).append(tie.source)
    seen, queue = {key}, [key]
    for each in queue:
        for other in beside.get(each, []):
            if other not in seen and len(seen) < most:
                seen.add(other)
                queue.append(other)
    return seen


def _members(
    asked: Contribution, found: dict[int, Contribution], request: HttpRequest | None
) -> dict[int, Member]:
    public = public_keys(found.values(), request)
    shown = [row for row in found.values() if row.pk in public or row.pk == asked.pk]
    urls = addresses(shown)
    credits = credits_of(shown, request)
    labels = {kind.key: str(kind.label) for kind in contribution_kinds()}
    members = {key: Member(key, is_public=False, is_asked=False, received_at=None) for key in found}
    for row in shown:
        members[row.pk] = Member(
            key=row.pk,
            is_public=True,
            is_asked=row.pk == asked.pk,
            title=row.title,
            kind=labels.get(row.kind, row.kind),
            url=urls.get(row.pk, ""),
            language=row.language,
            people=[mention.name for mention in credits[row.pk].direct if mention.name],
            received_at=row.received_at,
            is_withdrawn=row.state == "withdrawn",
        )
    return members


def _walk(
    roots: Sequence[int], sources: dict[int, list[Tie]]
) -> Iterator[tuple[int, int, str, bool]]:
    """Depth first without recursion: depth, key, kind of the tie above, and whether seen before."""
    seen: set[int] = set()
    waiting = [(0, key, "") for key in reversed(roots)]
    while waiting:
        depth, key, kind = waiting.pop()
        repeated = key in seen
        yield depth, key, kind, repeated and bool(sources[key])
        if not repeated:
            seen.add(key)
            waiting += [(depth + 1, tie.source, tie.kind) for tie in reversed(sources[key])]
