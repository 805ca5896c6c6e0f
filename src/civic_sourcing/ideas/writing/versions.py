"""The versions of an idea as people read them: what changed, when, and what was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.text.difference import Piece, difference
from civic_sourcing.ideas.models import IdeaChange

PARTS: dict[str, str | Promise] = {
    "category": pgettext_lazy("also changed", "category"),
    "district": pgettext_lazy("also changed", "district"),
    "address": pgettext_lazy("also changed", "address"),
    "latitude": pgettext_lazy("also changed", "place on the map"),
    "longitude": pgettext_lazy("also changed", "place on the map"),
    "tags": pgettext_lazy("also changed", "tags"),
    "files": pgettext_lazy("also changed", "photos"),
    "replies": pgettext_lazy("also changed", "replies to the questions"),
}


@dataclass(frozen=True)
class ShownVersion:
    """One published version, as what changed since the one before; blank where it was emptied."""

    number: int
    at: datetime
    title: Sequence[Piece]
    text: Sequence[Piece]
    changes: Sequence[IdeaChange]

    @property
    def heading(self) -> str:
        return _("Version %(number)d") % {"number": self.number}

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def is_material(self) -> bool:
        return any(change.is_material for change in self.changes)

    @property
    def notes(self) -> list[str]:
        return [change.note for change in self.changes if change.note]

    @property
    def parts(self) -> str:
        """What changed beside the text, in words."""
        codes = [code for change in self.changes for code in change.parts]
        names = [str(PARTS[code]) for code in codes if code in PARTS]
        return ", ".join(dict.fromkeys(names))


def shown_versions(contribution: Any) -> list[ShownVersion]:
    """Every published version, the newest first; two queries."""
    rows = list(contribution.versions.order_by("number"))
    changes: dict[int, list[IdeaChange]] = {}
    for change in IdeaChange.objects.filter(contribution=contribution):
        changes.setdefault(change.number, []).append(change)
    shown = []
    before = None
    for row in rows:
        shown.append(
            ShownVersion(
                number=row.number,
                at=row.published_at,
                title=_pieces(before.title if before else "", row.title),
                text=_pieces(before.text if before else "", row.text),
                changes=changes.get(row.number, []),
            )
        )
        before = row
    return shown[::-1]


def _pieces(before: str, after: str) -> list[Piece]:
    return difference(before or after, after) if after else []
