"""What a count is kept as: a document that tells all that decided it, for anybody to repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count as Number

from civic_sourcing.budgets.ballots import Rulebook, Tie
from civic_sourcing.budgets.counting import CountRules, Project, count_votes
from civic_sourcing.budgets.counting_votes import (
    Basis,
    Tell,
    electorate_of,
    projects_of_vote,
    rules_of_vote,
)
from civic_sourcing.budgets.exports.elections import digest_of
from civic_sourcing.budgets.models import BulletinEntry, CountResult
from civic_sourcing.budgets.results.other_rules import others_document
from civic_sourcing.budgets.results.turnout import turnout_document
from civic_sourcing.budgets.rulebooks import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from civic_sourcing.budgets.models import VoteRun

Kind = BulletinEntry.Kind


def document_of_vote(
    run: VoteRun,
    basis: Basis,
    *,
    drawn: str = "",
    eligible: int | None = None,
    tell: Tell | None = None,
    read: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """
    Count the closed ``run`` on ``basis`` and return the document of the count.

    Beside what ``Count.to_document`` writes it holds the digests of rulebook, trackers, ballots and
    bulletin, the basis, turnout, what ``others`` rules would have done, and in ``with_set_aside``
    what would have come out with the ballots that were set aside (``None`` where there are none).
    ``tell`` hears how many ballots are read, ``read`` is called when all are.
    """
    rulebook = frozen(run)
    rules = rules_of_vote(rulebook, drawn=drawn)
    projects = projects_of_vote(rulebook, basis.withdrawn)
    electorate = electorate_of(run, eligible=eligible, basis=basis, tell=tell)
    if read:
        read()
    counted = count_votes(projects, electorate, rules)
    earlier = CountResult.objects.latest_of(run.process)
    return {
        **counted.to_document(),
        **_frozen_facts(rulebook),
        "rulebook": run.digest,
        "basis": basis.document(),
        "channels": _channels(run, basis),
        "eligible": eligible,
        "lot": _lot(rulebook, drawn),
        "trackers": trackers_document(standing_trackers(run, basis)),
        "bulletin": _bulletin(run),
        "ballots_digest": digest_of(run, rules, electorate),
        "turnout": turnout_document(run, rulebook, earlier, using=run._state.db or "default"),
        "others": others_document(projects, electorate, rules),
        "with_set_aside": _with_set_aside(run, basis, projects, rules, eligible),
    }


def _frozen_facts(rulebook: Rulebook) -> dict[str, Any]:
    return {
        "ballot_type": str(rulebook.ballot_type),
        "amount": sum(area.budget for area in rulebook.areas),
        "currency": rulebook.currency,
    }


SHOWN_BESIDE = ("ballots", "selected", "spent", "left", "scores", "voters", "steps", "areas")
"""What a document holds of the count with the ballots that were set aside."""


def standing_trackers(run: VoteRun, basis: Basis) -> list[str]:
    """
    Return the trackers on the bulletin whose ballots are counted, sorted.

    Ballots on paper have none. Replaced and left out ones are not counted, nor are those set aside.
    """
    entries = BulletinEntry.objects.filter(run=run).order_by()
    gone = set(
        entries.filter(kind__in=(Kind.CHANGED, Kind.PAPER)).values_list("tracker", flat=True)
    )
    gone.update(basis.set_aside)
    cast = entries.filter(kind__in=(Kind.CAST, Kind.VOID)).values_list("tracker", flat=True)
    return sorted(tracker for tracker in cast.iterator() if tracker not in gone)


def trackers_document(trackers: Iterable[str]) -> dict[str, Any]:
    """
    Return how many trackers there are and their digest: the SHA-256 of all, sorted, one a line.

    ``printf`` and ``sha256sum`` come to the same: lines end with a line feed.
    """
    digest, number = hashlib.sha256(), 0
    for tracker in sorted(trackers):
        digest.update(f"{tracker}\n".encode())
        number += 1
    return {"number": number, "digest": digest.hexdigest()}


def _with_set_aside(
    run: VoteRun,
    basis: Basis,
    projects: Sequence[Project],
    rules: CountRules,
    eligible: int | None,
) -> dict[str, Any] | None:
    if not basis.set_aside:
        return None
    electorate = electorate_of(run, eligible=eligible, basis=basis, with_set_aside=True)
    document = count_votes(projects, electorate, rules).to_document()
    return {key: document[key] for key in SHOWN_BESIDE}


def _channels(run: VoteRun, basis: Basis) -> dict[str, int]:
    rows = basis.ballots(run).order_by().values_list("channel")
    return dict(rows.annotate(number=Number("*")).order_by("channel"))


def _bulletin(run: VoteRun) -> dict[str, Any]:
    last = BulletinEntry.objects.of(run).last()
    if last is None:
        return {"entries": 0, "head": ""}
    return {"entries": last.sequence, "head": last.fingerprint}


def _lot(rulebook: Rulebook, drawn: str) -> dict[str, str] | None:
    if rulebook.tie != Tie.LOT:
        return None
    return {"announced": rulebook.lot_seed, "drawn": drawn}
