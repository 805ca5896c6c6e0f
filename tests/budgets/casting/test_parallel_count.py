"""Counting at once, on a real PostgreSQL: one counts, the others are told; with its control."""

import pytest
from django.db import IntegrityError, connection

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.actions.count import CountBallots, StartCount
from civic_sourcing.budgets.models import CountJob, CountResult, VoteRun
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 8
ONE_AT_A_TIME = next(
    rule for rule in CountJob._meta.constraints if rule.name == "civic_count_job_one_at_a_time"
)


@pytest.fixture
def counting(run, cast, set_clock):
    """A closed vote that can be counted."""
    cast("kim", "A")
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    return VoteRun.objects.select_related("process").get(pk=run.pk)


@pytest.fixture
def without_constraint(counting):
    """The table of goings at counts, without the rule that there is one at a time."""
    with connection.schema_editor() as editor:
        editor.remove_constraint(CountJob, ONE_AT_A_TIME)
    yield
    CountJob.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(CountJob, ONE_AT_A_TIME)


def test_of_all_who_count_at_once_one_does_and_the_others_are_told(run_in_parallel, counting):
    outcomes = run_in_parallel(THREADS, lambda _: CountBallots(counting.process, by=None).execute())

    counted = [outcome for outcome in outcomes if isinstance(outcome, CountResult)]
    told = [outcome.code for outcome in outcomes if isinstance(outcome, ActionRefused)]
    assert len(counted) >= 1
    assert len(counted) + len(told) == THREADS
    assert set(told) <= {"counting"}
    versions = CountResult.objects.order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, len(counted) + 1))


def test_the_database_holds_it_where_nobody_looks_first(run_in_parallel, counting, monkeypatch):
    monkeypatch.setattr(StartCount, "_lost", lambda start: None)

    outcomes = run_in_parallel(THREADS, lambda _: StartCount(counting, by=None).execute())

    assert CountJob.objects.alive().count() == 1
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == THREADS - 1


def test_without_it_several_would_count(run_in_parallel, counting, without_constraint, monkeypatch):
    monkeypatch.setattr(StartCount, "_lost", lambda start: None)

    run_in_parallel(THREADS, lambda _: StartCount(counting, by=None).execute())

    assert CountJob.objects.alive().count() == THREADS
