"""What a forum sorts its ideas by: categories and districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.ideas.models import Category, District
from civic_sourcing.ideas.signals import places_set
from civic_sourcing.processes.models import Process

MOST_PLACES = 60
CODE_LENGTH = 40


@dataclass(frozen=True)
class PlaceNamed:
    """
    One category or district as it is to be: ``code`` of one there is; for a new one that wished
    for, or empty.
    """

    names: Mapping[str, str]
    code: str = ""
    icon: str = ""


class SetPlaces(Action[Process]):
    """
    Say which categories and districts there are from now on, in all languages of a process.

    Takes ``categories`` and ``districts`` (``PlaceNamed``) in their order. What is left out is
    deleted, or no longer offered for new ideas where ideas are filed under it. The result is the
    number of both. The right to do this is the right to publish the page, which the caller asked
    about.
    """

    verb = "set_places"
    announces = places_set
    policy = Always()

    categories: Sequence[PlaceNamed] = ()
    districts: Sequence[PlaceNamed] = ()

    def check(self) -> None:
        for places in (self.categories, self.districts):
            if len(places) > MOST_PLACES:
                raise ActionRefused(_("These are too many."), code="too-many-places")
            if not all(any(place.names.values()) for place in places):
                raise ActionRefused(
                    _("Give everything a name in one language at least."), code="nameless"
                )

    def perform(self) -> int:
        self._settle(Category, self.categories)
        self._settle(District, self.districts)
        return len(self.categories) + len(self.districts)

    def audit_details(self) -> dict[str, Any]:
        return {"categories": len(self.categories), "districts": len(self.districts)}

    def _settle(self, model: type[Category] | type[District], places: Sequence[PlaceNamed]) -> None:
        known = {row.code: row for row in model.objects.of(self.subject)}
        kept: set[str] = set()
        for position, place in enumerate(places):
            code = place.code if place.code in known else _free_code(place, {*known, *kept})
            row = known.get(code) or model(process=self.subject, code=code)
            row.names = {language: name for language, name in place.names.items() if name}
            row.position, row.offered = position, True
            if isinstance(row, Category):
                row.icon = place.icon
            row.save()
            kept.add(code)
        for code in known.keys() - kept:
            _let_go(known[code])


def _let_go(row: Any) -> None:
    """Delete what nothing is filed under; the rest still filters, and is offered no more."""
    relation = row._meta.related_objects
    if any(getattr(row, each.get_accessor_name()).exists() for each in relation):
        row.offered = False
        row.save(update_fields=["offered"])
    else:
        row.delete()


def _free_code(place: PlaceNamed, taken: set[str]) -> str:
    """A readable code that is free: the one wished for, else one made of the first name."""
    named = (place.code, *place.names.values())
    words = (slugify(name)[:CODE_LENGTH].strip("-_") for name in named)
    stem = next(filter(None, words), "place")
    codes = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)
