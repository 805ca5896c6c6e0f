"""Personal data in a text: offered to the writer for masking before anybody else sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks import personal_data
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit, Span

LABELS: Mapping[personal_data.Kind, str | Promise] = {
    "phone": _("telephone number"),
    "email": _("e-mail address"),
    "resident-number": _("resident registration number"),
    "card": _("card number"),
}
HELD_KINDS = frozenset({"resident-number", "card"})
"""What waits for a moderator if its writer does not mask it; the rest is marked."""

HELD = _("It waits because of a personal number in it. A moderator looks at it first.")


class PersonalDataCheck(ContentCheck):
    """One hit for each kind of personal data found."""

    key = "personal-data"
    label = _("Personal data")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        spans: dict[personal_data.Kind, list[Span]] = {}
        for name, words in text.fields:
            for found in personal_data.find(words, today=today(text.at)):
                spans.setdefault(found.kind, []).append((name, found.start, found.end))
        for kind, places in spans.items():
            is_held = kind in HELD_KINDS
            yield Hit(
                self.key,
                "offer",
                kind,
                HELD if is_held else "",
                places,
                {"places": len(places)},
                otherwise="hold" if is_held else "mark",
            )


def today(at: datetime | None = None) -> date:
    """The day it is for people here."""
    return timezone.localdate(at)
