"""
Whose work is in it: credits flow along derivations, from originals to whatever was made of them.

Five queries for any number of contributions of one kind and ancestors (two more per further kind),
three for originals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest

from civic_sourcing.attribution.credits.records import authors_credit
from civic_sourcing.attribution.family.neighbours import ORIGINS
from civic_sourcing.attribution.family.queries import ties_above
from civic_sourcing.attribution.family.visibility import public_keys
from civic_sourcing.attribution.models import Contribution, Credit, Role
from civic_sourcing.attribution.traces import is_traced, may_have
from civic_sourcing.participants.models import Participant

CREDITS = "credits"
KEPT = "_civic_credits_given"


@dataclass(frozen=True)
class Part:
    """
    What one person did for one contribution.

    ``path`` leads from there to the contribution that was asked about; it is empty for a direct
    credit. ``share`` (hundredths of a percent) is that of the contribution itself.
    """

    role: Role
    contribution: Contribution
    path: tuple[Contribution, ...]
    share: int | None
    credit: Credit

    @property
    def is_direct(self) -> bool:
        return not self.path

    @property
    def label(self) -> str:
        return str(self.role.label)


@dataclass
class Mention:
    """One person with all they did for a contribution, nearest first."""

    participant: Participant | None
    name: str
    parts: list[Part] = field(default_factory=list)

    @property
    def roles(self) -> list[Role]:
        """Each role once, in order of mention."""
        return sorted({part.role for part in self.parts}, key=lambda role: role.rank)

    @property
    def share(self) -> int | None:
        """The share in the contribution that was asked about."""
        given = [part.share for part in self.parts if part.is_direct and part.share is not None]
        return sum(given) if given else None

    @property
    def direct(self) -> list[Part]:
        return [part for part in self.parts if part.is_direct]

    @property
    def inherited(self) -> list[Part]:
        return [part for part in self.parts if not part.is_direct]


@dataclass
class Credits:
    """
    The people behind one contribution; ``unseen`` originals are not public and name nobody.

    ``is_original`` says that it was made of nothing else here.
    """

    contribution: Contribution
    is_original: bool = False
    mentions: list[Mention] = field(default_factory=list)
    unseen: int = 0

    @property
    def direct(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.direct]

    @property
    def inherited(self) -> list[Mention]:
        return [mention for mention in self.mentions if not mention.direct]


def credits_of(
    contributions: Iterable[Contribution], request: HttpRequest | None = None
) -> dict[int, Credits]:
    """
    Return the credits of each of ``contributions`` by key, those of everything it was made of too.

    A person is mentioned once, with every role and the shortest path from each original. Originals
    that are not public (to the visitor of ``request``) are counted and name nobody.
    """
    roots = list(contributions)
    ties = ties_above([root.pk for root in roots if may_have(root, ORIGINS)])
    rows = _rows({key for tie in ties for key in (tie.source, tie.target)}, roots)
    public = public_keys((rows[key] for key in {tie.source for tie in ties}), request)
    given = _given([row for row in rows.values() if may_have(row, CREDITS)])
    above = defaultdict(list)
    for tie in ties:
        above[tie.target].append(tie.source)
    return {root.pk: _gather(rows[root.pk], rows, above, given, public) for root in roots}


def credits_for(contribution: Contribution, request: HttpRequest | None = None) -> Credits:
    """Return the credits of one contribution."""
    return credits_of([contribution], request)[contribution.pk]


def _rows(keys: set[int], roots: Sequence[Contribution]) -> dict[int, Contribution]:
    """All of them by key; a root that was read just now is taken as it is."""
    known = {root.pk: root for root in roots if is_traced(root)}
    unknown = (keys | {root.pk for root in roots}) - known.keys()
    if unknown:
        rows = Contribution.objects.select_related("author__user", "process")
        known |= {row.pk: row for row in rows.filter(pk__in=unknown)}
    return known


def _given(rows: list[Contribution]) -> dict[int, list[Credit]]:
    """Active credits by contribution."""
    at_hand = {row.pk: row.__dict__[KEPT] for row in rows if KEPT in row.__dict__}
    unknown = {row.pk: row for row in rows if row.pk not in at_hand}
    found: dict[int, list[Credit]] = defaultdict(list, at_hand)
    if unknown:
        for credit in Credit.objects.of(unknown).select_related("participant__user"):
            found[credit.contribution_id].append(credit)
    for key, row in unknown.items():
        if is_traced(row):
            row.__dict__[KEPT] = found[key]
    active = {key: [each for each in found[key] if each.is_active] for key in list(found)}
    return defaultdict(list, active)


def credits_given(contribution: Contribution) -> list[Credit]:
    """
    Every credit given directly, refused and unanswered ones too, in order of mention; looked up
    once for a contribution that was read traced.
    """
    if not may_have(contribution, CREDITS):
        return []
    if KEPT not in contribution.__dict__:
        rows = list(Credit.objects.of([contribution.pk]).select_related("participant__user"))
        if not is_traced(contribution):
            return rows
        contribution.__dict__[KEPT] = rows
    kept: list[Credit] = contribution.__dict__[KEPT]
    return kept


def _gather(
    root: Contribution,
    rows: dict[int, Contribution],
    above: dict[int, list[int]],
    given: dict[int, list[Credit]],
    public: set[int],
) -> Credits:
    found = Credits(root, is_original=not above[root.pk])
    people: dict[object, Mention] = {}
    for key, path in _paths(root.pk, above):
        if path and key not in public:
            found.unseen += 1
            continue
        contribution = rows[key]
        way = tuple(rows[step] for step in path)
        for credit in _credits_of_one(contribution, given[key]):
            mention = people.setdefault(
                _person(credit), Mention(credit.participant, credit.name, [])
            )
            share = credit.share
            part = Part(Role(credit.role), contribution, way, share, credit)
            mention.parts.append(part)
    found.mentions = sorted(people.values(), key=_rank)
    return found


def _paths(root: int, above: dict[int, list[int]]) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Every contribution once, breadth first, with the shortest way from it to ``root``."""
    seen, layer = {root}, [(root, ())]
    way: tuple[int, ...]
    while layer:
        yield from layer
        reached = []
        for key, way in layer:
            for source in sorted(above[key]):
                if source not in seen:
                    seen.add(source)
                    reached.append((source, (key, *way)))
        layer = reached  # type: ignore[assignment]


def _credits_of_one(contribution: Contribution, given: list[Credit]) -> list[Credit]:
    author = contribution.author
    if author is None or any(
        credit.participant_id == author.pk and credit.role == Role.ORIGINATOR for credit in given
    ):
        return given
    return [authors_credit(contribution, author), *given]


def _person(credit: Credit) -> object:
    return credit.participant_id or ("paper", credit.pk)


def _rank(mention: Mention) -> tuple[bool, bool, int]:
    """Citizens before staff, direct credits before those of originals, then by foremost role."""
    foremost = mention.roles[0]
    return foremost == Role.STAFF_EDITOR, not mention.direct, foremost.rank
