"""
Real threads against a real PostgreSQL. SQLite has one writer at a time: nothing is parallel there.

Each rule has its control: the same run without the guard, which must go wrong.
"""

from itertools import pairwise
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from civic_sourcing.core import audit, clock
from civic_sourcing.core.audit import AuditChain, AuditEntry
from civic_sourcing.core.audit import entries as audit_entries
from civic_sourcing.core.idempotency import Claim
from civic_sourcing.core.models import IdempotencyKey
from tests.core.steps import CHAIN, OpenGroup
from tests.racing import Gathering

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 32


def append_three(number):
    for _ in range(3):
        audit.record(
            chain=CHAIN, action="a.b", actor=None, subject=("a.b", str(number)), details={}
        )


def test_entries_appended_at_once_are_numbered_without_gaps(run_in_parallel):
    outcomes = run_in_parallel(THREADS, append_three)

    assert outcomes == [None] * THREADS
    sequences = AuditEntry.objects.of_chain(CHAIN).values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, 3 * THREADS + 1))
    assert not any(report.found for report in audit.verify())


def test_times_within_a_chain_never_run_backwards(run_in_parallel):
    run_in_parallel(THREADS, append_three)

    times = list(AuditEntry.objects.of_chain(CHAIN).values_list("at", flat=True))
    assert times == sorted(times)


def test_without_the_lock_of_the_head_appending_at_once_fails(run_in_parallel, monkeypatch):
    append_three(0)
    gathering = Gathering(THREADS)

    def head_without_a_lock(chain, *, using):
        rows = AuditChain.objects.using(using).filter(uuid=chain)
        seen = list(rows.values_list("length", "head"))
        gathering.wait()
        return seen

    monkeypatch.setattr(audit_entries, "_heads", head_without_a_lock)

    outcomes = run_in_parallel(THREADS, append_three)

    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)


def test_chains_do_not_wait_for_each_other(run_in_parallel):
    with transaction.atomic():
        audit.record(chain=CHAIN, action="a.b", actor=None, subject=("a.b", "1"))
        others = run_in_parallel(
            4,
            lambda number: (
                audit.record(chain=uuid4(), action="a.b", actor=None, subject=("a.b", "1")).sequence
            ),
        )

    assert others == [1] * 4


class OpenSlowly(OpenGroup):
    def perform(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        return Group.objects.create(name=f"opened {uuid4()}")


def opened():
    return Group.objects.filter(name__startswith="opened").count()


@pytest.fixture
def groups(transactional_db):
    return [Group.objects.create(name=f"group {number}") for number in range(8)]


def test_of_equal_requests_at_once_one_is_carried_out_and_all_get_its_result(
    run_in_parallel, groups
):
    steps = [OpenSlowly(groups[0], by=None, idempotency_key="k1") for _ in range(8)]

    outcomes = run_in_parallel(8, lambda number: steps[number].execute())

    assert len({outcome.pk for outcome in outcomes}) == 1
    assert sum(step.repeated for step in steps) == 7
    assert (opened(), AuditEntry.objects.count()) == (1, 1)


def test_without_the_constraint_equal_requests_at_once_are_carried_out_twice(
    run_in_parallel, groups, monkeypatch
):
    def take_unguarded(claim):
        rows = IdempotencyKey.objects.filter(content=claim.content)
        claim.row = rows.first()
        gathering.wait()
        if claim.row is None:
            claim.row = IdempotencyKey.objects.create(digest=uuid4().hex, content=claim.content)
            return True
        return False

    gathering = Gathering(8)
    monkeypatch.setattr(Claim, "take", take_unguarded)

    run_in_parallel(8, lambda _: OpenSlowly(groups[0], by=None, idempotency_key="k1").execute())

    assert opened() > 1


def test_of_equal_requests_the_next_one_is_carried_out_where_the_first_fails(
    run_in_parallel, groups
):
    class FailingOnce(OpenSlowly):
        def perform(self):
            result = super().perform()
            if self.stumbles:
                raise RuntimeError("power cut")
            return result

        def content(self):
            return {"subject": self.subject}

    outcomes = run_in_parallel(
        8,
        lambda number: FailingOnce(
            groups[0], by=None, idempotency_key="k1", stumbles=number % 2
        ).execute(),
    )

    rows = {outcome.pk for outcome in outcomes if isinstance(outcome, Group)}
    assert len(rows) == opened() == 1


class CountUp(OpenGroup):
    """Read a number from the row and write it back one higher: lost without the lock."""

    def perform(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01)")
        Group.objects.filter(pk=self.subject.pk).update(name=int(self.subject.name) + 1)


def test_steps_on_one_subject_are_taken_one_after_the_other(run_in_parallel, transactional_db):
    counter = Group.objects.create(name="0")

    run_in_parallel(THREADS, lambda _: CountUp(counter, by=None).execute())

    assert Group.objects.get(pk=counter.pk).name == str(THREADS)


def test_without_the_lock_of_the_subject_steps_are_lost(
    run_in_parallel, transactional_db, monkeypatch
):
    gathering = Gathering(THREADS)

    class CountUpUnguarded(CountUp):
        def fresh_subject(self):
            seen = Group.objects.get(pk=self.subject.pk)
            gathering.wait()
            return seen

    counter = Group.objects.create(name="0")

    run_in_parallel(THREADS, lambda _: CountUpUnguarded(counter, by=None).execute())

    assert int(Group.objects.get(pk=counter.pk).name) < THREADS


def test_the_time_of_a_step_is_read_when_its_turn_has_come(run_in_parallel, transactional_db):
    counter = Group.objects.create(name="0")
    steps = [CountUp(counter, by=None) for _ in range(8)]

    run_in_parallel(8, lambda number: steps[number].execute())

    times = sorted(step.at for step in steps)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert min(gaps) >= 0.01


def test_steps_over_two_chains_in_either_order_do_not_block_each_other(run_in_parallel, groups):
    chains = [uuid4(), uuid4()]

    class Inner(OpenGroup):
        def perform(self):
            return None

        def chain(self):
            return chains[self.which]

    class Outer(Inner):
        def perform(self):
            for _ in range(3):
                Inner(self.subject, by=None, which=1 - self.which).execute()

    outcomes = run_in_parallel(
        8,
        lambda number: [Outer(groups[number], by=None, which=number % 2).execute() for _ in "abc"],
    )

    assert outcomes == [[None] * 3] * 8
    assert {head.length for head in AuditChain.objects.filter(uuid__in=chains)} == {48}


def test_a_reference_to_a_locked_subject_does_not_wait(run_in_parallel, groups, resident):
    with transaction.atomic():
        OpenGroup(groups[0], by=None).fresh_subject()

        outcome = run_in_parallel(1, lambda _: resident.groups.add(groups[0]))

    assert outcome == [None]


def test_the_clock_of_the_database_counts_microseconds():
    assert any(clock.now().microsecond % 1000 for _ in range(5))


def test_the_head_is_locked_until_the_transaction_ends():
    with transaction.atomic():
        audit_entries._locked_head(CHAIN, "default")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE relation = 'civic_core_auditchain'::regclass"
                " AND mode = 'RowShareLock'"
            )
            assert cursor.fetchone()[0] >= 1
