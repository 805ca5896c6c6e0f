#!/usr/bin/env python
"""
Build wheel and sdist, look into them, and run a host that installs the wheel and nothing else:
its three-line project has to pass ``check`` and ``migrate``.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PROGRAM = "civic_sourcing/budgets/exports/verify_vote.txt"
"""``docs/verify_vote.py``, which sites hand out."""
NOT_SHIPPED = {".po", ".pot", ".pyc"}


def run(*command: object, folder: Path, **environment: str) -> str:
    """Run a command; on failure show what it said and end."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "PYTHON"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=clean | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stdout}")
    return result.stdout


def shipped_files() -> set[str]:
    """What the wheel has to hold: whatever is in the package but sources of translations."""
    files = (path for path in (SOURCE / "civic_sourcing").rglob("*") if path.is_file())
    ours = {path.relative_to(SOURCE).as_posix() for path in files if path.suffix not in NOT_SHIPPED}
    return ours | {PROGRAM}


def build(folder: Path) -> tuple[Path, Path]:
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, folder=folder)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def check_contents(wheel: Path, sdist: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("civic_sourcing/")}
    missing, foreign = shipped_files() - inside, inside - shipped_files()
    if missing or foreign:
        sys.exit(f"The wheel lacks {sorted(missing)} and has, unasked, {sorted(foreign)}.")
    kinds = {suffix: sum(name.endswith(suffix) for name in inside) for suffix in SUFFIXES}
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in ("LICENSE", "README.md", "pyproject.toml", "tests/conftest.py"):
        if name not in names:
            sys.exit(f"The sdist lacks {name}.")
    said = ", ".join(f"{number} {suffix}" for suffix, number in kinds.items())
    print(f"{wheel.name}: {len(inside)} files ({said}); {sdist.name}: {len(names)} files")


SUFFIXES = (".py", ".html", ".css", ".js", ".mo")


def check_host(wheel: Path, folder: Path) -> None:
    """Install the wheel into an empty environment and run a host on it."""
    python = folder / "environment" / "bin" / "python"
    run(sys.executable, "-m", "venv", folder / "environment", folder=folder)
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, folder=folder)
    run(python, "-m", "pip", "check", folder=folder)
    shutil.copytree(ROOT / "tests" / "host_project", folder / "host" / "host_project")
    for command in (
        ("check", "--fail-level=WARNING"),
        ("migrate", "--verbosity=0"),
        ("check", "--database=default", "--fail-level=WARNING"),
        ("makemigrations", "--check", "--dry-run"),
    ):
        run(
            *(python, "-m", "django", *command, "--settings=host_project.settings"),
            folder=folder / "host",
            PYTHONPATH=str(folder / "host"),
            DATA_DIR=str(folder),
        )
        print(f"host with the wheel alone: {' '.join(command)}: ok")


def check_counting_alone(wheel: Path, folder: Path) -> None:
    """Count an election where no package is installed at all."""
    elections = sorted((ROOT / "tests").rglob("*.pb")) + sorted(SOURCE.rglob("*.pb"))
    if not (SOURCE / "civic_sourcing" / "budgets" / "counting" / "__main__.py").exists():
        return
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)  # noqa: S202 -- built a moment ago, here
    module = "civic_sourcing.budgets.counting"
    arguments = [elections[0]] if elections else ["--help"]
    run(sys.executable, "-S", "-m", module, *arguments, folder=folder, PYTHONPATH=str(unpacked))
    print("counting without any other package: ok")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="csp") as name:
        folder = Path(name)
        (folder / "dist").mkdir()
        wheel, sdist = build(folder / "dist")
        check_contents(wheel, sdist)
        check_counting_alone(wheel, folder)
        check_host(wheel, folder)


if __name__ == "__main__":
    main()
