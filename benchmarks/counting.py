"""
Time reading and counting the largest published elections, beside pabutools in the same process.

``python benchmarks/counting.py [FOLDER]``; the folder defaults to ``../shared/data/pabulib``
beside the repository. pabutools (extra ``bench``) is optional. Each figure is the best of several
runs; memory is the highest that Python allocated while reading, measured in a run of its own.
"""

import gc
import os
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from civic_sourcing.budgets.counting import count, read_pabulib

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CIVIC_SHARED_DATA", ROOT.parent / "shared" / "data"))
HEAD = ("file", "MB", "ballots", "read s", "pabutools", "faster", "count ms", "pabutools", "faster")
LARGEST = 3


def best(step: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Seconds of the fastest of ``runs`` runs, and what the last one returned."""
    seconds = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        result = step()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def peak_of(path: Path) -> float:
    """Highest memory while reading ``path``, in sizes of the file."""
    tracemalloc.start()
    read_pabulib(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / path.stat().st_size


def rival_times(path: Path) -> tuple[float, float] | None:
    """Seconds pabutools needs to read and to count by utilitarian greedy; ``None`` without it."""
    try:
        from pabutools.election import Cardinality_Sat
        from pabutools.election.pabulib import parse_pabulib
        from pabutools.election.satisfaction import Additive_Borda_Sat
        from pabutools.rules import greedy_utilitarian_welfare
    except ImportError:
        return None
    reading, (instance, profile) = best(lambda: parse_pabulib(str(path)), 1)
    ordinal = instance.meta["vote_type"] == "ordinal"
    satisfaction = Additive_Borda_Sat if ordinal else Cardinality_Sat
    counting, _ = best(
        lambda: greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction), 1
    )
    return reading, counting


def row(path: Path) -> list[str]:
    """One line of the table."""
    reading, election = best(lambda: read_pabulib(path), 5)
    counting, result = best(lambda: count(election), 5)
    size = path.stat().st_size / 1e6
    rival = rival_times(path)
    cells = [path.stem, f"{size:.1f}", f"{result.ballots:,}", f"{reading:.3f}"]
    if rival is None:
        return [*cells, "–", "–", f"{counting * 1e3:.2f}", "–", "–"]
    cells += [f"{rival[0]:.2f}", f"{rival[0] / reading:.0f} ×", f"{counting * 1e3:.2f}"]
    return [*cells, f"{rival[1] * 1e3:.0f}", f"{rival[1] / counting:.0f} ×"]


def main() -> None:
    """Print the table for the largest files of the folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "pabulib"
    files = sorted(folder.glob("*.pb"), key=lambda path: -path.stat().st_size)[:LARGEST]
    if not files:
        sys.exit(f"No .pb files in {folder}.")
    table = [list(HEAD), *map(row, files)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        first, *rest = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        print("  ".join([first.strip().ljust(widths[0]), *rest]))
    for path in files:
        print(f"{path.stem}: at most {peak_of(path):.1f} times the size of the file in memory")


if __name__ == "__main__":
    main()
