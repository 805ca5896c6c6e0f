"""
What a copied challenge takes along: prizes, phases, criteria, the form, how it is judged.

No date, no judge, no entry, no approval, no partner invited, nothing that was said in the review:
it starts as a draft.
"""

from __future__ import annotations

from typing import Any

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Criterion,
    CrowdVote,
    EditorialState,
    EntryQuestion,
    Prize,
    Round,
)
from civic_sourcing.processes.models import Process

FRESH_FACTS: dict[str, Any] = {
    "state": EditorialState.DRAFT,
    "published_at": None,
    "publish_on": None,
    "archived_at": None,
    "frozen_at": None,
    "version": 0,
    "imported_id": None,
    "imported_opens_at": None,
    "imported_closes_at": None,
    "source_url": "",
    "source_digest": "",
    "fiscal_years": "",
}
"""What of the facts a copy does not take along."""

FRESH_ROUND: dict[str, Any] = {"opens_at": None, "closes_at": None, "judging_until": None}


def take_challenge_along(source: Process, process: Process) -> None:
    """Give ``process`` what ``source`` asks, awards and scores by, as a draft without dates."""
    facts = ChallengeFacts.objects.filter(process=source).first()
    if facts is None or ChallengeFacts.objects.filter(process=process).exists():
        return
    managers = list(facts.managers.all())
    copied_facts = _copied(facts, process=process, **FRESH_FACTS)
    copied_facts.managers.set(managers)
    rounds = {
        each.pk: _copied_round(each, process)
        for each in Round.objects.of(source).order_by("number")
    }
    for prize in Prize.objects.filter(process=source).order_by("position", "pk"):
        round_ = rounds.get(prize.round_id) if prize.round_id else None
        _copied(prize, process=process, round=round_)


def _copied_round(round_: Round, process: Process) -> Round:
    asked = round_.questions.filter(retired_at=None)
    parts = [*round_.criteria.all(), *asked, *round_.crowd_votes.all()]
    copy: Round = _copied(round_, process=process, **FRESH_ROUND)
    for part in parts:
        _copied(part, round=copy)
    return copy


def _copied(row: Any, **changed: Any) -> Any:
    """Save ``row`` anew with a number of its own, with ``changed`` in place of what it had."""
    row.pk, row._state.adding = None, True
    for field in row._meta.local_fields:
        if field.name == "uuid":
            row.uuid = field.get_default()
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


COPIED = (ChallengeFacts, Round, Prize, Criterion, EntryQuestion, CrowdVote)
"""Models of which a copy gets rows; of all others of the room it gets none."""
