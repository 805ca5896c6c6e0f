#!/usr/bin/env python
"""
Run the whole suite: on SQLite, on a PostgreSQL started for it, in Chromium, and each optional app
alone. Ends with a table of what ran on what.

    python scripts/run_tests.py [--only sqlite,postgres,browser,subsets] [pytest's arguments …]
"""

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import chromium
from postgres import running_postgres

ROOT = Path(__file__).resolve().parent.parent
RUNS = ("sqlite", "postgres", "browser", "subsets")
LANES = (("browser", "subsets"), ("sqlite", "postgres"))
"""
What runs one after the other; lanes run at once, so that a core is not idle while another run
waits for a browser. PostgreSQL comes after SQLite, as what was noted there says what it needs.
"""
NO_TESTS = 5
CASES = {"postgres": 1, "browser": 1}
"""Of a test's many cases so many run there (``--cases=999`` for all)."""
GIVES_WAY = {"SQLite"}
"""Nothing in it waits for the clock of a browser, so it may take what others leave."""
LEAVE_OUT = ("DATABASE_URL", "CACHE_URL", "DEBUG", "SECRET_KEY", "DATA_DIR", "BASE_URL")
LEAVE_OUT += ("PYTHONDONTWRITEBYTECODE",)
"""The last as each of twenty processes would compile everything for itself, twelve seconds long."""
CLOSING_LINE = re.compile(r"^(=+ )?(\d+ \w+|no tests ran).* in [\d.]+s")


@dataclass
class Run:
    """One call of pytest and what came of it."""

    name: str
    stands_on: str
    seconds: float = 0.0
    status: int = 0
    closing_line: str = ""
    outcomes: Counter = field(default_factory=Counter)
    skips: Counter = field(default_factory=Counter)

    @property
    def failed(self) -> bool:
        return self.status not in {0, NO_TESTS}

    def read_report(self, path: Path) -> None:
        if not path.exists():
            return
        for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                self.outcomes["failed"] += 1
            elif skipped is not None:
                self.outcomes["skipped"] += 1
                self.skips[skipped.get("message") or "no reason given"] += 1
            else:
                self.outcomes["passed"] += 1


