"""
Time reading and counting published elections, beside pabutools in the same process.

``python -m benchmarks.counting [--every] [--patience SECONDS] [FOLDER]``: the largest of them, or
every one. The folder defaults to ``../shared/data/pabulib`` beside the repository. pabutools (extra
``bench``) is optional. Figures are of the processor, the least of several runs; memory is the
highest that Python allocated while reading, measured in a run of its own.
"""

import argparse
import gc
import math
import os
import signal
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.harness import Table
from civic_sourcing.budgets.counting import Election, VoteType, count, read_pabulib
from civic_sourcing.budgets.counting.plan import UTILITIES

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CIVIC_SHARED_DATA", ROOT.parent / "shared" / "data"))
HEAD = ("file", "MB", "ballots", "read s", "pabutools", "faster", "count ms", "pabutools", "faster")
SHARES = ("file", "ballots", "utility", "completion", "CPU s", "pabutools", "faster", "winners")
EVERY = ("file", "kB", "ballots", "of them unlike", "projects", "read ms", "pabutools", "faster")
LARGEST = 3
SHARED_FILES = (
    "Poland_Swiecie_2023.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
    "Poland_Warszawa_2018_Zielony_Ursynow.pb",
    "Poland_Lodz_2023_Lublinek-Pienista.pb",
    "Poland_Wroclaw_2015_from_500.pb",
    "Poland_Lodz_2022.pb",
)
PATIENCE = 30  # seconds of the processor
AGAIN, TOO_SHORT = 1.0, 0.005
"""
Seconds: what takes longer is run once only; what takes less is done so often that it takes as long,
for a single short step is mostly caches that whatever came before has emptied.
"""


def best(step: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """
    Seconds of the processor that the fastest of ``runs`` took, and what the last returned.

    They are those of this thread: while a timer waits, the clock of the process goes by ticks.
    """
    seconds, times = math.inf, 1
    for _ in range(runs):
        gc.collect()
        start = time.thread_time()
        for _ in range(times):
            result = step()
        seconds = min(seconds, (time.thread_time() - start) / times)
        if seconds > AGAIN:
            break
        times = max(times, math.ceil(TOO_SHORT / max(seconds, 1e-6)))
    return seconds, result


def patiently(step: Callable[[], Any], runs: int, patience: float) -> tuple[float, Any]:
    """As ``best``; ``inf`` seconds stand for a step given up after ``patience`` seconds."""
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, patience)
    try:
        return best(step, runs)
    except TimeoutError:
        return math.inf, None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _give_up(*_: object) -> None:
    raise TimeoutError


