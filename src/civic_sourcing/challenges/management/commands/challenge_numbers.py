from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from civic_sourcing.challenges.importing import ZONE
from civic_sourcing.challenges.numbers.figures import Figures
from civic_sourcing.challenges.numbers.imported import told_of_imported
from civic_sourcing.challenges.numbers.published import document

MOMENTS = ("2019-07-01T00:00:00", "2020-07-01T00:00:00", "2021-01-01T00:00:00")


class Command(BaseCommand):
    """Print the public figures of the imported challenges of one currency."""

    help = "Print the figures of the imported challenges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--currency", default="USD", help="ISO 4217 code (default: USD)")
        parser.add_argument(
            "--open-on",
            action="append",
            metavar="MOMENT",
            help=f"count what was open then; may be repeated (default: {', '.join(MOMENTS)})",
        )
        parser.add_argument(
            "--timezone", default=ZONE, help=f"zone of these moments (default: {ZONE})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        moments = _moments(options["open_on"] or MOMENTS, options["timezone"])
        with translation.override("en"):
            figures = Figures(told_of_imported(options["currency"]))
        numbers = document(figures, options["currency"], moments)
        if options["json"]:
            self.stdout.write(json.dumps(numbers, indent=1, ensure_ascii=False))
            return
        for line in _lines(numbers):
            self.stdout.write(line)


def _moments(texts: Any, zone: str) -> list[datetime]:
    try:
        where = ZoneInfo(zone)
        return [datetime.fromisoformat(text).replace(tzinfo=where) for text in texts]
    except ZoneInfoNotFoundError:
        raise CommandError(_("There is no time zone “%(zone)s”.") % {"zone": zone}) from None
    except ValueError as error:
        raise CommandError(str(error)) from None


def _lines(numbers: dict[str, Any], indent: str = "") -> list[str]:
    lines = []
    for key, value in numbers.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}", *_lines(value, indent + "  ")]
        elif isinstance(value, list):
            lines.append(f"{indent}{key}: {'; '.join(map(str, value)) or '-'}")
        else:
            lines.append(f"{indent}{key}: {value}")
    return lines
