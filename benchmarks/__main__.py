"""
Print the tables of every module here that has a function ``tables() -> Iterable[Table]``.

    python -m benchmarks                        all, on SQLite
    python -m benchmarks counting               only these modules
    python -m benchmarks --on postgres
    python -m benchmarks ideas --on both        on one after the other

Each run gets a new, migrated database, which is removed at the end; the modules share it, in the
order of their names. Figures of one run compare with each other, not with those of other machines.
"""

import argparse
import contextlib
import importlib
import os
import pkgutil
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgres")
NO_BENCHMARKS = {
    "__main__",
    "crowd",
    "harness",
    "serving",
    "settings",
    "visitors",
    "votes",
}


def modules() -> list[str]:
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in found if module.name not in NO_BENCHMARKS)


@contextlib.contextmanager
def database(kind: str) -> Iterator[None]:
    """A database for this run, with everything the town writes in a temporary folder."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="csb"))
        os.environ |= {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DEBUG": "0",
            "SECRET_KEY": "only-for-benchmarks",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        if kind == "postgres":
            from postgres import running_postgres

            os.environ["DATABASE_URL"] = stack.enter_context(running_postgres())
        Path(folder, "static").mkdir()

        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        stack.callback(connections.close_all)
        call_command("migrate", verbosity=0)
        yield


def main() -> int:
    known = modules()
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", help=", ".join(known))
    parser.add_argument("--on", choices=(*DATABASES, "both"), default="sqlite")
    options = parser.parse_args()
    for name in options.names:
        if name not in known:
            parser.error(f"no benchmark {name!r}; there are {', '.join(known)}")
    if options.on == "both":
        command = [sys.executable, "-m", "benchmarks", *options.names, "--on"]
        return max(subprocess.call([*command, kind]) for kind in DATABASES)
    sys.path[:0] = [str(ROOT / folder) for folder in ("example_site", "scripts", "src")]
    names = ", ".join(f"{name} {version(name)}" for name in ("Django", "Wagtail"))
    with database(options.on):
        print(
            f"Python {platform.python_version()}, {names}, {options.on}, {os.cpu_count()} cores\n"
        )
        for name in options.names or known:
            for table in importlib.import_module(f"benchmarks.{name}").tables():
                print(table, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
