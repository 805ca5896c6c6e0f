"""Many at once, and the deadline in between. The locks are real only on PostgreSQL."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from civic_sourcing.challenges.actions.entries import SubmitEntry
from civic_sourcing.challenges.actions.opening import OpenEntries
from civic_sourcing.challenges.models import Entry, Round, Submission
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from tests.racing import wait_until_somebody_waits

from .conftest import SAID

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_double_click_in_parallel_is_one_submission(draft, solver, run_in_parallel):
    def submit(_number):
        return SubmitEntry(draft, by=solver, idempotency_key="one", words=SAID).execute()

    answers = run_in_parallel(4, submit)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Submission.objects.count() == Entry.objects.get().version == 1


def test_control_without_a_key_every_click_is_a_submission(draft, solver, run_in_parallel):
    def submit(_number):
        return SubmitEntry(draft, by=solver, words=SAID).execute()

    answers = run_in_parallel(4, submit)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Submission.objects.count() == Entry.objects.get().version == 4


def test_who_is_in_time_is_opened_however_long_it_takes_to_commit(
    draft, solver, hand_in, run_in_parallel
):
    """One submits in the last moment and dawdles; opening waits for them."""
    closes_at = now() + timedelta(seconds=8)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Round.objects.filter(pk=draft.round_id).update(closes_at=closes_at)
    submitted = threading.Event()

    def step(number):
        if number == 0:
            with transaction.atomic():
                SubmitEntry(draft, by=solver, words=SAID).execute()
                submitted.set()
                wait_until_somebody_waits(40)
            return "late commit"
        submitted.wait(20)
        time.sleep(max(0, (closes_at - now()).total_seconds()) + 0.1)
        return OpenEntries(Round.objects.get(pk=draft.round_id), by=None).execute()

    answers = run_in_parallel(2, step)

    assert answers == ["late commit", 1]


def test_who_waits_for_a_lock_past_the_deadline_is_too_late(draft, solver, run_in_parallel):
    """The time that decides is read under the lock, not when the request came in."""
    closes_at = now() + timedelta(seconds=2)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Round.objects.filter(pk=draft.round_id).update(closes_at=closes_at)
    held = threading.Event()

    def step(number):
        if number == 0:
            with transaction.atomic():
                list(Entry.objects.select_for_update().filter(pk=draft.pk))
                held.set()
                wait_until_somebody_waits()
                time.sleep(max(0, (closes_at - now()).total_seconds()) + 0.1)
            return "held"
        held.wait(20)
        return SubmitEntry(draft, by=solver, words=SAID).execute()

    answers = run_in_parallel(2, step)

    assert isinstance(answers[1], ActionRefused)
    assert answers[1].code == "closed"
    assert not Submission.objects.exists()
