"""
How much harsher or milder each judge is than the panel, from the entries judges share.

The model: what judge *j* gives entry *e* is ``quality(e) + severity(j) + chance``. Qualities are
taken as they come, so that no entry is drawn towards the middle; severities are drawn towards 0 the
more, the less the data tell them from chance. The steps:

1. Least squares without any pull gives the chance variance: what is left over divided by
   ``scores - entries - judges + 1``, the degrees of freedom.
2. Henderson's third method (C. R. Henderson, Biometrics 9, 1953) gives the variance of the
   severities: ``(reduction - (judges - 1) * chance) / (scores - entries)``.
3. Severities are the best linear unbiased predictions under the two: least squares with the pull
   ``chance / variance`` (G. K. Robinson, "That BLUP is a Good Thing", 1991).

They add up to 0. Numbers are IEEE doubles, summed in the order of the sorted names, and rounded to
a millionth of a point; from there on all is exact again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import sqrt

MILLIONTHS = 1_000_000
NEGLIGIBLE = 1e-9
"""A share of the total variation below which doubles cannot tell it from none."""


class Fallback(StrEnum):
    """Why no severity is corrected."""

    NONE = ""
    ONE_JUDGE = "one-judge"
    NOT_CONNECTED = "not-connected"
    TOO_FEW = "too-few"
    NO_DIFFERENCE = "no-difference"


@dataclass(frozen=True, slots=True)
class Severities:
    """
    ``points`` a judge gives more than the panel would (negative: fewer), by judge; empty where a
    ``fallback`` holds. ``chance`` and ``spread`` are the estimated standard deviations, in points.
    ``groups`` are the sets of judges who share entries: one where all are connected.
    """

    points: Mapping[str, Fraction]
    fallback: Fallback = Fallback.NONE
    chance: float = 0.0
    spread: float = 0.0
    groups: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return self.fallback is Fallback.NONE


@dataclass(slots=True)
class Panel:
    """
    Who gave which entry how much. ``entries`` maps an entry to its ``(judge, score)`` pairs, judges
    counted from 0 in the order of ``judges``.
    """

    judges: list[str]
    entries: list[list[tuple[int, float]]]
    diagonal: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, scores: Iterable[tuple[str, str, float]]) -> Panel:
        """Take ``(judge, entry, score)`` in any order. Raises ``ValueError`` for a double."""
        ordered = sorted(scores, key=lambda score: (score[1], score[0]))
        judges = sorted({judge for judge, _entry, _score in ordered})
        number = {judge: position for position, judge in enumerate(judges)}
        entries: dict[str, list[tuple[int, float]]] = {}
        for judge, entry, score in ordered:
            pairs = entries.setdefault(entry, [])
            if pairs and pairs[-1][0] == number[judge]:
                raise ValueError(f"{judge!r} must score {entry!r} once only.")
            pairs.append((number[judge], score))
        panel = cls(judges, [*entries.values()], [0.0] * len(judges))
        for pairs in panel.entries:
            for judge_at, _score in pairs:
                panel.diagonal[judge_at] += 1 - 1 / len(pairs)
        return panel

    @property
    def count(self) -> int:
        """How many scores there are."""
        return sum(map(len, self.entries))

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The judges who are connected by entries they share, each group sorted."""
        root = list(range(len(self.judges)))

        def find(judge: int) -> int:
            while root[judge] != judge:
                root[judge] = root[root[judge]]
                judge = root[judge]
            return judge

        for pairs in self.entries:
            first = find(pairs[0][0])
            for judge, _score in pairs[1:]:
                root[find(judge)] = first
        found: dict[int, list[str]] = {}
        for judge, name in enumerate(self.judges):
            found.setdefault(find(judge), []).append(name)
        return tuple(sorted(tuple(names) for names in found.values()))

    def within(self, of_judge: list[float]) -> list[float]:
        """Per judge: the sum of their values less the mean of each entry they judged."""
        total = [0.0] * len(self.judges)
        for pairs in self.entries:
            mean = sum(of_judge[judge] for judge, _score in pairs) / len(pairs)
            for judge, _score in pairs:
                total[judge] += of_judge[judge] - mean
        return total

    def surplus(self) -> list[float]:
        """Per judge: how much more they gave than the mean of the entries they judged."""
        total = [0.0] * len(self.judges)
        for pairs in self.entries:
            mean = sum(score for _judge, score in pairs) / len(pairs)
            for judge, score in pairs:
                total[judge] += score - mean
        return total

    def variation(self) -> float:
        """The squares of all scores around the mean of their entry, added up."""
        total = 0.0
        for pairs in self.entries:
            mean = sum(score for _judge, score in pairs) / len(pairs)
            total += sum((score - mean) ** 2 for _judge, score in pairs)
        return total


