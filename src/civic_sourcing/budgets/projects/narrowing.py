"""What of a vote's projects a reader wants to see: those of an area, of a field, with words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from civic_sourcing.budgets.paper import Entry

LONGEST = 100
FEW = 7
"""So many projects can be looked through without a form."""


@dataclass(frozen=True)
class Choice:
    """One list to choose from: ``options`` of value, label and whether it is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str, bool]]


class Narrowed:
    """The projects of ``paper`` that ``asked`` (a query string) wants; unknown wishes are none."""

    def __init__(self, paper: Iterable[Entry], asked: Mapping[str, Any]) -> None:
        self.paper = list(paper)
        self.q = str(asked.get("q", "")).strip()[:LONGEST]
        self.area = str(asked.get("area", ""))
        self.category = str(asked.get("category", ""))

    @cached_property
    def entries(self) -> list[Entry]:
        words = _folded(self.q).split()
        return [
            entry
            for entry in self.paper
            if self._is_of(entry)
            and all(word in _folded(f"{entry.number} {entry.name} {entry.place}") for word in words)
        ]

    @property
    def is_narrow(self) -> bool:
        return len(self.entries) < len(self.paper)

    @property
    def is_offered(self) -> bool:
        """Whether a form is worth its place."""
        return len(self.paper) > FEW

    @cached_property
    def choices(self) -> list[Choice]:
        """The lists of the form; one only where there is something to choose."""
        lists = [
            self._choice("area", _("Area"), _("All areas")),
            self._choice("category", _("Category"), _("All categories")),
        ]
        return [each for each in lists if len(each.options) > 2]

    def _choice(self, kind: str, label: str, every: str) -> Choice:
        found = {part.code: part for entry in self.paper if (part := getattr(entry.project, kind))}
        parts = sorted(found.values(), key=lambda part: (part.position, part.pk))
        chosen = getattr(self, kind)
        options = [(part.code, part.name, part.code == chosen) for part in parts]
        return Choice(kind, label, [("", every, chosen not in found), *options])

    def _is_of(self, entry: Entry) -> bool:
        """In the area and category chosen, as far as there are such."""
        return all(
            not any(chosen for value, _label, chosen in choice.options if value)
            or _code(entry, choice.name) == getattr(self, choice.name)
            for choice in self.choices
        )


def _code(entry: Entry, kind: str) -> str:
    part = getattr(entry.project, kind)
    return part.code if part else ""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
