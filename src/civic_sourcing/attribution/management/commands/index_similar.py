from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from civic_sourcing.attribution.similar import index


class Command(BaseCommand):
    help = (
        "Index the titles of contributions, so that similar ones are found before filing. "
        "Does what is missing; it can be stopped, and run again, at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="start from an empty index, as after a restore"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for number in index.rebuild(everything=options["all"]):
            done += number
            if options["verbosity"] > 1:
                self.stdout.write(f"{done:,} indexed")
        self.stdout.write(f"{done:,} contributions brought into line.")
