"""
Panels whose entries' quality is known, to see which ranking comes nearer to it.

Nothing here decides anything; the tests and the benchmark use it, and anybody may repeat it:
the same seed makes the same panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from .agreement import kendall
from .points import Criterion, Sheet
from .ranking import Method, rank
from .severity import Fallback

QUALITY = 10
"""The standard deviation of the entries' quality, in points of 100; the mean is 60."""


@dataclass(frozen=True, slots=True)
class Setting:
    """
    A kind of panel: each of ``entries`` goes to ``each`` of the ``judges``, loads equal.

    ``severity`` and ``chance`` are the standard deviations of what a judge adds to all of their
    sheets, and of what they add to one, in points of 100. ``criteria`` of equal points make them
    up; points are whole, from 0 to the most.
    """

    judges: int = 8
    entries: int = 40
    each: int = 3
    severity: float = 8
    chance: float = 5
    criteria: int = 5


@dataclass(frozen=True, slots=True)
class Simulated:
    """One panel: what it handed in, and the quality of each entry, which nobody ever knows."""

    criteria: tuple[Criterion, ...]
    sheets: tuple[Sheet, ...]
    quality: dict[str, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's τ with the true quality, averaged over panels; ``fallbacks`` were not corrected."""

    raw: float
    corrected: float
    better: int
    worse: int
    fallbacks: int


def simulate(setting: Setting, seed: int) -> Simulated:
    """Make one panel."""
    dice = Random(seed)  # noqa: S311 - a simulation
    most = 100 // setting.criteria
    criteria = tuple(Criterion(f"criterion {n}", most) for n in range(setting.criteria))
    severity = [dice.gauss(0, setting.severity) for _judge in range(setting.judges)]
    quality = {f"{number:05}": dice.gauss(60, QUALITY) for number in range(setting.entries)}
    load = [0] * setting.judges
    sheets = []
    for entry, own in quality.items():
        freest = sorted(range(setting.judges), key=lambda judge: (load[judge], dice.random()))
        for judge in freest[: setting.each]:
            load[judge] += 1
            points = own + severity[judge] + dice.gauss(0, setting.chance)
            sheets.append(Sheet(f"{judge:04}", entry, _spread(points, criteria, dice)))
    return Simulated(criteria, tuple(sheets), quality)


def _spread(points: float, criteria: Sequence[Criterion], dice: Random) -> dict[str, int]:
    """Whole points per criterion that come near ``points`` together."""
    values = {}
    for left, criterion in zip(range(len(criteria), 0, -1), criteria, strict=True):
        most = int(criterion.most)
        share = points / left + (dice.gauss(0, 1) if left > 1 else 0)
        values[criterion.id] = min(max(round(share), 0), most)
        points -= values[criterion.id]
    return values


def compare(setting: Setting, seeds: Sequence[int]) -> Agreement:
    """Rank the panels of ``seeds`` both ways and compare with the truth."""
    raw, corrected, fallbacks = [], [], 0
    for seed in seeds:
        panel = simulate(setting, seed)
        ranking = rank(panel.criteria, panel.sheets, [*panel.quality], method=Method.CORRECTED)
        fallbacks += ranking.severities.fallback is not Fallback.NONE
        truth = [panel.quality[line.entry] for line in ranking.lines]
        raw.append(kendall(truth, [float(line.raw) for line in ranking.lines]))
        corrected.append(kendall(truth, [float(line.corrected) for line in ranking.lines]))
    pairs = [*zip(corrected, raw, strict=True)]
    return Agreement(
        raw=fmean(raw),
        corrected=fmean(corrected),
        better=sum(new > old for new, old in pairs),
        worse=sum(new < old for new, old in pairs),
        fallbacks=fallbacks,
    )
