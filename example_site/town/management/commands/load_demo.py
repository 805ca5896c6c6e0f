import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from town import demo


class Command(BaseCommand):
    help = "Fill the town with its pages, people and processes. What exists already is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--first",
            action="store_true",
            help="Load what a visitor sees at once, and leave the rest for another call.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with in_haste():
            for room in demo.rooms(first=options["first"]):
                room.load()
                if options["verbosity"] > 1:
                    self.stdout.write(f"{room.__name__} is loaded.")


@contextmanager
def in_haste() -> Iterator[None]:
    """
    Without what slows a long load by a third.

    With ``DEBUG`` on, every query is kept, and on SQLite asked a second time for its wording; the
    collector looks at a hundred thousand rows again and again, and almost none are in circles.
    """
    usual = settings.DEBUG
    settings.DEBUG = False
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        settings.DEBUG = usual
