import json
import signal
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from civic_sourcing.core.tick import Outcome, run_ticks


class Command(BaseCommand):
    help = (
        "Do what is due: announce phases, send what waits, purge what has expired. Call it every "
        "minute; overlapping runs are safe. Exits with 1 if a job failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON document.")
        parser.add_argument("--only", metavar="JOB", help="Run one job, by its registered name.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with ending_in_order():
                outcomes = run_ticks(options["only"])
        except KeyError as unknown:
            raise CommandError(f"No job is registered as {unknown}.") from unknown
        if options["json"]:
            self._print_json(outcomes)
        else:
            self._print_lines(outcomes)
        failed = [outcome.name for outcome in outcomes or [] if outcome.error]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")

    def _print_json(self, outcomes: list[Outcome] | None) -> None:
        jobs = [outcome.as_json() for outcome in outcomes or []]
        self.stdout.write(json.dumps({"ran": outcomes is not None, "jobs": jobs}))

    def _print_lines(self, outcomes: list[Outcome] | None) -> None:
        if outcomes is None:
            self.stdout.write("Another run is at work; nothing was done.")
        for outcome in outcomes or []:
            self.stdout.write(f"{outcome.name}: {outcome.error or outcome.said or 'done'}")


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let SIGTERM end the run with its lease given back, so that the next one need not wait."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda signum, frame: sys.exit(128 + signum))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