def severities(scores: Iterable[tuple[str, str, float]]) -> Severities:
    """
    Estimate severities from ``(judge, entry, score)``, in any order.

    Falls back, with the reason, where there is one judge only, where shared entries do not connect
    all judges, where no more scores are left than there are unknowns, or where judges differ no
    more than chance would have it.
    """
    panel = Panel.of(scores)
    groups = panel.groups()
    if len(panel.judges) < 2:
        return Severities({}, Fallback.ONE_JUDGE, groups=groups)
    if len(groups) > 1:
        return Severities({}, Fallback.NOT_CONNECTED, groups=groups)
    freedom = panel.count - len(panel.entries) - len(panel.judges) + 1
    if freedom < 1:
        return Severities({}, Fallback.TOO_FEW, groups=groups)
    surplus, variation = panel.surplus(), panel.variation()
    unpulled = solve(panel, surplus, pull=0.0)
    reduction = sum(one * other for one, other in zip(unpulled, surplus, strict=True))
    left = variation - reduction
    chance = left / freedom if left > NEGLIGIBLE * variation else 0.0
    spread = (reduction - (len(panel.judges) - 1) * chance) / (panel.count - len(panel.entries))
    if spread <= NEGLIGIBLE * variation or not variation:
        return Severities({}, Fallback.NO_DIFFERENCE, sqrt(chance), groups=groups)
    found = solve(panel, surplus, pull=chance / spread) if chance else unpulled
    points = {
        judge: Fraction(round(points * MILLIONTHS), MILLIONTHS)
        for judge, points in zip(panel.judges, found, strict=True)
    }
    return Severities(points, chance=sqrt(chance), spread=sqrt(spread), groups=groups)


def solve(panel: Panel, surplus: list[float], *, pull: float) -> list[float]:
    """
    Solve the normal equations of ``panel`` for the severities, which add up to 0.

    By conjugate gradients, preconditioned by the diagonal: the table of judges by judges is sparse
    and never written out.
    """
    diagonal = [(own or 1.0) + pull for own in panel.diagonal]

    def times(vector: list[float]) -> list[float]:
        return [row + pull * value for row, value in zip(panel.within(vector), vector, strict=True)]

    found = conjugate_gradients(times, surplus, diagonal)
    mean = sum(found) / len(found)
    return [value - mean for value in found]


def conjugate_gradients(
    times: Callable[[list[float]], list[float]], wanted: list[float], diagonal: list[float]
) -> list[float]:
    """Return the ``x`` with ``times(x) == wanted``, as near as doubles get."""
    found = [0.0] * len(wanted)
    rest = list(wanted)
    scaled = [value / own for value, own in zip(rest, diagonal, strict=True)]
    direction = list(scaled)
    size = start = _dot(rest, scaled)
    for _step in range(20 * len(wanted)):
        if size <= start * 1e-26:
            break
        image = times(direction)
        length = _dot(direction, image)
        if length <= 0:
            break
        step = size / length
        found = [value + step * more for value, more in zip(found, direction, strict=True)]
        rest = [value - step * more for value, more in zip(rest, image, strict=True)]
        scaled = [value / own for value, own in zip(rest, diagonal, strict=True)]
        size, before = _dot(rest, scaled), size
        turn = size / before
        direction = [value + turn * old for value, old in zip(scaled, direction, strict=True)]
    return found


def _dot(one: list[float], other: list[float]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))
