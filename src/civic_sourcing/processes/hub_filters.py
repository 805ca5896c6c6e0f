"""What the hub's list may be narrowed to: state, kind and mandate of a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from civic_sourcing.processes.kinds import process_kind
from civic_sourcing.processes.process import Mandate


@dataclass(frozen=True)
class Facet:
    """One row of choices: ``value`` of a card, and what it is called."""

    name: str
    value: Callable[[Any], str]
    label: Callable[[str], str]
    order: Sequence[str] = ()


def _section(card: Any) -> str:
    state: str = card.status.state
    return "coming" if state == "unplanned" else state


def _section_label(value: str) -> str:
    labels = {"running": _("Open now"), "coming": _("Coming up"), "finished": _("Finished")}
    return labels[value]


FACETS = (
    Facet("state", _section, _section_label, ("running", "coming", "finished")),
    Facet("kind", lambda card: card.process.kind, lambda key: str(process_kind(key).label)),
    Facet(
        "mandate",
        lambda card: card.process.mandate,
        lambda value: str(Mandate(value).label),
        Mandate.values,
    ),
)


class HubFilters:
    """
    The cards chosen by ``query``, and links to choose others.

    A value no card has is passed over, as is a row with nothing to choose between.
    """

    def __init__(self, query: Mapping[str, str], cards: Sequence[Any]) -> None:
        self.cards = cards
        self.values = {facet.name: self._values(facet) for facet in FACETS}
        asked = {facet.name: query.get(facet.name, "") for facet in FACETS}
        self.used = {
            name: value
            for name, value in asked.items()
            if value in self.values[name] and len(self.values[name]) > 1
        }

    def _values(self, facet: Facet) -> list[str]:
        present = {facet.value(card) for card in self.cards}
        if facet.order:
            return [value for value in facet.order if value in present]
        return sorted(present, key=facet.label)

    @cached_property
    def chosen(self) -> list[Any]:
        used = [(facet, self.used[facet.name]) for facet in FACETS if facet.name in self.used]
        return [
            card for card in self.cards if all(facet.value(card) == value for facet, value in used)
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Rows of links for the element ``tags``, each with its ``label``; everything first."""
        words = {
            "state": (_("Filter by what is open"), _("All processes")),
            "kind": (_("Filter by kind"), _("All kinds")),
            "mandate": (_("Filter by what your input does"), _("All mandates")),
        }
        return [
            {"label": words[facet.name][0], "links": self._links(facet, words[facet.name][1])}
            for facet in FACETS
            if len(self.values[facet.name]) > 1
        ]

    def _links(self, facet: Facet, everything: str) -> list[dict[str, Any]]:
        current = self.used.get(facet.name, "")
        choices = [("", everything), *((v, facet.label(v)) for v in self.values[facet.name])]
        return [
            {"label": label, "url": self._url(facet, value), "current": value == current}
            for value, label in choices
        ]

    def _url(self, facet: Facet, value: str) -> str:
        chosen = {**self.used, facet.name: value}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})
