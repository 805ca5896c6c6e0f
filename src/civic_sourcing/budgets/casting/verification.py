"""What ``civic_verify`` checks of a run: rulebook, roll, ballots and bulletin fit together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Sum

from civic_sourcing.budgets.casting.bulletin import fingerprint
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.models import Ballot, BulletinEntry, PaperBatch, VoteRun
from civic_sourcing.budgets.polling.standing import superseded
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.audit.verification import Finding, Verification
from civic_sourcing.core.exceptions import ActionRefused

State, Kind = VoteRun.State, BulletinEntry.Kind


def verify_runs(verification: Verification) -> Iterator[Finding]:
    """
    Check of every run its rulebook's digest, that there are as many ballots as roll entries (less
    those who voted on paper) and as sheets accepted, and that the bulletin is whole; of a closed
    one also that each ballot online belongs to a tracker there.
    """
    runs = VoteRun.objects.using(verification.using).select_related("process").order_by("pk")
    if verification.chain:
        runs = runs.filter(process__uuid=verification.chain)
    for run in runs.exclude(kind=VoteRun.Kind.IMPORTED):
        verification.checked += 1
        if run.state != State.PREPARED and run.digest != _digest(run.rulebook):
            yield _finding("rulebook", run, "The rulebook does not fit its digest.")
        yield from _numbers(run, verification)
        standing: Counter[str] = Counter()
        yield from _bulletin(run, verification, standing)
        if run.state not in (State.PREPARED, State.OPEN):
            yield from _trackers(run, verification, +standing)


def chains_before_the_count(using: str) -> Iterator[UUID]:
    """
    Chains in which each cast of a vote that is not counted yet is an entry: how many have voted is
    public in steps of ten until then.
    """
    runs = VoteRun.objects.using(using).filter(state__in=(State.OPEN, State.CLOSED))
    for run in runs.select_related("process").defer("rulebook"):
        yield run.chain


def _numbers(run: VoteRun, verification: Verification) -> Iterator[Finding]:
    voters = run.roll.using(verification.using).count()
    open_run = run.state in (State.PREPARED, State.OPEN)
    if not open_run:
        voters -= superseded(run, using=verification.using)
        yield from _paper(run, verification)
    rows = run.envelopes if open_run else run.ballots.exclude(channel=Ballot.Channel.PAPER)
    ballots = rows.using(verification.using).count()
    verification.checked += voters + ballots
    if voters != ballots:
        yield _finding("roll", run, f"{voters} people have voted, {ballots} ballots are stored.")
    if not open_run and run.envelopes.using(verification.using).exists():
        yield _finding("envelopes", run, "The vote is closed and envelopes are left.")


def _paper(run: VoteRun, verification: Verification) -> Iterator[Finding]:
    batches = PaperBatch.objects.using(verification.using).filter(place__run=run)
    accepted = batches.exclude(accepted_at=None).aggregate(sheets=Sum("sheets"))["sheets"] or 0
    ballots = run.ballots.using(verification.using).filter(channel=Ballot.Channel.PAPER).count()
    if accepted != ballots:
        message = f"{accepted} sheets were accepted, {ballots} ballots on paper are stored."
        yield _finding("sheets", run, message)


def _bulletin(
    run: VoteRun, verification: Verification, standing: Counter[str]
) -> Iterator[Finding]:
    previous, expected = GENESIS, 1
    for entry in BulletinEntry.objects.using(verification.using).of(run).iterator():
        verification.checked += 1
        if entry.sequence != expected:
            yield _finding("bulletin-missing", run, f"Entry {expected} is missing.", expected)
        elif entry.previous != previous:
            message = "The entry does not follow the one before."
            yield _finding("bulletin-unlinked", run, message, entry.sequence)
        if entry.fingerprint != fingerprint(entry, str(run.uuid)):
            message = "The entry does not fit its fingerprint."
            yield _finding("bulletin-changed", run, message, entry.sequence)
        previous, expected = entry.fingerprint, entry.sequence + 1
        if entry.kind in (Kind.CAST, Kind.VOID):
            standing[entry.tracker] += 1
        elif entry.kind in (Kind.CHANGED, Kind.PAPER):
            standing[entry.tracker] -= 1


def _trackers(
    run: VoteRun, verification: Verification, standing: Counter[str]
) -> Iterator[Finding]:
    ballots = Ballot.objects.using(verification.using).filter(run=run)
    ballots = ballots.exclude(channel=Ballot.Channel.PAPER)
    if standing.total() != ballots.count():
        message = f"{standing.total()} trackers stand in the bulletin, {ballots.count()} ballots."
        yield _finding("trackers", run, message)
        return
    try:
        keys = keys_of(run, using=verification.using)
    except ActionRefused:
        return
    marks = {keys.value("mark", tracker) for tracker in standing}
    strangers = len(marks.symmetric_difference(ballots.values_list("mark", flat=True)))
    if strangers:
        yield _finding("trackers", run, f"{strangers} ballots or trackers do not fit together.")


def _digest(rulebook: str) -> str:
    return hashlib.sha256(rulebook.encode()).hexdigest()


def _finding(code: str, run: VoteRun, message: str, sequence: int | None = None) -> Finding:
    return Finding(code, f"{run.process.uuid} vote {run.uuid}", message, sequence)
