"""
Who judges which entry: so many judges for each, as equal a load as can be, and never a closed pair.

Pure Python. The way there:

1. Entries with the fewest possible judges choose first. Each takes the judge with the least to do;
   among equals the one who has met the others on this entry least often, so that everybody is
   compared with everybody; among those still equal the order of the seed decides.
2. As long as somebody could hand an entry on, directly or through others, to somebody with at least
   two entries fewer, it is handed on. Where no such way is left, no other distribution has a
   smaller highest load or a smaller spread (Harvey, Ladner, Lovász and Tamir, “Semi-matchings for
   bipartite graphs and load balancing”, 2006).
3. Where judges fall into groups that share no entry, two of them swap entries if that joins the
   groups: only judges who are connected can be compared for severity.

Pairs that are held already are never taken away. The same input in any order gives the same result.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import permutations, product

Key = Hashable
Pair = tuple[Key, Key]
"""A judge and an entry."""


@dataclass(frozen=True)
class Plan:
    """
    What is to be assigned besides what is held.

    ``pairs`` are the new ones. ``short`` says for entries that cannot have as many judges as they
    should how many are missing. ``loads`` is every judge's number of entries, held ones included.
    ``groups`` is the number of groups of judges that share no entry with each other; those without
    any entry are not counted.
    """

    pairs: tuple[Pair, ...]
    short: dict[Key, int]
    loads: dict[Key, int]
    groups: int


def share_out(
    entries: Collection[Key],
    judges: Collection[Key],
    per_entry: int,
    *,
    closed: Iterable[Pair] = (),
    held: Iterable[Pair] = (),
    seed: str = "",
) -> Plan:
    """
    Give each of ``entries`` ``per_entry`` different ``judges``, or as many as there can be.

    ``closed`` pairs are never made: conflicts of interest, recusals, one's own entry. ``held``
    pairs stay and count. Raises ``ValueError`` if ``per_entry`` is below 1 or a key comes twice.
    """
    if per_entry < 1:
        raise ValueError(f"per_entry must be at least 1, not {per_entry!r}")
    for name, keys in (("entries", entries), ("judges", judges)):
        if len(set(keys)) != len(keys):
            raise ValueError(f"{name} must be different from each other")
    table = _Table(entries, judges, closed, held, seed)
    table.fill(per_entry)
    table.level()
    table.join()
    return table.plan(per_entry)


def groups_of(pairs: Iterable[Pair]) -> list[frozenset[Key]]:
    """Return the judges of ``pairs`` in groups that share entries, directly or through others."""
    return _connected(pairs)[0]


def _connected(pairs: Iterable[Pair]) -> tuple[list[frozenset[Key]], list[Pair]]:
    """The groups of judges, and the pairs without which they would be the same: the later ones."""
    leader: dict[tuple[str, Key], tuple[str, Key]] = {}
    spare = []

    def lead(one: tuple[str, Key]) -> tuple[str, Key]:
        leader.setdefault(one, one)
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for judge, entry in pairs:
        mine, theirs = lead(("judge", judge)), lead(("entry", entry))
        if mine == theirs:
            spare.append((judge, entry))
        leader[mine] = theirs
    found: dict[tuple[str, Key], set[Key]] = defaultdict(set)
    for one in list(leader):
        if one[0] == "judge":
            found[lead(one)].add(one[1])
    return [frozenset(judges) for judges in found.values()], spare


@dataclass
class _Table:
    """The distribution as it grows. Iterates in the order of the seed, never in that of a set."""

    entries: Collection[Key]
    judges: Collection[Key]
    closed: Iterable[Pair]
    held: Iterable[Pair]
    seed: str
    panel: dict[Key, list[Key]] = field(init=False)
    load: dict[Key, int] = field(init=False)
    met: Counter[frozenset[Key]] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        self.closed, self.held = frozenset(self.closed), frozenset(self.held)
        self.entries = sorted(self.entries, key=self.rank)
        self.judges = sorted(self.judges, key=self.rank)
        self.panel = {entry: [] for entry in self.entries}
        self.load = dict.fromkeys(self.judges, 0)
        for judge, entry in sorted(self.held, key=lambda pair: self.rank(*pair)):
            if entry in self.panel:
                self.put(judge, entry)

    def rank(self, *keys: Key) -> tuple[str, str]:
        """A place by lot that depends on the seed and the keys alone."""
        name = "/".join(map(str, keys))
        return sha256(f"{self.seed}:{name}".encode()).hexdigest(), name

    def put(self, judge: Key, entry: Key) -> None:
        for other in self.panel[entry]:
            self.met[frozenset((judge, other))] += 1
        self.panel[entry].append(judge)
        self.load[judge] = self.load.get(judge, 0) + 1

    def take(self, judge: Key, entry: Key) -> None:
        self.panel[entry].remove(judge)
        for other in self.panel[entry]:
            self.met[frozenset((judge, other))] -= 1
        self.load[judge] -= 1

    def may(self, judge: Key, entry: Key) -> bool:
        return judge not in self.panel[entry] and (judge, entry) not in self.closed

    def moveable(self) -> Iterator[Pair]:
        for entry, panel in self.panel.items():
            yield from ((judge, entry) for judge in panel if (judge, entry) not in self.held)

    def fill(self, per_entry: int) -> None:
        choice = {
            entry: sum(self.may(judge, entry) for judge in self.judges) for entry in self.entries
        }
        for entry in sorted(self.entries, key=lambda entry: choice[entry]):
            while len(self.panel[entry]) < per_entry:
                free = [judge for judge in self.judges if self.may(judge, entry)]
                if not free:
                    break
                self.put(min(free, key=lambda judge: self.cost(judge, entry)), entry)

    def cost(self, judge: Key, entry: Key) -> tuple[int, int, tuple[str, str]]:
        meetings = sum(self.met[frozenset((judge, other))] for other in self.panel[entry])
        return self.load[judge], meetings, self.rank(judge, entry)

    def level(self) -> None:
        """Hand entries on until nobody can to somebody with two fewer."""
        while steps := self.way_down():
            for giver, entry, taker in steps:
                self.take(giver, entry)
                self.put(taker, entry)

    def way_down(self) -> list[tuple[Key, Key, Key]]:
        gifts: dict[Key, dict[Key, Key]] = defaultdict(dict)
        for giver, entry in self.moveable():
            for taker in self.judges:
                if self.may(taker, entry):
                    gifts[giver].setdefault(taker, entry)
        for start in sorted(self.judges, key=lambda judge: -self.load[judge]):
            if steps := self.way_from(start, gifts):
                return steps
        return []

    def way_from(self, start: Key, gifts: dict[Key, dict[Key, Key]]) -> list[tuple[Key, Key, Key]]:
        """
        The shortest way from ``start`` to somebody with at least two entries fewer.

        No entry is on it twice: its first giver could have handed it to its last taker at once.
        """
        came: dict[Key, tuple[Key, Key]] = {}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for taker, entry in gifts[giver].items():
                if taker == start or taker in came:
                    continue
                came[taker] = (giver, entry)
                if self.load[taker] <= self.load[start] - 2:
                    return _steps_back(came, start, taker)
                waiting.append(taker)
        return []

    def join(self) -> None:
        """Swap entries between groups of judges that share none, where that connects them."""
        while any(self.joined(one, two) for one, two in permutations(self.groups(), 2)):
            pass

    def groups(self) -> list[frozenset[Key]]:
        return sorted(groups_of(self.pairs()), key=lambda group: min(map(str, group)))

    def joined(self, one: frozenset[Key], two: frozenset[Key]) -> bool:
        """
        Swap a pair that ``one`` stays connected without for any pair of ``two``.

        Both ends of what ``two`` gives up are then tied to ``one``, so the two become one group.
        """
        mine = [pair for pair in self.spare() if pair[0] in one]
        theirs = [pair for pair in self.moveable() if pair[0] in two]
        for (judge, entry), (other, another) in product(mine, theirs):
            if self.may(other, entry) and self.may(judge, another):
                self.swap(judge, entry, other, another)
                return True
        return False

    def spare(self) -> list[Pair]:
        """Pairs that could be moved without parting any group."""
        held = [pair for pair in self.pairs() if pair in self.held]
        _groups, spare = _connected([*held, *self.moveable()])
        return [pair for pair in spare if pair not in self.held]

    def swap(self, judge: Key, entry: Key, other: Key, another: Key) -> None:
        """``judge`` gives up ``entry`` for ``another``, which ``other`` gives up for ``entry``."""
        self.take(judge, entry)
        self.take(other, another)
        self.put(other, entry)
        self.put(judge, another)

    def pairs(self) -> list[Pair]:
        return [(judge, entry) for entry, panel in self.panel.items() for judge in panel]

    def plan(self, per_entry: int) -> Plan:
        short = {entry: per_entry - len(panel) for entry, panel in self.panel.items()}
        new = sorted(self.moveable(), key=lambda pair: (str(pair[1]), str(pair[0])))
        return Plan(
            pairs=tuple(new),
            short={entry: missing for entry, missing in short.items() if missing > 0},
            loads=self.load,
            groups=len(groups_of(self.pairs())),
        )


def _steps_back(
    came: dict[Key, tuple[Key, Key]], start: Key, end: Key
) -> list[tuple[Key, Key, Key]]:
    steps: list[tuple[Key, Key, Key]] = []
    while end != start:
        giver, entry = came[end]
        steps.append((giver, entry, end))
        end = giver
    return steps
