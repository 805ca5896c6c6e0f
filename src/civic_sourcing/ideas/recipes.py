"""
Presets for a forum: the published rules of real programmes, with where each number is from.

The data are ours to read and an editor's to change: a preset fills the form, nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.kinds import Label
from civic_sourcing.processes.naming import in_language

STATUSES: Mapping[str, Label] = {
    "two-sources": _("two or more public sources"),
    "one-source": _("one public source"),
    "unchecked": _("one account, not checked against a public source"),
    "general-knowledge": _("general knowledge, not looked up"),
    "suggestion": _("our suggestion, not a published rule"),
}
"""How well a figure is known, from best to least."""


@dataclass(frozen=True)
class RecipeThreshold:
    """A threshold of a preset; ``statuses`` say how well its figures are known."""

    number: int
    measure: str
    event: str
    days: int | None
    answer_days: int | None
    notes: Mapping[str, str]
    statuses: Sequence[str]

    @property
    def note(self) -> str:
        return in_language(self.notes)

    def values(self) -> dict[str, Any]:
        """What a row of the form is filled with."""
        return {
            "number": self.number,
            "measure": self.measure,
            "event": self.event,
            "days": self.days,
            "answer_days": self.answer_days,
            "note": self.note,
        }


@dataclass(frozen=True)
class Recipe:
    """``rules`` are values of ``ForumRules``; what is not named stays as usual."""

    key: str
    names: Mapping[str, str]
    abouts: Mapping[str, str]
    rules: Mapping[str, Any]
    thresholds: Sequence[RecipeThreshold]
    status: str
    sources: Sequence[Mapping[str, str]]
    period: Sequence[str | None] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def about(self) -> str:
        return in_language(self.abouts)

    @property
    def known_by(self) -> Label:
        """How well its figures are known on the whole."""
        return STATUSES[self.status]

    @property
    def doubts(self) -> list[Label]:
        """What is said of single figures that are known less well than the whole."""
        order = list(STATUSES)
        found = {status for each in self.thresholds for status in each.statuses}
        less = [s for s in order if s in found and order.index(s) > order.index(self.status)]
        return [STATUSES[status] for status in less]


@cache
def recipes() -> tuple[Recipe, ...]:
    """All presets, in their order."""
    content = files("civic_sourcing.ideas").joinpath("data/recipes.json").read_text("utf-8")
    return tuple(_recipe(row) for row in json.loads(content)["recipes"])


def find_recipe(key: str) -> Recipe | None:
    """The preset of that key, or ``None``."""
    return next((recipe for recipe in recipes() if recipe.key == key), None)


def _recipe(row: Mapping[str, Any]) -> Recipe:
    return Recipe(
        key=row["key"],
        names=row["name"],
        abouts=row["about"],
        rules={name: value for name, value in row["rules"].items() if "_status" not in name},
        thresholds=tuple(_threshold(each) for each in row["thresholds"]),
        status=row["status"],
        sources=tuple(row["sources"]),
        period=tuple(row.get("period", ())),
    )


def _threshold(row: Mapping[str, Any]) -> RecipeThreshold:
    return RecipeThreshold(
        number=row["number"],
        measure=row["measure"],
        event=row["event"],
        days=row.get("days"),
        answer_days=row.get("answer_days"),
        notes=row["note"],
        statuses=[value for name, value in row.items() if name.endswith("status")],
    )
