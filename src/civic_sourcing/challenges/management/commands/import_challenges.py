from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import swapper
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site

from civic_sourcing.challenges.actions.import_challenge import ImportChallenge
from civic_sourcing.challenges.importing import ZONE
from civic_sourcing.challenges.importing.making import Making
from civic_sourcing.challenges.importing.records import Reading, lines, read_records
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengeIndexMixin,
    ChallengeIndexPage,
)
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import validate_currency

NEW_INDEX = "imported-challenges"


class Command(BaseCommand):
    """
    Import published challenges; what cannot be read is listed with the record's id and the field.

    A record whose id is here already is left as it is, so the same file twice changes nothing.
    """

    help = "Import published challenges (.json) below a list of challenges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the .json file: a list of records")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--parent", type=int, help="id of the list of challenges")
        where.add_argument(
            "--new-index",
            action="store_true",
            help="below the page “Imported challenges” under the home page, made if need be",
        )
        parser.add_argument("--language", default="en", help="language of the texts (default: en)")
        parser.add_argument("--currency", default="USD", help="ISO 4217 code (default: USD)")
        parser.add_argument("--timezone", default=ZONE, help=f"zone of the dates (default: {ZONE})")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what cannot be read, store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        making = _making(options)
        reading = _read(options["file"])
        parent = None if options["dry_run"] else _parent(options["parent"])
        self._list(reading)
        if parent is None:
            self.stdout.write(_("Nothing was stored, as asked."))
            return
        imported, before, changed = self._import(reading, parent, making)
        self.stdout.write(
            self.style.SUCCESS(
                _(
                    "Imported below “%(page)s” (page %(id)d): %(imported)d of %(records)d. "
                    "Here already: %(before)d."
                )
                % {
                    "page": parent.title,
                    "id": parent.pk,
                    "imported": imported,
                    "records": len(reading.records),
                    "before": before,
                }
            )
        )
        if changed:
            self.stderr.write(
                _("Other in the file than when they were imported, and left as they are: %(ids)s")
                % {"ids": ", ".join(map(str, changed))}
            )

    def _list(self, reading: Reading) -> None:
        if not reading.unreadable:
            return
        self.stdout.write(_("Could not be read (id, field):"))
        for line in lines(reading.unreadable):
            self.stdout.write(f"  {line}")

    def _import(self, reading: Reading, parent: Any, making: Making) -> tuple[int, int, list[int]]:
        """How many came in, how many were here, and which of these say something else now."""
        known = dict(
            ChallengeFacts.objects.filter(imported_id__isnull=False).values_list(
                "imported_id", "source_digest"
            )
        )
        imported, changed = 0, []
        for record in reading.records:
            if record.id in known:
                if known[record.id] != record.digest:
                    changed.append(record.id)
                continue
            try:
                ImportChallenge(parent, by=None, record=record, making=making).execute()
            except ActionRefused as refused:
                raise CommandError(refused.message) from None
            imported += 1
        return imported, len(reading.records) - imported, changed


def _making(options: dict[str, Any]) -> Making:
    try:
        zone = ZoneInfo(options["timezone"])
        validate_currency(options["currency"])
    except (ZoneInfoNotFoundError, ValueError):
        raise CommandError(
            _("There is no time zone “%(zone)s”.") % {"zone": options["timezone"]}
        ) from None
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return Making(options["language"], options["currency"], zone)


def _read(path: Path) -> Reading:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from None
    except (ValueError, RecursionError):
        raise CommandError(_("%(file)s is no JSON.") % {"file": path}) from None
    if not isinstance(rows, list):
        raise CommandError(_("%(file)s holds no list of records.") % {"file": path})
    return read_records(rows)


def _parent(pk: int | None) -> Any:
    """The list with that id; without one, the new one under the home page."""
    if pk is None:
        return _new_index()
    page = swapper.load_model("wagtailcore", "Page").objects.filter(pk=pk).first()
    if page is None:
        raise CommandError(_("There is no page with the id %(id)d.") % {"id": pk})
    page = page.specific
    if not isinstance(page, ChallengeIndexMixin):
        raise CommandError(_("“%(page)s” is no list of challenges.") % {"page": page.title})
    return page


def _new_index() -> ChallengeIndexPage:
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if site is None:
        raise CommandError(_("There is no site, so there is no home page."))
    home = site.root_page.specific
    index = ChallengeIndexPage.objects.child_of(home).filter(slug=NEW_INDEX).first()
    if index is None:
        index = home.add_child(
            instance=ChallengeIndexPage(
                title="Imported challenges", slug=NEW_INDEX, locale=home.locale, live=False
            )
        )
        index.save_revision(clean=False).publish(skip_permission_checks=True)
        index.refresh_from_db()
    return index
