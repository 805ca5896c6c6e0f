"""What a recount has changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.reasons import format_score

if TYPE_CHECKING:
    from civic_sourcing.budgets.models import CountResult

MOST_NAMED = 10
"""So many projects with another score are named; of more it is told how many there are."""


def differences(before: CountResult, after: CountResult, titles: Mapping[str, str]) -> list[str]:
    """
    Return what differs between two counts of a vote, one sentence each; at least one.

    ``titles`` are those of projects by number. What was done between them comes first, then what
    came of it.
    """
    earlier, later = before.document, after.document
    told = [*_done(earlier, later, titles), *_come_out(earlier, later, titles)]
    return told or [_("The ballots and the result are the same as before.")]


def _done(earlier: Any, later: Any, titles: Mapping[str, str]) -> Iterator[str]:
    set_aside, batches, withdrawn = (
        _new(earlier, later, name) for name in ("set_aside", "batches", "withdrawn")
    )
    if set_aside:
        yield ngettext(
            "%(number)s ballot was set aside.", "%(number)s ballots were set aside.", len(set_aside)
        ) % {"number": format_score(len(set_aside))}
    if batches:
        yield ngettext(
            "%(number)s batch of sheets of paper was entered again.",
            "%(number)s batches of sheets of paper were entered again.",
            len(batches),
        ) % {"number": format_score(len(batches))}
    for number in withdrawn:
        yield _("“%(project)s” was withdrawn.") % {"project": titles.get(number) or number}
    if earlier["ballots"] != later["ballots"]:
        yield _("%(after)s ballots were counted, before it were %(before)s.") % {
            "after": format_score(later["ballots"]),
            "before": format_score(earlier["ballots"]),
        }


def _come_out(earlier: Any, later: Any, titles: Mapping[str, str]) -> Iterator[str]:
    before = earlier["scores"]
    scores = [number for number, score in later["scores"].items() if score != before.get(number)]
    if len(scores) > MOST_NAMED:
        yield _("%(number)s projects have another score.") % {"number": format_score(len(scores))}
    else:
        for number in scores:
            yield _("“%(project)s” has a score of %(after)s, before it was %(before)s.") % {
                "project": titles.get(number) or number,
                "after": _amount(later["scores"][number]),
                "before": _amount(before.get(number, 0)),
            }
    was, now = set(earlier["selected"]), set(later["selected"])
    for number in [number for number in later["selected"] if number not in was]:
        yield _("“%(project)s” is funded now.") % {"project": titles.get(number) or number}
    for number in [number for number in earlier["selected"] if number not in now]:
        yield _("“%(project)s” is not funded any more.") % {"project": titles.get(number) or number}
    if was == now and scores:
        yield _("The same projects are funded as before.")


def _new(earlier: Any, later: Any, name: str) -> list[str]:
    known = earlier.get("basis", {}).get(name, ())
    return [each for each in later.get("basis", {}).get(name, ()) if each not in known]


def _amount(score: int | str) -> str:
    """A score as people read it; one whose decimals never end stays a fraction."""
    return str(score) if "/" in str(score) else format_score(score)
