"""Votes imported before there were runs get one, and can give it back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from civic_sourcing.budgets.models import Ballot, CountResult, VoteRun
from civic_sourcing.core import triggers
from civic_sourcing.core.audit import verify
from civic_sourcing.core.testing import triggers_suspended
from tests.quick_states import quick_states

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("civic_budgets", "0002_projects_are_contributions")]


def newest():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def migrate(targets):
    with quick_states():
        MigrationExecutor(connection).migrate(targets)


@pytest.fixture
def back_and_forth():
    with triggers_suspended():
        yield
        if connection.vendor == "postgresql":
            migrate(newest())


def test_imported_votes_of_before_get_a_closed_run(vote, back_and_forth):
    cast = sorted(Ballot.objects.of(vote.process).values_list("content", flat=True))
    counted = CountResult.objects.get().created_at

    migrate(BEFORE)
    assert "civic_budgets_voterun" not in connection.introspection.table_names()
    migrate(newest())
    triggers.install()

    run = VoteRun.objects.get(process=vote.process)
    assert (run.kind, run.state, run.closed_at) == ("imported", "counted", counted)
    assert sorted(run.ballots.values_list("content", flat=True)) == cast
    assert [report.findings for report in verify() if report.found] == []
    triggers.lift()
