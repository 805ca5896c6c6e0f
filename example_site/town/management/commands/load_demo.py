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
        with without_query_log():
            for room in demo.rooms(first=options["first"]):
                room.load()
                if options["verbosity"] > 1:
                    self.stdout.write(f"{room.__name__} is loaded.")


@contextmanager
def without_query_log() -> Iterator[None]:
    """With ``DEBUG`` on, every query is kept, and on SQLite asked a second time for its wording."""
    usual = settings.DEBUG
    settings.DEBUG = False
    try:
        yield
    finally:
        settings.DEBUG = usual