class Screen:
    """Shows one run as it goes on; what others say meanwhile is shown when that one has ended."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shown: Run | None = None
        self.kept: dict[str, list[str]] = {}
        self.ended: list[str] = []

    def say(self, run: Run, line: str) -> None:
        with self.lock:
            self.shown = self.shown or run
            self.kept.setdefault(run.name, []).append(line)
            if self.shown is run:
                self.print(run.name)

    def end(self, run: Run) -> None:
        with self.lock:
            self.ended.append(run.name)
            if self.shown is None or self.shown is run:
                self.shown = None
                while self.ended:
                    self.print(self.ended.pop(0))

    def print(self, name: str) -> None:
        print("".join(self.kept.pop(name, ())), end="", flush=True)


class Suite:
    def __init__(self, arguments: list[str], scratch: Path) -> None:
        self.arguments = arguments
        self.scratch = scratch
        self.runs: list[Run] = []
        self.screen = Screen()
        self.processes: list[subprocess.Popen] = []
        self.interrupted = False
        self.environment = {k: v for k, v in os.environ.items() if k not in LEAVE_OUT}
        self.environment["TMPDIR"] = str(scratch)
        self.notes = scratch / "statements"
        self.notes.mkdir()
        self.every = False

    def compile(self) -> None:
        """Compile tests that were never run, each half once; all processes at once would do all."""
        tests = ROOT / "tests"
        if next(tests.rglob("*-pytest-*.pyc"), None):
            return
        print("Compiling the tests, which takes a moment the first time", flush=True)
        folders = sorted(path.parent for path in tests.glob("*/__init__.py"))
        command = [sys.executable, "-m", "pytest", "--collect-only", "-qq"]
        halves = [
            subprocess.Popen(
                [*command, *folders[half::2]],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for half in (0, 1)
        ]
        try:
            for process in halves:
                process.wait()
        finally:
            for process in halves:
                process.terminate()

    def follow(self, lanes: Sequence[Sequence[str]]) -> None:
        """Run all lanes at once; when interrupted, end what runs and begin nothing any more."""
        with ThreadPoolExecutor(len(lanes)) as pool:
            try:
                running = [pool.submit(self.follow_lane, lane) for lane in lanes]
                for each in wait(running, return_when=FIRST_EXCEPTION).done:
                    each.result()
            except BaseException:
                self.interrupted = True
                for process in self.processes:
                    process.terminate()
                raise

    def follow_lane(self, names: Sequence[str]) -> None:
        for name in names:
            if not self.interrupted:
                getattr(self, name)()

    def pytest(
        self, name: str, stands_on: str, *options: str, workers: int | None = None, **extra: str
    ) -> None:
        """Run pytest once, showing what it says as it says it."""
        run = Run(name, stands_on)
        self.runs.append(run)
        report = self.scratch / f"{name}.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *options]
        many = min(2, os.cpu_count() or 1) if workers is None else workers
        if many and not any(given.startswith("-n") for given in self.arguments):
            command += ["-n", str(many), "--dist=loadfile", "--no-loadscope-reorder"]
        if sys.stdout.isatty():
            command.append("--color=yes")
        if name in GIVES_WAY and shutil.which("nice"):
            command = ["nice", "-n", "5", *command]
        self.screen.say(run, f"\n━━ {name}: {stands_on}\n")
        started = time.monotonic()
        run.status = self.listen(run, [*command, *self.arguments], self.environment | extra)
        run.seconds = time.monotonic() - started
        run.read_report(report)
        self.screen.end(run)

    def listen(self, run: Run, command: list[str], environment: dict[str, str]) -> int:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process:
            self.processes.append(process)
            for line in process.stdout or ():
                self.screen.say(run, line)
                plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip()
                if CLOSING_LINE.match(plain):
                    run.closing_line = plain
        return process.returncode

    def sqlite(self) -> None:
        import sqlite3

        self.pytest(
            "SQLite",
            f"SQLite {sqlite3.sqlite_version}",
            "-m",
            "not browser",
            f"--note-statements={self.notes}",
        )

    def postgres(self) -> None:
        noted = not self.every and any(self.notes.iterdir())
        with running_postgres() as url:
            self.pytest(
                "PostgreSQL",
                f"{postgres_version(url)}, what reaches a database, one case of each test"
                + (", no test that sends only what others send" if noted else ""),
                "-m",
                "not browser",
                "--only-with-database",
                f"--cases={CASES['postgres']}",
                *([f"--noted-statements={self.notes}"] if noted else []),
                DATABASE_URL=url,
            )

    def browser(self) -> None:
        path = chromium.require()
        self.pytest(
            "Browser",
            f"{chromium.version(path)} on SQLite, one case of each test",
            "-m",
            "browser",
            f"--cases={CASES['browser']}",
            CHROMIUM=path,
        )

    def subsets(self) -> None:
        for room in optional_rooms():
            self.pytest(
                f"Only {room}",
                "SQLite, a host with this room and those below",
                "--ds=tests.host_project.subset",
                "tests/smoke",
                workers=0,
                CIVIC_ROOM=room,
            )


def lanes_of(wanted: list[str], *, in_a_row: bool) -> list[list[str]]:
    lanes = [list(RUNS)] if in_a_row else LANES
    chosen = [[name for name in lane if name in wanted] for lane in lanes]
    return [lane for lane in chosen if lane]


def optional_rooms() -> list[str]:
    folder = ROOT / "src" / "civic_sourcing"
    rooms = ("challenges", "budgets", "ideas", "comments")
    return [room for room in rooms if (folder / room / "apps.py").exists()]


def postgres_version(url: str) -> str:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {row[0] if row else ''}"


def versions() -> dict[str, str]:
    installed = {name: version(name) for name in ("Django", "Wagtail")}
    return {"Python": platform.python_version(), **installed}


def report(runs: list[Run]) -> dict:
    rows = [
        {
            "name": run.name,
            "stands_on": run.stands_on,
            "failed_run": run.failed,
            **{each: run.outcomes[each] for each in ("passed", "failed", "skipped")},
        }
        for run in runs
    ]
    return {"versions": versions(), "runs": rows}


def print_summary(runs: list[Run], left_out: list[str]) -> None:
    names = ", ".join(f"{name} {number}" for name, number in versions().items())
    print(f"\n━━ What ran on what: {names}")
    print(f"{'':14}{'passed':>8}{'failed':>8}{'skipped':>8}{'seconds':>9}  on")
    for run in runs:
        numbers = "".join(f"{run.outcomes[each]:8}" for each in ("passed", "failed", "skipped"))
        note = " (ended before its end)" if run.failed and not run.outcomes["failed"] else ""
        print(f"{run.name:14}{numbers}{run.seconds:9.0f}  {run.stands_on}{note}")
    for run in runs:
        for reason, count in sorted(run.skips.items()):
            print(f"skipped in {run.name}: {count} × {reason}")
    for name in left_out:
        print(f"not asked for: {name}")
    for run in runs:
        print(f"{run.name}: {run.closing_line or 'no closing line'}")
    total = sum((run.outcomes for run in runs), Counter())
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cst"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, help="write what came of it to this file, as JSON")
    parser.add_argument("--only", default=",".join(RUNS), help="comma-separated: %(default)s")
    parser.add_argument("--in-a-row", action="store_true", help="run nothing beside something else")
    parser.add_argument(
        "--every-statement", action="store_true", help="run on PostgreSQL whatever sends it one"
    )
    options, arguments = parser.parse_known_args()
    wanted = options.only.split(",")
    if arguments and options.only == parser.get_default("only"):
        wanted.remove("subsets")
    unknown = sorted(set(wanted) - set(RUNS))
    if unknown:
        parser.error(f"no run {unknown[0]!r}; there are {', '.join(RUNS)}")
    if "browser" in wanted:
        os.environ["CHROMIUM"] = chromium.require()
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, interrupt)
    interrupted = False
    with scratch_folder() as scratch:
        suite = Suite(arguments, scratch)
        suite.every = options.every_statement
        try:
            suite.compile()
            suite.follow(lanes_of(wanted, in_a_row=options.in_a_row))
        except KeyboardInterrupt:
            interrupted = True
    print_summary(suite.runs, [name for name in RUNS if name not in wanted])
    if options.report:
        options.report.write_text(json.dumps(report(suite.runs)), encoding="utf-8")
    ran = sum(sum(run.outcomes.values()) for run in suite.runs)
    return int(interrupted or not ran or any(run.failed for run in suite.runs))


if __name__ == "__main__":
    sys.exit(main())
