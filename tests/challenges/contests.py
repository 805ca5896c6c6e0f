"""Contests that were judged, for tests of what comes after: entries, judges, score sheets."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.challenges.models import (
    Assignment,
    Entry,
    EntryState,
    Judge,
    JudgeState,
    Round,
    Score,
    ScoreSheet,
)
from civic_sourcing.challenges.results.actions import (
    ConfirmWinners,
    ProposeWinners,
    RankEntries,
)
from civic_sourcing.challenges.results.finishing import FinaliseDecision
from civic_sourcing.challenges.results.proposals import Named
from civic_sourcing.challenges.results.rounds import prizes_of
from civic_sourcing.participants.models import Participant

DAY = timedelta(days=1)
OVER = ((-60 * DAY, -50 * DAY, -40 * DAY),)
"""Dates of a round whose entries were handed in and judged long ago."""
LONG_AGO = 30 * DAY
_numbers = count(1001)
"""Beyond the sequence that the ledger goes on with for what comes later."""


def add_entry(round_: Round, user, title: str, *, state: str = State.PUBLISHED) -> Entry:
    """Something ``user`` handed in, opened and published."""
    person, at = Participant.objects.of(user), timezone.now() - 55 * DAY
    number = next(_numbers)
    contribution = Contribution.objects.create(
        kind="entry",
        process=round_.process,
        author=person,
        sequence=number,
        received_at=at,
        state=state,
        language="en",
        title=title,
    )
    return Entry.objects.create(
        process=round_.process,
        round=round_,
        contribution=contribution,
        captain=person,
        state=EntryState.SUBMITTED,
        title=title,
        number=number,
        receipt=f"receipt-{number}",
        created_at=at,
        changed_at=at,
        submitted_at=at,
        verified_at=at,
    )


def add_judge(round_: Round, user) -> Judge:
    at = timezone.now() - 45 * DAY
    return Judge.objects.create(
        process=round_.process,
        participant=Participant.objects.of(user),
        state=JudgeState.ACCEPTED,
        invited_at=at,
    )


def assign(judge: Judge, entry: Entry) -> Assignment:
    at = timezone.now() - 45 * DAY
    return Assignment.objects.create(
        judge=judge,
        entry=entry,
        round=entry.round,
        conflict="none",
        declared_at=at,
        assigned_at=at,
    )


def hand_in(assignment: Assignment, *points: int, comment: str = "") -> ScoreSheet:
    """Score the criteria in their order, and hand the sheet in."""
    at = timezone.now() - 42 * DAY
    sheet = ScoreSheet.objects.create(assignment=assignment, saved_at=at, overall_comment=comment)
    for criterion, given in zip(assignment.round.criteria.all(), points, strict=True):
        Score.objects.create(sheet=sheet, criterion=criterion, points=given)
    sheet.completed_at = at
    sheet.save()
    return sheet


def ranking_of(round_: Round, by):
    return RankEntries(round_, by=by).execute()


def winners(round_: Round, *entries: Entry, amount: int = 100_000) -> list[Named]:
    """``entries`` from the first place on, the first with the grand prize, the others share one."""
    grand = next(prize for prize in prizes_of(round_) if prize.place == 1)
    others = next(prize for prize in prizes_of(round_) if prize.place is None)
    share = others.amount // max(len(entries) - 1, 1)
    return [
        Named(str(entry.uuid), place, grand, amount)
        if place == 1
        else Named(str(entry.uuid), place, others, share)
        for place, entry in enumerate(entries, start=1)
    ]


def propose(round_: Round, named, by, **arguments):
    ranking = round_.rankings.order_by("-number").first() or ranking_of(round_, by)
    return ProposeWinners(round_, by=by, ranking=ranking, named=named, **arguments).execute()


def confirm(decision, by):
    return ConfirmWinners(decision, by=by).execute()


def finalise(decision, by=None):
    return FinaliseDecision(decision, by=by).execute()
