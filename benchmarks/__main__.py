"""
Print the tables of every module here that has a function ``tables() -> Iterable[Table]``.

    python -m benchmarks                        all, on SQLite
    python -m benchmarks counting               only these modules
    python -m benchmarks --on postgres
    python -m benchmarks ideas --on both        on one after the other

Each module gets a process of its own with a new, migrated database, which is removed at the end, so
that nothing depends on what was measured before. Figures of one run compare with each other, not
with those of other machines.
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

        from tests.quick_states import quick_states

        django.setup()
        stack.callback(connections.close_all)
        with quick_states():
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
    kinds = DATABASES if options.on == "both" else (options.on,)
    names = options.names or known
    if len(kinds) * len(names) == 1:
        print_tables(names[0], kinds[0])
        return 0
    command = [sys.executable, "-m", "benchmarks"]
    return max(
        subprocess.call([*command, name, "--on", kind], cwd=ROOT)
        for kind in kinds
        for name in names
    )


def print_tables(name: str, kind: str) -> None:
    sys.path[:0] = [str(ROOT / folder) for folder in ("example_site", "scripts", "src")]
    stand_on = ", ".join(f"{each} {version(each)}" for each in ("Django", "Wagtail"))
    print(
        f"\n## {name}: Python {platform.python_version()}, {stand_on}, {kind}, "
        f"{os.cpu_count()} cores\n",
        flush=True,
    )
    with database(kind):
        for table in importlib.import_module(f"benchmarks.{name}").tables():
            print(table, flush=True)


if __name__ == "__main__":
    sys.exit(main())
