"""What voters will meet and what is still open, in order, with the screen that settles it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots import OpenPoint, Rulebook, meets
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.tabs import SCREENS
from civic_sourcing.budgets.saying import Names, sentence_of
from civic_sourcing.processes.models import Process

PAGE, PROJECTS, VOTERS = "page", "projects", "voters"
PLACES: dict[str, str | Promise] = {
    **SCREENS,
    PAGE: _("Dates of the page"),
    PROJECTS: _("Projects"),
    VOTERS: _("Who can take part"),
}

SETTLED_IN: dict[str, tuple[str, ...]] = {
    PROJECTS: ("no-projects", "project-twice", "project-area", "project-cost", "area-empty"),
    "money": (
        "no-rules", "no-areas", "area-twice", "area-money", "none-affordable", "town-missing",
        "town-unused",
    ),
    "ballot": (
        "area-limits-kind", "area-limits-unused", "limit-negative", "limits-order", "most-zero",
        "single-most", "total-low", "points-low", "total-order", "top-low", "share-range",
        "budget-range", "least-projects", "least-money",
    ),
    "choices": (
        "category-twice", "category-order", "category-least", "categories-most",
        "exclusive-small", "exclusive-unknown", "dependency-unknown", "dependency-cycle",
        "needs-excluded", "needs-elsewhere", "least-exclusive", "least-dependencies",
        "least-categories", "winners-twice", "winners-order", "winners-least", "winners-sets",
        "winners-money",
    ),
    VOTERS: ("no-eligibility", "nobody-eligible", "group-nobody"),
    "counting": (
        "group-twice", "weight-range", "weights-sum", "winner-missing", "lot-seed",
        "threshold-range", "quorum-range",
    ),
    PAGE: (
        "no-voting", "phase-twice", "phase-ends-first", "phase-order", "count-before-close",
        "voting-endless", "voting-over",
    ),
}  # fmt: skip
"""Where each open point is settled."""

PARTS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("The ballot paper"),
        ("ballot", "money", "areas", "withdrawn", "too-dear"),
    ),
    (
        _("What may be chosen"),
        (
            "limits-by-area", "area-may-be-empty", "choose-exactly", "choose-between",
            "choose-at-least", "choose-at-most", "choose-freely", "spend-at-most",
            "spend-within-areas", "spend-at-least", "points", "points-at-least",
            "points-per-project", "score", "answer-every", "category", "category-open",
            "exclusive", "needs", "faulty-refuse", "faulty-void",
        ),
    ),
    (
        _("Who votes, where and when"),
        ("eligibility", "on-paper-paper", "on-paper-last", "phase", "phase-open"),
    ),
    (
        _("Who wins"),
        (
            "winner", "utility", "completion", "funded-between", "funded-at-least",
            "funded-at-most", "tie", "lot", "threshold-count", "threshold-percent",
            "quorum-count", "quorum-percent", "group", "mandate",
        ),
    ),
)  # fmt: skip
"""What voters meet, in four parts: the heading and the codes of its lines."""


@dataclass(frozen=True)
class Open:
    """An open point in words, and where it is settled."""

    sentence: Any
    place: str | Promise
    url: str


@dataclass(frozen=True)
class Part:
    """Some of what voters meet."""

    heading: str | Promise
    sentences: list[Any]


def place_of(code: str) -> str:
    """The screen on which an open point is settled; the page for one nobody has heard of."""
    return next((place for place, codes in SETTLED_IN.items() if code in codes), PAGE)


def url_of(place: str, process: Process, page: Any) -> str:
    match place:
        case "page":
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        case "projects":
            return reverse("wagtailadmin_explore", args=[page.pk])
        case "voters":
            return reverse("civic_eligibility_admin:process", args=[process.uuid])
    return address(place, process)


def open_in_words(
    points: Iterable[OpenPoint], names: Names, process: Process, page: Any
) -> list[Open]:
    """The open points of a vote as sentences, each with the screen that settles it."""
    return [
        Open(
            sentence_of(point, names),
            PLACES[place_of(point.code)],
            url_of(place_of(point.code), process, page),
        )
        for point in points
    ]


def parts_in_words(rulebook: Rulebook, names: Names) -> list[Part]:
    """What voters will meet under ``rulebook``, under four headings."""
    told = meets(rulebook)
    parts = (
        Part(heading, [sentence_of(line, names) for line in told if line.code in codes])
        for heading, codes in PARTS
    )
    return [part for part in parts if part.sentences]
