"""
Time reading and counting the largest published elections, beside pabutools in the same process.

``python -m benchmarks.counting [FOLDER]``; the folder defaults to ``../shared/data/pabulib``
beside the repository. pabutools (extra ``bench``) is optional. Each figure is the best of several
runs; memory is the highest that Python allocated while reading, measured in a run of its own.
"""

import gc
import math
import os
import signal
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.harness import Table
from civic_sourcing.budgets.counting import Election, count, read_pabulib
from civic_sourcing.budgets.counting.plan import UTILITIES

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CIVIC_SHARED_DATA", ROOT.parent / "shared" / "data"))
HEAD = ("file", "MB", "ballots", "read s", "pabutools", "faster", "count ms", "pabutools", "faster")
SHARES = ("file", "ballots", "utility", "completion", "CPU s", "pabutools", "faster", "winners")
LARGEST = 3
SHARED_FILES = (
    "Poland_Swiecie_2023.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
    "Poland_Warszawa_2018_Zielony_Ursynow.pb",
    "Poland_Lodz_2023_Lublinek-Pienista.pb",
    "Poland_Wroclaw_2015_from_500.pb",
    "Poland_Lodz_2022.pb",
)
PATIENCE = 30  # seconds


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
    """
    Seconds pabutools needs to read, and to count by utilitarian greedy; ``None`` without it.

    It counts from merged ballots with satisfaction prepared, the most favourable start. ``inf``
    stands for a count given up after ``PATIENCE`` seconds.
    """
    try:
        from pabutools.election import Additive_Borda_Sat, Cardinality_Sat
        from pabutools.election.pabulib import parse_pabulib
        from pabutools.rules import greedy_utilitarian_welfare
    except ImportError:
        return None
    reading, (instance, profile) = best(lambda: parse_pabulib(str(path)), 1)
    ordinal = instance.meta["vote_type"] == "ordinal"
    merged = profile.as_multiprofile()
    satisfaction = merged.as_sat_profile(Additive_Borda_Sat if ordinal else Cardinality_Sat)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE)
    try:
        counting, _ = best(
            lambda: greedy_utilitarian_welfare(
                instance, merged, sat_profile=satisfaction, is_sat_additive=True
            ),
            1,
        )
    except TimeoutError:
        counting = math.inf
    finally:
        signal.alarm(0)
    return reading, counting


def _give_up(*_: object) -> None:
    raise TimeoutError


def row(path: Path) -> list[str]:
    """One line of the table."""
    reading, election = best(lambda: read_pabulib(path), 5)
    counting, result = best(lambda: count(election), 5)
    size = path.stat().st_size / 1e6
    ours = f"{counting * 1e3:.2f}"
    cells = [path.stem, f"{size:.1f}", f"{result.ballots:,}", f"{reading:.3f}"]
    rival = rival_times(path)
    if rival is None:
        return [*cells, "–", "–", ours, "–", "–"]
    cells += [f"{rival[0]:.2f}", f"{rival[0] / reading:.0f} ×", ours]
    more, seconds = ("> ", PATIENCE) if rival[1] == math.inf else ("", rival[1])
    return [*cells, f"{more}{seconds * 1e3:.0f}", f"{more}{seconds / counting:.0f} ×"]


def shares_rows(path: Path) -> Iterator[list[str]]:
    """Equal Shares of one file, from merged ballots on both sides; seconds are of the processor."""
    election = read_pabulib(path)
    for utility in UTILITIES:
        for completion in ("none", "add1"):
            began = time.process_time()
            result = count(election, "equal-shares", 0, utility=utility, completion=completion)
            ours = time.process_time() - began
            cells = [path.stem, f"{result.ballots:,}", utility, completion, f"{ours:.3f}"]
            rival = _rival_shares(path, election, utility, add1=completion == "add1")
            if rival is None:
                yield [*cells, "–", "–", "–"]
                continue
            seconds, winners = rival
            alike = "same" if winners == set(result.selected) else "OTHER"
            gave_up = seconds == math.inf
            more, seconds = ("> ", PATIENCE) if gave_up else ("", seconds)
            faster = f"{more}{seconds / ours:.0f} ×"
            yield [*cells, f"{more}{seconds:.2f}", faster, "–" if gave_up else alike]


def _rival_shares(
    path: Path, election: Election, utility: str, *, add1: bool
) -> tuple[float, set[str]] | None:
    """Seconds and winners of pabutools: its best mode for ``add1``, else its default."""
    try:
        from pabutools.election import Cardinality_Sat, Cost_Sat
        from pabutools.election.pabulib import parse_pabulib
        from pabutools.rules import method_of_equal_shares
        from pabutools.tiebreaking import TieBreakingRule
    except ImportError:
        return None
    instance, profile = parse_pabulib(str(path))
    places = {project.id: project.position for project in election.projects}
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE)
    began = time.process_time()
    try:
        winners = method_of_equal_shares(
            instance,
            profile.as_multiprofile() if add1 else profile,
            sat_class=Cost_Sat if utility == "cost" else Cardinality_Sat,
            tie_breaking=TieBreakingRule(lambda _i, _p, project: places[project.name]),
            voter_budget_increment=1 if add1 else None,
        )
    except TimeoutError:
        return math.inf, set()
    finally:
        signal.alarm(0)
    return time.process_time() - began, {project.name for project in winners}


def tables(folder: Path = SHARED / "pabulib") -> Iterator[Table]:
    """The largest published elections of ``folder``; nothing where it is absent."""
    files = sorted(folder.glob("*.pb"), key=lambda path: -path.stat().st_size)[:LARGEST]
    if not files:
        return
    yield Table("Reading and counting elections", HEAD, [row(path) for path in files])
    memory = [[path.stem, f"{peak_of(path):.1f}"] for path in files]
    yield Table("Memory while reading", ("file", "sizes of the file"), memory)
    shared = [folder / name for name in SHARED_FILES if (folder / name).exists()]
    rows = [cells for path in shared for cells in shares_rows(path)]
    yield Table("Equal Shares, counting alone", SHARES, rows)


if __name__ == "__main__":
    for table in tables(*map(Path, sys.argv[1:2])):
        print(table)
