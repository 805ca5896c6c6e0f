from typing import Any

from django.core.management.base import BaseCommand

from town import demo


class Command(BaseCommand):
    help = "Fill the town with its pages, people and processes. What exists already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        for room in demo.rooms():
            room.load()
            if options["verbosity"] > 1:
                self.stdout.write(f"{room.__name__} is loaded.")
