"""What became of a project in the vote, on its timeline and on that of the idea it was made of."""

import pytest

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions.derive import DeriveContribution
from civic_sourcing.attribution.history import history_of
from civic_sourcing.budgets.models import CountResult, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_source(vote):
    """Something a project is made of; of this room's own kind, so that no other room is needed."""

    def make(project):
        source = ledger.receive(
            "project",
            process=vote.process,
            author=None,
            title="What it was made of",
            text="",
            language="en",
        )
        DeriveContribution(
            project.contribution, by=None, source=source, kind="becomes_project"
        ).execute()
        return source

    return make


@pytest.mark.parametrize(("number", "code"), [("OGM/0001", "funded"), ("OGM/0002", "not-funded")])
def test_outcome_is_told_with_the_time_of_the_count(vote, make_source, number, code):
    project = Project.objects.get(process=vote.process, number=number)
    counted = CountResult.objects.latest_of(vote.process)

    for contribution in (project.contribution, make_source(project)):
        told = [event for event in history_of(contribution) if "funded" in event.code]
        assert [(event.code, event.at) for event in told] == [(code, counted.created_at)]
