#!/usr/bin/env python
"""
Run the example town: bring its database up to date, then serve it, with a task worker and the
regular tick beside it, until Ctrl-C. Ends what it started and nothing else.

``PORT`` and ``HOST`` say where to listen (8000, 127.0.0.1), ``DEBUG=0`` serves through gunicorn,
``DATABASE_URL``, ``CACHE_URL`` and ``DATA_DIR`` are read by the town's settings.
"""

import contextlib
import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path


def port(typed: str) -> int:
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) < 65_536:
        return int(typed)
    sys.exit(f"PORT must be a number from 1 to 65535, not {typed!r}: try PORT=8000 make demo.")


ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "example_site"
DATA_DIR = Path(os.environ.get("DATA_DIR") or SITE / "var")
STAMP = DATA_DIR / ".prepared"
MANAGE = [sys.executable, str(SITE / "manage.py")]
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = port(os.environ.get("PORT") or "8000")
DEBUG = os.environ.get("DEBUG", "1").strip().lower() not in {"", "0", "false", "no", "off"}
TICK_EVERY = 60  # seconds
GRACE = 8  # seconds a process is given to end by itself

PAGES = {
    "The town": "/en/",
    "Participation": "/en/participate/",
    "Ideas": "/en/participate/ideas/",
    "Budget vote": "/en/participate/budget/",
    "In Korean": "/ko/participate/",
    "Editors": "/admin/",
}
LOGINS = "editor, moderator, official, citizen, neighbour; superuser admin"


class Stop(Exception):
    """Somebody asked for the end."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "town.settings")
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(DATA_DIR.resolve())
    if not DEBUG:
        os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or own_secret_key()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, stop)
    try:
        refuse_taken_port()
        return serve(rest=prepare())
    except Stop:
        print("\nThe town is closed.", flush=True)
        return 0


def stop(signum: int, frame: object) -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    raise Stop


def own_secret_key() -> str:
    """A key of this machine's own, made once and kept beside the database."""
    path = DATA_DIR / "secret-key"
    key = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    if not key:
        key = secrets.token_urlsafe(50)
        path.touch(mode=0o600)
        path.write_text(key, encoding="utf-8")
    return key


def refuse_taken_port() -> None:
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {HOST}:{PORT} ({error.strerror}): try PORT={PORT + 1} make demo."
            )


def prepare() -> list[str] | None:
    """
    Migrate, load what the first pages show and collect static files; return the command that loads
    the rest. ``None`` if nothing changed since the last time.
    """
    own_database = not os.environ.get("DATABASE_URL") and (DATA_DIR / "town.sqlite3").exists()
    if own_database and STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest():
        return None
    STAMP.unlink(missing_ok=True)
    print("Preparing the town's database …", flush=True)
    commands = {
        "migrate": [sys.executable, str(ROOT / "scripts" / "migrate.py")],
        "load_demo": [*MANAGE, "load_demo", "--first"],
    }
    if not DEBUG:
        commands["collectstatic"] = [*MANAGE, "collectstatic", "--noinput", "--verbosity=0"]
    for name, command in commands.items():
        with Company() as company:
            if company.start(command).wait() != 0:
                sys.exit(
                    f"{name} failed. If the database is from an older version of "
                    f"the demo, remove the folder {DATA_DIR} and start again."
                )
    return [*MANAGE, "load_demo"]


def digest() -> str:
    """What the database was made from: migrations, demo loader, static files, versions."""
    total = hashlib.sha256(f"{sys.version} {DEBUG}".encode())
    for path in sorted(made_from()):
        total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    total.update(" ".join(sorted(f"{d.name} {d.version}" for d in distributions())).encode())
    return total.hexdigest()


def made_from() -> Iterator[Path]:
    package, town = ROOT / "src" / "civic_sourcing", SITE / "town"
    yield from package.glob("*/migrations/*.py")
    yield from town.glob("migrations/*.py")
    for folder in ("demo", "management"):
        yield from (path for path in (town / folder).rglob("*") if is_source(path))
    if not DEBUG:
        for root in (package, town):
            yield from (path for path in root.rglob("static/**/*") if is_source(path))


def is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def server_command() -> list[str]:
    address = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
    if DEBUG:
        return [*MANAGE, "runserver", "--noreload", "--skip-checks", address]
    return [
        *(sys.executable, "-m", "gunicorn", "town.wsgi", f"--chdir={SITE}", f"--bind={address}"),
        *("--workers=2", "--threads=4", "--access-logfile=-", "--graceful-timeout=5"),
    ]


def worker_commands() -> Iterator[list[str]]:
    """One worker for every kind of task that waits in the database."""
    sys.path.insert(0, str(SITE))
    from town.settings import TASKS

    for name, options in TASKS.items():
        if options["BACKEND"].startswith("django_tasks_db"):
            yield [*MANAGE, "db_worker", f"--backend={name}", "--queue-name=*", "--no-reload"]


class Company:
    """The processes of this town, each in its own session; they end with the ``with`` block."""

    def __init__(self) -> None:
        self.processes: dict[tuple[str, ...], subprocess.Popen] = {}

    def __enter__(self) -> "Company":
        return self

    def __exit__(self, *reason: object) -> None:
        living = [process for process in self.processes.values() if process.poll() is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in living:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start(self, command: list[str]) -> subprocess.Popen:
        """Start a command, unless it is still running from the last time."""
        process = self.processes.get(tuple(command))
        if process is None or process.poll() is not None:
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True
            )
            self.processes[tuple(command)] = process
        return process


def serve(rest: list[str] | None) -> int:
    """
    Keep the server, the workers and the tick running; returns when the server ends.

    ``rest`` is loaded first, while the server answers already.
    """
    with Company() as company:
        server = company.start(server_command())
        if not wait_until_it_answers(server):
            return server.returncode
        greet()
        if rest and not load(rest, company, server):
            return server.poll() or 1
        due = {tuple(command): 0.0 for command in worker_commands()}
        due[(*MANAGE, "civic_tick")] = 0.0
        while server.poll() is None:
            for command, moment in due.items():
                if time.monotonic() >= moment:
                    company.start(list(command))
                    due[command] = time.monotonic() + TICK_EVERY
            time.sleep(0.5)
        return server.returncode


def load(rest: list[str], company: Company, server: subprocess.Popen) -> bool:
    """Load ``rest``; whether it is there, and the server still answers."""
    wanted = digest()
    print("  The past year of the forums is being loaded; give it a minute or two.", flush=True)
    loading = company.start(rest)
    while loading.poll() is None and server.poll() is None:
        time.sleep(0.5)
    if loading.poll() != 0:
        print(f"manage.py load_demo failed. Remove the folder {DATA_DIR} and start again.")
        return False
    STAMP.write_text(wanted, encoding="utf-8")
    print("  Everything is there.\n", flush=True)
    return server.poll() is None


def wait_until_it_answers(server: subprocess.Popen) -> bool:
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, PORT), timeout=1):
            return True
        time.sleep(0.1)
    return False


def greet() -> None:
    shown = "localhost" if HOST in {"127.0.0.1", "0.0.0.0", "::1", "::"} else HOST  # noqa: S104
    lines = [f"  {name:15}http://{shown}:{PORT}{path}" for name, path in PAGES.items()]
    print("\n".join(["", *lines, "", f"  Sign in as {LOGINS}; password: demo"]))
    print("  Ctrl-C ends it.\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
