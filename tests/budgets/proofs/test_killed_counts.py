"""
A worker is killed (``-9``) in the middle of a count: nothing is kept, and it can be begun anew.

``make prove`` kills two hundred of them at any moment, the suite one at each delicate place. The
control writes the count in two pieces, and is found out.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, PrepareVote, Voter
from civic_sourcing.budgets.actions.count import StartCount
from civic_sourcing.budgets.count_documents import document_of_vote
from civic_sourcing.budgets.count_jobs import look_after_counts, work_on
from civic_sourcing.budgets.counting_votes import Basis
from civic_sourcing.budgets.models import CountJob, CountResult, VoteRun
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core import clock
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.processes.models import Process
from tests.budgets.casting.conftest import HOUR, RULEBOOK, paper

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.prove,
    pytest.mark.django_db(transaction=True),
]

Stage, State = CountJob.Stage, VoteRun.State
LATER = timedelta(minutes=6)
"""After so long without a sign of life a worker is given up."""

BALLOTS = ("A", "A", "B", "C", "A", "B")
MOMENTS = {
    "taken up": ("take_up", ""),
    "reading": ("beat", Stage.READING),
    "counting": ("beat", Stage.COUNTING),
    "writing": ("beat", Stage.WRITING),
    "written and not committed": ("finish", ""),
}
"""The step of the job after which the worker stands still, and its stage."""


@pytest.fixture
def closed(set_clock):
    """A vote that was held and closed, and what its count has to say."""
    process = Process.objects.create(kind="budget", translation_key=uuid4())
    run = PrepareVote(process, by=None, kind=VoteRun.Kind.REAL).execute()
    now = clock.now()
    run.state, run.opens_at, run.closes_at = State.OPEN, now - HOUR, now + HOUR
    run.rulebook, run.digest = RULEBOOK.canonical(), RULEBOOK.digest
    run.save()
    for number, ticked in enumerate(BALLOTS):
        form = {"choice": paper(ticked), "idempotency_key": uuid4().hex}
        CastBallot(run, voter=Voter(f"voter {number}"), **form).execute()
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    run.refresh_from_db()
    return run, document_of_vote(run, Basis.of(run))


@contextmanager
def killed(work: Callable[[int], object]) -> Iterator[int]:
    """Do ``work`` in a process of its own, handed a pipe to speak through; kill it in the end."""
    connections.close_all()
    hear, speak = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(speak)
        finally:
            os._exit(0)
    os.close(speak)
    try:
        yield hear
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hear)
        await_the_last_of_its_session()


def await_the_last_of_its_session() -> None:
    """The server may still be busy with what it was told last, a commit above all."""
    if connection.vendor != "postgresql":
        return
    others = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
    """
    for _look in range(3000):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("the session of a worker that was killed does not end")


def count_until(job: CountJob, moment: str, pipe: int, *, in_pieces: bool = False) -> None:
    """Count, and stand still at that moment for as long as one lives."""
    step, stage = MOMENTS[moment]
    original = getattr(CountJob, step)

    def take_step(self: CountJob, *given: object, **figures: int) -> object:
        if in_pieces:
            with connection.cursor() as cursor:
                cursor.execute("COMMIT")
        answer = original(self, *given, **figures)
        if not stage or given[0] == stage:
            os.write(pipe, b"!")
            signal.pause()
        return answer

    setattr(CountJob, step, take_step)
    work_on(job.uuid)


def judge(run: VoteRun, expected: dict, job: CountJob, versions: int) -> int:
    """What is there of the count is whole, or nothing; return how many counts there are now."""
    job.refresh_from_db()
    run.refresh_from_db()
    counts = list(CountResult.objects.of(run.process))
    assert len(counts) == versions + (job.state == CountJob.State.DONE)
    assert run.state == (State.COUNTED if counts else State.CLOSED)
    for count in counts:
        assert count.is_intact
        assert {name: count.document[name] for name in expected} == expected
    assert [found.code for found in verify_counts(Verification())] == []
    return len(counts)


def begin(run: VoteRun) -> CountJob:
    """Ask for a count, once whoever gave no sign of life is given up."""
    look_after_counts(clock.now() + LATER)
    return StartCount(run, by=None).execute()


@pytest.mark.parametrize("moment", MOMENTS)
def test_count_that_was_cut_off_is_begun_anew_and_comes_out_the_same(closed, moment):
    run, expected = closed
    job = begin(run)

    with killed(lambda pipe: count_until(job, moment, pipe)) as pipe:
        assert os.read(pipe, 1)

    assert judge(run, expected, job, 0) == 0
    assert not work_on(job.uuid)
    again = begin(run)
    assert work_on(again.uuid)
    assert judge(run, expected, again, 0) == 1


def test_count_that_is_written_in_pieces_is_found_out(closed):
    run, expected = closed
    job = begin(run)
    last = "written and not committed"

    with killed(lambda pipe: count_until(job, last, pipe, in_pieces=True)) as pipe:
        assert os.read(pipe, 1)

    with pytest.raises(AssertionError):
        judge(run, expected, job, 0)


def test_workers_killed_at_any_moment_leave_whole_counts_or_none(closed, proving):
    run, expected = closed
    began = time.monotonic()
    assert work_on(begin(run).uuid)
    lasts, lost = time.monotonic() - began, 0

    for _kill in range(200 if proving else 5):
        job = begin(run)
        versions = CountResult.objects.of(run.process).count()
        with killed(lambda _pipe, job=job: work_on(job.uuid)):
            time.sleep(random.random() * 1.5 * lasts)
        now = judge(run, expected, job, versions)
        lost += now == versions

    assert work_on(begin(run).uuid)
    assert lost or not proving