def peak_of(path: Path) -> float:
    """Highest memory while reading ``path``, in sizes of the file."""
    tracemalloc.start()
    read_pabulib(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / path.stat().st_size


def rival_times(path: Path, patience: float) -> tuple[float, float] | None:
    """
    Seconds pabutools needs to read, and to count by utilitarian greedy; ``None`` without it.

    It counts from merged ballots with satisfaction prepared, the most favourable start.
    """
    try:
        from pabutools.election import Additive_Borda_Sat, Cardinality_Sat
        from pabutools.election.pabulib import parse_pabulib
        from pabutools.rules import greedy_utilitarian_welfare
    except ImportError:
        return None
    reading, (instance, profile) = best(lambda: parse_pabulib(str(path)), 5)
    ordinal = instance.meta["vote_type"] == "ordinal"
    merged = profile.as_multiprofile()
    satisfaction = merged.as_sat_profile(Additive_Borda_Sat if ordinal else Cardinality_Sat)
    counting, _ = patiently(
        lambda: greedy_utilitarian_welfare(
            instance, merged, sat_profile=satisfaction, is_sat_additive=True
        ),
        1,
        patience,
    )
    return reading, counting


def row(path: Path, patience: float) -> list[str]:
    """One line of the table."""
    reading, election = best(lambda: read_pabulib(path), 5)
    counting, result = best(lambda: count(election), 5)
    size = path.stat().st_size / 1e6
    ours = f"{counting * 1e3:.2f}"
    cells = [path.stem, f"{size:.1f}", f"{result.ballots:,}", f"{reading:.3f}"]
    rival = rival_times(path, patience)
    if rival is None:
        return [*cells, "–", "–", ours, "–", "–"]
    cells += [f"{rival[0]:.2f}", f"{rival[0] / reading:.0f} ×", ours]
    more, seconds = ("> ", patience) if rival[1] == math.inf else ("", rival[1])
    return [*cells, f"{more}{seconds * 1e3:.0f}", f"{more}{seconds / counting:.0f} ×"]


def shares_rows(path: Path, completions: Iterable[str], patience: float) -> Iterator[list[str]]:
    """Equal Shares of one file."""
    election = read_pabulib(path)
    for utility in UTILITIES:
        for completion in completions:
            options = {"utility": utility, "completion": completion}
            ours, result = best(partial(count, election, "equal-shares", 0, **options), 5)
            cells = [path.stem, f"{result.ballots:,}", utility, completion, f"{ours:.4f}"]
            rival = _rival_shares(path, election, utility, patience, add1=completion == "add1")
            if rival is None:
                yield [*cells, "–", "–", "–"]
                continue
            seconds, winners = rival
            alike = "same" if winners == set(result.selected) else "OTHER"
            gave_up = seconds == math.inf
            more, seconds = ("> ", patience) if gave_up else ("", seconds)
            faster = f"{more}{seconds / ours:.0f} ×"
            yield [*cells, f"{more}{seconds:.4f}", faster, "–" if gave_up else alike]


def _rival_shares(
    path: Path, election: Election, utility: str, patience: float, *, add1: bool
) -> tuple[float, set[str]] | None:
    """
    Seconds and winners of pabutools: its best mode for ``add1``, else its default.

    The best is from ballots merged before the clock runs.
    """
    try:
        from pabutools.election import Cardinality_Sat, Cost_Sat
        from pabutools.election.pabulib import parse_pabulib
        from pabutools.rules import method_of_equal_shares
        from pabutools.tiebreaking import TieBreakingRule
    except ImportError:
        return None
    instance, profile = parse_pabulib(str(path))
    ballots = profile.as_multiprofile() if add1 else profile
    places = {project.id: project.position for project in election.projects}
    count_once = partial(
        method_of_equal_shares,
        instance,
        ballots,
        sat_class=Cost_Sat if utility == "cost" else Cardinality_Sat,
        tie_breaking=TieBreakingRule(lambda _i, _p, project: places[project.name]),
        voter_budget_increment=1 if add1 else None,
    )
    seconds, winners = patiently(count_once, 3, patience)
    return seconds, {project.name for project in winners or ()}


def every_row(path: Path) -> list[str]:
    """Reading of one file."""
    reading, election = best(lambda: read_pabulib(path), 15)
    size = f"{path.stat().st_size / 1e3:.0f}"
    unlike, projects = str(len(election.ballots)), str(len(election.projects))
    cells = [path.stem, size, str(election.ballot_count), unlike, projects, f"{reading * 1e3:.2f}"]
    try:
        from pabutools.election.pabulib import parse_pabulib
    except ImportError:
        return [*cells, "–", "–"]
    rival, _ = best(lambda: parse_pabulib(str(path)), 5)
    return [*cells, f"{rival * 1e3:.1f}", f"{rival / reading:.1f} ×"]


def tables(folder: Path = SHARED / "pabulib", patience: float = PATIENCE) -> Iterator[Table]:
    """The largest published elections of ``folder``; nothing where it is absent."""
    files = sorted(folder.glob("*.pb"), key=lambda path: -path.stat().st_size)[:LARGEST]
    if not files:
        return
    rows = [row(path, patience) for path in files]
    yield Table("Reading and counting elections", HEAD, rows)
    memory = [[path.stem, f"{peak_of(path):.1f}"] for path in files]
    yield Table("Memory while reading", ("file", "sizes of the file"), memory)
    shared = [folder / name for name in SHARED_FILES if (folder / name).exists()]
    both = ("none", "add1")
    rows = [cells for path in shared for cells in shares_rows(path, both, patience)]
    yield Table("Equal Shares, counting alone", SHARES, rows)


def tables_of_all(folder: Path, patience: float) -> Iterator[Table]:
    """Reading and *add1* of every election, small to large; *add1* of approvals alone."""
    files = sorted(folder.glob("*.pb"), key=lambda path: path.stat().st_size)
    yield Table("Reading", EVERY, [every_row(path) for path in files])
    for path in files:
        if read_pabulib(path).vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1):
            yield Table(path.stem, SHARES, list(shares_rows(path, ("add1",), patience)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counting")
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "pabulib")
    parser.add_argument("--every", action="store_true", help="every file, by add1")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds for pabutools")
    asked = parser.parse_args()
    found = tables_of_all if asked.every else tables
    for table in found(asked.folder, asked.patience):
        print(table, flush=True)


if __name__ == "__main__":
    main()
