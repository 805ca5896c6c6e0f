#!/usr/bin/env python
"""
Run the suite on the oldest and the newest supported versions, with the interpreters found here.

    python scripts/matrix.py                       both corners
    python scripts/matrix.py lowest [--only sqlite] [--list]
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
ASK = "import sys, venv, ensurepip; print(*sys.version_info[:2])"


@dataclass(frozen=True)
class Corner:
    """One set of versions; ``newest`` says which end of the interpreters it takes."""

    name: str
    newest: bool
    requirements: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return ROOT / f".venv-matrix-{self.name}"


CORNERS = {
    corner.name: corner
    for corner in (
        Corner("lowest", newest=False, requirements=("django~=5.2.0", "wagtail~=7.4.0")),
        Corner("highest", newest=True, requirements=("django>=6.0,<7", "wagtail>=8.0,<9")),
    )
}


def interpreters() -> dict[tuple[int, int], str]:
    """Every usable Python of at least 3.11: on the path, and among pyenv's. One per version."""
    names = [f"python3.{minor}" for minor in range(11, 20)] + ["python3"]
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    folders += sorted(pyenv.glob("*/bin"))
    found: dict[tuple[int, int], str] = {}
    for candidate in (folder / name for name in names for folder in folders):
        if not os.access(candidate, os.X_OK):
            continue
        answer = subprocess.run(
            [candidate, "-c", ASK], capture_output=True, text=True, check=False
        ).stdout
        if match := re.fullmatch(r"(\d+) (\d+)\n", answer):
            version = int(match[1]), int(match[2])
            if version >= OLDEST_PYTHON:
                found.setdefault(version, str(candidate))
    return found


def run(corner: Corner, python: str, version: tuple[int, int], only: str) -> dict:
    """Make the corner's environment if need be, run the suite in it, and return its report."""
    inside = corner.folder / "lib" / "python{}.{}".format(*version)
    if corner.folder.exists() and not inside.exists():
        shutil.rmtree(corner.folder)
    print(f"\n━━━━ {corner.name}: {python}, {', '.join(corner.requirements)}", flush=True)
    subprocess.run(
        ["sh", "scripts/environment.sh", corner.folder.name, "test", *corner.requirements],
        cwd=ROOT,
        env=os.environ | {"PYTHON_FOR_ENVIRONMENT": python},
        check=True,
    )
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        result = subprocess.run(
            [
                *(str(corner.folder / "bin" / "python"), "scripts/run_tests.py"),
                *("--only", only, "--report", report.name),
            ],
            cwd=ROOT,
            check=False,
        )
        text = Path(report.name).read_text(encoding="utf-8")
    return {"ok": result.returncode == 0, **(json.loads(text) if text else {"runs": []})}


def print_table(reports: dict[str, dict]) -> None:
    print(
        f"\n━━━━ {'corner':10}{'Python':9}{'Django':9}{'Wagtail':9}{'on':13}passed failed skipped"
    )
    for name, report in reports.items():
        versions = report.get("versions", {})
        for row in report["runs"]:
            print(
                f"{'ok  ' if not row['failed_run'] else 'FAIL'} {name:10}"
                + "".join(f"{versions[each]:9}" for each in ("Python", "Django", "Wagtail"))
                + f"{row['name']:13}{row['passed']:6} {row['failed']:6} {row['skipped']:7}"
            )
        if not report["ok"]:
            print(f"FAIL {name}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corners", nargs="*", help=f"of {', '.join(CORNERS)}; default: all")
    parser.add_argument("--only", default="sqlite,postgres,browser", help="as of run_tests.py")
    parser.add_argument("--list", action="store_true", help="only say what would be used")
    options = parser.parse_args()
    wanted = [name for given in options.corners for name in given.split(",") if name]
    for name in wanted:
        if name not in CORNERS:
            parser.error(f"no corner {name!r}; there are {', '.join(CORNERS)}")
    present = interpreters()
    print("Interpreters: " + ", ".join(f"{a}.{b} ({path})" for (a, b), path in present.items()))
    if options.list or not present:
        return int(not present)
    reports = {}
    for name in wanted or CORNERS:
        version = (max if CORNERS[name].newest else min)(present)
        reports[name] = run(CORNERS[name], present[version], version, options.only)
    print_table(reports)
    return int(not all(report["ok"] for report in reports.values()))


if __name__ == "__main__":
    sys.exit(main())
