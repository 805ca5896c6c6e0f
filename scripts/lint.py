#!/usr/bin/env python
"""
Check what can be checked without running the product: style, imports, types, templates,
migrations, translations. Every gate runs, also after one that failed.

    python scripts/lint.py                      all gates
    python scripts/lint.py --only types,imports
    python scripts/lint.py --fix                put code and templates into shape first
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "civic_sourcing"
TYPED = (
    "core/**/*.py",
    "budgets/ballots/**/*.py",
    "budgets/counting/**/*.py",
    "moderation/figures/**/*.py",
    *(f"*/{noun}{below}" for noun in ("actions", "policies") for below in (".py", "/**/*.py")),
)
LEFT_UNTYPED = {"migrations", "templatetags", "management"}

# What would tie the repository to one machine. Written so that this list does not find itself.
TIES = re.compile(
    r"(?<![\w./])/(?:work|root|tmp)/\w|py[p]i\.org|python[h]osted\.org|registry\.[n]pmjs"
    r"|deb\.[d]ebian\.org"
)
READ_ALL_OF = {
    ".py",
    ".sh",
    ".md",
    ".toml",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".json",
}


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def relative(paths: Iterator[Path]) -> list[str]:
    return sorted({path.relative_to(ROOT).as_posix() for path in paths})


def typed_modules() -> list[str]:
    found = (path for pattern in TYPED for path in PACKAGE.glob(pattern))
    return relative(path for path in found if not LEFT_UNTYPED & set(path.parts))


def templates() -> list[str]:
    folders = (PACKAGE, ROOT / "example_site" / "town", ROOT / "tests")
    return relative(
        path for folder in folders for path in folder.rglob("*.html") if "templates" in path.parts
    )


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "django", *arguments, "--settings=tests.settings"]


def check_ties() -> int:
    """Nothing committed names a path of one machine or the host of a package registry."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = 0
    for name in listing.stdout.splitlines():
        path = ROOT / name
        if not path.is_file() or (path.suffix not in READ_ALL_OF and path.suffix):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if match := TIES.search(line):
                found += 1
                print(f"{name}:{number}: names {match[0]!r}, which only one machine has")
    return int(bool(found))


def gates() -> dict[str, list[str]]:
    """Name of the gate to its command; one without anything to look at is not there."""
    commands = {
        "format": [tool("ruff"), "format", "--check", "."],
        "style": [tool("ruff"), "check", "."],
        "imports": [tool("lint-imports"), "--no-cache"],
        "types": [tool("mypy"), *typed_modules()],
        "templates": [tool("djade"), "--target-version", "5.2", "--check", *templates()],
        "migrations": manage("makemigrations", "--check", "--dry-run"),
        "translations": [sys.executable, "scripts/messages.py", "--check"],
        "ties": [sys.executable, "scripts/lint.py", "--ties"],
    }
    if not typed_modules():
        del commands["types"]
    if not templates():
        del commands["templates"]
    return commands


def run(command: list[str]) -> subprocess.CompletedProcess:
    here = os.pathsep.join(str(ROOT / folder) for folder in (".", "src", "example_site"))
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": here, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def fix() -> None:
    run([tool("ruff"), "check", "--fix", "--exit-zero", "."])
    run([tool("ruff"), "format", "."])
    if templates():
        run([tool("djade"), "--target-version", "5.2", *templates()])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", help="comma-separated names of gates")
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--ties", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ties:
        return check_ties()
    if options.fix:
        fix()
    failed = []
    for name, command in gates().items():
        if options.only and name not in options.only.split(","):
            continue
        started = time.monotonic()
        result = run(command)
        seconds = time.monotonic() - started
        print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {name:14}{seconds:6.1f} s")
        if result.returncode != 0:
            failed.append(name)
            print(result.stdout, flush=True)
    print(f"These gates failed: {', '.join(failed)}." if failed else "Every gate is passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
