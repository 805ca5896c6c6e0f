"""What is wrong with a ballot, as sentences that lead to the field where it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from civic_sourcing.budgets.booth.cards import ANCHOR, TEMPLATES, Card
from civic_sourcing.budgets.saying import sentence_of

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Fault
    from civic_sourcing.budgets.booth.words import Words

COUNTED = frozenset(
    {"too-few", "too-many", "over-budget", "under-budget", "over-total", "under-total"}
    | {"unanswered", "category-few", "category-many"}
)
"""Faults that the counters tell already, while a ballot is being filled in."""


@dataclass(frozen=True)
class Wrong:
    """A fault in words. ``number`` is the project whose field it is about; ``href`` leads there."""

    sentence: str
    href: str
    number: str = ""


def in_words(faults: Iterable[Fault], cards: Mapping[str, Card], words: Words) -> list[Wrong]:
    """Return what is wrong, each with its field: that of a project, or the whole of the paper."""
    named = replace(words, titles={number: card.title for number, card in cards.items()})
    return [_wrong(fault, cards, named) for fault in faults]


def on_card(wrong: Iterable[Wrong]) -> str:
    """Return what a card says about its own field, with gaps; empty where nothing is wrong."""
    told = list(wrong)
    if not told:
        return ""
    return render_to_string(f"{TEMPLATES}/card_faults.html", {"anchor": ANCHOR, "wrong": told})


def _wrong(fault: Fault, cards: Mapping[str, Card], words: Words) -> Wrong:
    card = cards.get(str(fault.context.get("project", "")))
    sentence = sentence_of(fault, words)
    if card is None:
        return Wrong(sentence, "#projects")
    return Wrong(sentence, f"#{card.anchor}-mark", card.number)
