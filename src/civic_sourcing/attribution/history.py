"""
Everything that happened to a contribution, in the order of time, as its page tells it.

The ledger knows when it was filed and what was made of it; other rooms register what they know.
Nothing in it may be private: it is read by everybody who may read the contribution.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.attribution.credits.news import credits_path
from civic_sourcing.attribution.family.neighbours import Neighbours, neighbours_of
from civic_sourcing.attribution.models import Contribution, DerivationKind


@dataclass(frozen=True)
class HistoryEvent:
    """
    One thing that happened: ``sentence`` for people, ``code`` for styles and tests.

    ``by`` is who did it as the public may know them (a department, a public name), ``url`` leads to
    more. ``details`` is what was said about it, such as a reason.
    """

    at: datetime
    code: str
    sentence: str | Promise
    url: str = ""
    by: str | Promise = ""
    details: str | Promise = ""


Teller = Callable[[Contribution], list[HistoryEvent]]

_tellers: dict[Teller, Collection[str] | None] = {}


def register_history(function: Teller, *, results_or: Collection[str] | None = None) -> None:
    """
    Have ``function`` tell what its room knows of a contribution, in few queries.

    With ``results_or`` it tells of what was made of a contribution, so it is asked only where
    something was, or where the contribution is of one of these kinds itself.
    """
    _tellers[function] = results_or


def forget_history(function: Teller) -> None:
    """Take a teller back; for tests."""
    del _tellers[function]


def history_of(
    contribution: Contribution, request: HttpRequest | None = None
) -> list[HistoryEvent]:
    """
    Return what happened, earliest first; what happened at once in the order it was registered.

    With a ``request``, other contributions are named only where its visitor may open them.
    """
    around = neighbours_of(contribution, request)
    has_results = any(tie.source_id == contribution.pk for tie in around.ties)
    events = [_filed(contribution), *_derivations(contribution, around)]
    for tell, kinds in _tellers.items():
        if kinds is None or has_results or contribution.kind in kinds:
            events += tell(contribution)
    return sorted(events, key=lambda event: event.at)


def _filed(contribution: Contribution) -> HistoryEvent:
    return HistoryEvent(contribution.received_at, "filed", _("Filed"))


def _derivations(contribution: Contribution, around: Neighbours) -> Iterator[HistoryEvent]:
    """What it was made of and what became of it, one step away."""
    for tie in around.ties:
        other = around.other(tie)
        known = other.pk in around.public and bool(other.title)
        sentences = AFTERWARDS if tie.source_id == contribution.pk else BEFORE
        named, unnamed = sentences[DerivationKind(tie.kind)]
        yield HistoryEvent(
            tie.at,
            tie.kind,
            named % {"title": other.title} if known else unnamed,
            url=around.urls.get(other.pk, "") or credits_path(contribution),
        )


AFTERWARDS: dict[str, tuple[Any, Any]] = {
    DerivationKind.IMPROVES: (
        gettext_lazy("Improved in “%(title)s”"),
        gettext_lazy("Improved in another text"),
    ),
    DerivationKind.MERGES: (
        gettext_lazy("Merged into “%(title)s”"),
        gettext_lazy("Merged into another text"),
    ),
    DerivationKind.SPLITS: (
        gettext_lazy("Split; one part is “%(title)s”"),
        gettext_lazy("Split into other texts"),
    ),
    DerivationKind.BECOMES_PROJECT: (
        gettext_lazy("On the ballot as the project “%(title)s”"),
        gettext_lazy("Taken up as a project"),
    ),
    DerivationKind.BECOMES_ENTRY: (
        gettext_lazy("Became the entry “%(title)s”"),
        gettext_lazy("Became an entry"),
    ),
    DerivationKind.ADOPTED: (
        gettext_lazy("Adopted by the city in “%(title)s”"),
        gettext_lazy("Adopted by the city"),
    ),
}
"""What became of it, with the title of what was made, and for readers who may not know it."""

BEFORE: dict[str, tuple[Any, Any]] = {
    kind: (gettext_lazy("Made of “%(title)s”"), gettext_lazy("Made of another text"))
    for kind in DerivationKind
}
