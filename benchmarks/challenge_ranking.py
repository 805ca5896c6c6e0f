"""
Time ranking many entries, and tell how near raw and corrected rankings come to the truth.

``python -m benchmarks challenge_ranking``. The panels are simulated, so that the quality of their
entries is known; the same seed makes the same panel.
"""

import time
from collections.abc import Iterator

from benchmarks.harness import Table
from civic_sourcing.challenges.judging.ranking import rank
from civic_sourcing.challenges.judging.simulation import Setting, compare, simulate

PANELS = 100
SEVERITIES = (0, 3, 8, 15)
SIZES = (Setting(judges=60, entries=2000, each=3, criteria=8), Setting(judges=12, entries=200))


def tables() -> Iterator[Table]:
    yield Table(
        "Ranking entries (target: 2,000 × 3 × 8 in 1 s)",
        ("entries", "judges each", "criteria", "seconds"),
        [timed(setting) for setting in SIZES],
    )
    yield Table(
        f"Kendall's τ with the true quality, {PANELS} panels each",
        ("severities scatter by", "plain mean", "corrected", "better", "worse", "fell back"),
        [agreement(severity) for severity in SEVERITIES],
    )


def timed(setting: Setting) -> list[str]:
    panel = simulate(setting, seed=1)
    start = time.perf_counter()
    rank(panel.criteria, panel.sheets, [*panel.quality])
    seconds = time.perf_counter() - start
    return [f"{setting.entries:,}", str(setting.each), str(setting.criteria), f"{seconds:.2f}"]


def agreement(severity: float) -> list[str]:
    found = compare(Setting(severity=severity), range(PANELS))
    told = [f"{severity:g} points", f"{found.raw:.3f}", f"{found.corrected:.3f}"]
    return [*told, str(found.better), str(found.worse), str(found.fallbacks)]
