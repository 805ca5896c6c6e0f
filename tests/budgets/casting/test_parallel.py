"""
Real threads against a real PostgreSQL; each rule with its control, the same without the guard.
"""

import threading
from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    NotRecorded,
    Receipt,
    Voter,
)
from civic_sourcing.budgets.actions.casting import cast as casting
from civic_sourcing.budgets.casting.box import SealedBox
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.models import Ballot, BulletinEntry, Envelope, RollEntry, VoteRun
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused
from tests.budgets.proofs.guards import read_alone
from tests.racing import Gathering

from .conftest import paper

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 16


def step(run, who, choice="A", form=None):
    return CastBallot(
        run, voter=Voter(who), choice=paper(choice), idempotency_key=form or uuid4().hex
    )


def test_of_equal_casts_at_once_one_is_recorded_and_all_get_its_receipt(run_in_parallel, run):
    outcomes = run_in_parallel(THREADS, lambda _: step(run, "kim", form="f").execute())

    assert len(set(outcomes)) == 1
    assert isinstance(outcomes[0], Receipt)
    assert (RollEntry.objects.count(), Envelope.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(action="civic_budgets.cast").count() == 1


def test_without_the_claim_equal_casts_at_once_are_all_recorded(run_in_parallel, run, monkeypatch):
    monkeypatch.setattr(casting.RequestClaim, "take", lambda claim: True)

    run_in_parallel(THREADS, lambda _: step(run, "kim", form="f").execute())

    assert AuditEntry.objects.filter(action="civic_budgets.cast").count() > 1


def test_of_different_casts_of_one_voter_the_last_one_counts(run_in_parallel, run, closed):
    outcomes = run_in_parallel(THREADS, lambda n: step(run, "kim", f"P{n}").execute())
    closed()

    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    assert (RollEntry.objects.count(), Ballot.objects.count()) == (1, 1)
    changed = BulletinEntry.objects.filter(kind="changed").values_list("tracker", flat=True)
    assert len({outcome.tracker for outcome in outcomes} - set(changed)) == 1


@pytest.fixture
def known_voter(run, monkeypatch, patience):
    """Kim stands on the roll without a ballot; who puts in the first one waits for the others."""
    put, gathering = SealedBox.put, Gathering(4, seconds=patience)

    def put_slowly(box, link, cast):
        gathering.wait()
        put(box, link, cast)

    monkeypatch.setattr(SealedBox, "put", put_slowly)
    voter_key = keys_of(run, using="default").value("voter", "kim")
    return RollEntry.objects.create(run=run, process=run.process, voter_key=voter_key)


@pytest.mark.parametrize("patience", [0.3])
def test_casts_of_one_voter_at_once_queue_at_the_roll(run_in_parallel, run, known_voter):
    outcomes = run_in_parallel(4, lambda n: step(run, "kim", f"P{n}").execute())

    assert all(isinstance(outcome, Receipt) for outcome in outcomes)


@pytest.mark.parametrize("patience", [30])
def test_without_the_lock_of_the_roll_they_get_into_each_others_way(
    run_in_parallel, run, known_voter, monkeypatch
):
    monkeypatch.setattr(CastBallot, "_locked_entry", lambda cast, run: known_voter)

    outcomes = run_in_parallel(4, lambda n: step(run, "kim", f"P{n}").execute())

    assert any(isinstance(outcome, NotRecorded) for outcome in outcomes)


def test_voters_do_not_wait_for_each_other_at_the_run(run_in_parallel, run):
    with transaction.atomic():
        first = step(run, "kim")
        first._claim()
        first.fresh_subject()

        def other(_number):
            with transaction.atomic():
                second = step(run, "lee")
                second._claim()
                return second.fresh_subject().pk

        assert run_in_parallel(1, other, seconds=10) == [run.pk]


def close_while_casting(run, set_clock):
    """A cast is held up before its end, the vote is closed meanwhile; what becomes of both."""
    inside, go_on, outcome = threading.Event(), threading.Event(), {}
    held = step(run, "kim")
    perform = held.perform

    def slowly():
        inside.set()
        go_on.wait(20)
        return perform()

    held.perform = slowly

    def cast():
        try:
            outcome["cast"] = held.execute()
        except (ActionRefused, DatabaseError) as error:
            outcome["cast"] = error
        finally:
            connection.close()

    def close():
        try:
            outcome["close"] = CloseVote(run, by=None).execute()
        except (ActionRefused, DatabaseError) as error:
            outcome["close"] = error
        finally:
            connection.close()

    casting_thread, closing = threading.Thread(target=cast), threading.Thread(target=close)
    casting_thread.start()
    assert inside.wait(20)
    set_clock(run.closes_at)
    closing.start()
    closing.join(1.0)
    outcome["waited"] = closing.is_alive()
    go_on.set()
    casting_thread.join(20)
    closing.join(20)
    return outcome


def test_closing_waits_for_the_cast_in_flight_and_counts_it(run, set_clock):
    outcome = close_while_casting(run, set_clock)

    assert outcome["waited"]
    assert isinstance(outcome["cast"], Receipt)
    assert outcome["close"] == Ballot.objects.filter(run=run).count() == 1


def test_without_the_shared_lock_closing_overtakes_the_cast(run, set_clock, monkeypatch):
    monkeypatch.setattr(casting, "shared_run", partial(read_alone, None))
    monkeypatch.setattr(CastBallot, "_locked_entry", lambda cast, run: RollEntry(run=run))

    outcome = close_while_casting(run, set_clock)

    assert not outcome["waited"]


def test_under_load_what_was_acknowledged_is_what_is_counted(run_in_parallel, run, set_clock):
    receipts = []

    def vote_or_close(number):
        if number == 0:
            set_clock(run.closes_at)
            return CloseVote(run, by=None).execute()
        for round_ in range(3):
            receipts.append(step(run, f"voter {number} {round_}").execute())
        return None

    outcomes = run_in_parallel(8, vote_or_close)

    assert outcomes[0] == len(receipts) == Ballot.objects.filter(run=run).count()
    assert VoteRun.objects.get(pk=run.pk).state == "closed"
    refusals = [outcome for outcome in outcomes[1:] if outcome is not None]
    assert {refusal.code for refusal in refusals} <= {"closed"}
