"""
Casts against a running server (gunicorn, two workers) and a PostgreSQL that both can be killed.

``make prove`` takes the numbers of the house, the suite a few of each. Every proof is a function
that is asked once with all guards, and once without one: then it has to fail.
"""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.ballots.content import Choice
from civic_sourcing.core.exceptions import ActionRefused
from tests.budgets.proofs.judgement import judge, judge_closed
from tests.budgets.proofs.voters import Form, any_choice, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.prove]

MOST = 5
NUMBERS = [str(number) for number in range(1, 13)]
VOTERS = 8
PATIENCE = 60
"""Seconds until something has to go on."""

choices = partial(any_choice, NUMBERS, MOST)


# Identical casts at once ------------------------------------------------------------------------


def identical_casts(run, voter, rounds, *without):
    """In each round one voter's form arrives 16 times at the same moment."""
    voters = [voter(run, f"kim {number}", *without) for number in range(rounds)]
    for one in voters:
        form = Form(choices())
        answers = at_once(16, lambda _, one=one, form=form: one.send(form))
        assert len(set(answers)) == 1
        one.receipts.append((form, answers[0].tracker))
    judge(run, voters)


def test_of_identical_casts_at_once_one_is_recorded(hold_vote, voter, proving):
    identical_casts(hold_vote(), voter, 100 if proving else 3)


def test_without_the_claim_identical_casts_are_recorded_again_and_again(hold_vote, voter):
    with pytest.raises(AssertionError):
        identical_casts(hold_vote(), voter, 3, "claim")


# Over the limits --------------------------------------------------------------------------------


def casts_over_the_limits(run, voter, rounds, *without):
    """In each round one voter's 32 ballots arrive at once, every other one with too many ticks."""
    voters = [voter(run, f"lee {number}", *without) for number in range(rounds)]
    for one in voters:
        forms = [Form(ballot_of(MOST + 1 if number % 2 else MOST)) for number in range(32)]
        answers = at_once(32, lambda number, one=one, forms=forms: one.send(forms[number]))
        assert [answer.recorded for answer in answers] == [True, False] * 16
        one.receipts += [
            (form, answer.tracker)
            for form, answer in zip(forms, answers, strict=True)
            if answer.recorded
        ]
    judge(run, voters, in_order=False)


def ballot_of(ticks):
    return Choice.ticked(random.sample(NUMBERS, ticks), NUMBERS).canonical()


def test_of_many_ballots_at_once_none_goes_over_the_limits(hold_vote, voter, proving):
    casts_over_the_limits(hold_vote(), voter, 100 if proving else 2)


def test_without_the_check_ballots_go_over_the_limits(hold_vote, voter):
    with pytest.raises(AssertionError):
        casts_over_the_limits(hold_vote(), voter, 1, "limits")


# Kills ------------------------------------------------------------------------------------------


def casts_while_killing(run, voters, times, kill):
    """Eight voters cast one ballot after the other while something is killed so many times."""
    enough = threading.Event()
    with ThreadPoolExecutor(len(voters)) as pool:
        going = [pool.submit(one.vote_until, enough, choices) for one in voters]
        try:
            for _time in range(times):
                wait_for_receipts(voters)
                time.sleep(random.random() * 0.1)
                kill()
        finally:
            enough.set()
        for each in going:
            each.result(PATIENCE)
    time.sleep(1)
    if not any(one.failures for one in voters):
        pytest.fail("nobody has noticed that anything was killed")
    judge(run, voters)


def wait_for_receipts(voters):
    """Wait until casts are recorded again."""
    before, until = known(voters), time.monotonic() + PATIENCE
    while known(voters) < before + VOTERS:
        if time.monotonic() > until:
            pytest.fail("nothing is recorded any more")
        time.sleep(0.01)


def known(voters):
    return sum(len(one.receipts) for one in voters)


@pytest.fixture
def eight(hold_vote, voter):
    """A vote and eight voters, all safe on the disk; without some guards if they are named."""

    def eight(*without):
        run = hold_vote()
        voters = [voter(run, f"park {number}", *without) for number in range(VOTERS)]
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        return run, voters

    return eight


@pytest.fixture
def kill_worker(town):
    """Kill one of the processes that serve the town; another one takes its place."""

    def kill_worker():
        os.kill(random.choice(town.workers()), signal.SIGKILL)

    return kill_worker


@pytest.fixture
def kill_workers(town):
    """Kill all processes that serve the town; others take their place."""

    def kill_workers():
        for worker in town.workers():
            os.kill(worker, signal.SIGKILL)

    return kill_workers


@pytest.fixture
def kill_database(cluster):
    """Kill the PostgreSQL of the proof, and start it again."""

    def kill_database():
        cluster.kill()
        cluster.start()
        connection.close()

    return kill_database


def test_killed_workers_lose_and_double_nothing(eight, kill_worker, proving):
    casts_while_killing(*eight(), 200 if proving else 5, kill_worker)


def killed_with_the_receipt(run, voters, kill_workers):
    """Each voter in turn has just read a receipt when all that serves the town is killed."""
    for one in voters:
        form = Form(choices())
        told = one.insist(form)
        kill_workers()
        one.receipts.append((form, told.tracker))
    judge(run, voters)


def test_a_receipt_holds_whatever_is_killed_the_moment_it_is_read(eight, kill_workers):
    killed_with_the_receipt(*eight(), kill_workers)


def test_receipts_before_the_commit_are_lost_with_the_workers(eight, kill_workers):
    with pytest.raises(AssertionError):
        killed_with_the_receipt(*eight("commit"), kill_workers)


def test_a_killed_database_loses_and_doubles_nothing(eight, kill_database, proving):
    casts_while_killing(*eight(), 20 if proving else 1, kill_database)


def test_receipts_before_the_disk_has_it_are_lost_with_the_database(eight, kill_database):
    with pytest.raises(AssertionError):
        casts_while_killing(*eight("durable"), 2, kill_database)


# Closing ----------------------------------------------------------------------------------------


def closes_under_load(hold_vote, voter, rounds, *without):
    """In each round eight voters cast until the vote, which lasts two seconds, is closed."""
    for _round in range(rounds):
        run = hold_vote(len(NUMBERS), lasts=timedelta(seconds=2))
        voters = [voter(run, f"choi {number}", *without) for number in range(VOTERS)]
        with ThreadPoolExecutor(VOTERS) as pool:
            never = threading.Event()
            going = [pool.submit(one.vote_until, never, choices) for one in voters]
            close(run)
            for each in going:
                each.result(PATIENCE)
        judge_closed(run, [one for one in voters if one.receipts])


def close(run):
    """Close as soon as the database's clock allows it."""
    while True:
        try:
            return CloseVote(run, by=None).execute()
        except ActionRefused as refusal:
            assert refusal.code == "not-over", refusal.code


def test_what_was_acknowledged_before_the_close_is_what_is_counted(hold_vote, voter, proving):
    closes_under_load(hold_vote, voter, 50 if proving else 2)


def test_without_the_shared_lock_the_close_overtakes_casts(hold_vote, voter):
    with pytest.raises(AssertionError):
        closes_under_load(hold_vote, voter, 5, "share")
