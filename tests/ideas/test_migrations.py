"""Ideas and support of before become contributions, and could go back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from civic_sourcing.attribution.actions import RestoreContribution
from civic_sourcing.attribution.models import (
    Contribution,
    ContributionVersion,
    LedgerChain,
    Licence,
)
from civic_sourcing.core import triggers
from civic_sourcing.core.audit import verify
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage, Support
from tests.quick_states import quick_states

from .conftest import hide

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("civic_ideas", "0001_initial"), ("civic_attribution", "0001_ledger")]
LICENCES = {"city-purpose", "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "all-rights-kept"}


def newest():
    """Where the database was: rooms that stand on ideas or on the ledger go back with them."""
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def migrate(targets):
    """Go there as ``migrate`` does, without the triggers that are lifted meanwhile on SQLite."""
    with quick_states():
        MigrationExecutor(connection).migrate(targets)


@pytest.fixture
def town(forum, home, propose, author, neighbour, citizen):
    """Two forums with supported ideas, one of them hidden."""
    other = home.add_child(instance=IdeaForumPage(title="Other", slug="other"))
    other.process.phases.create(
        kind="collect", opens_at=forum.process.phases.get().opens_at, closes_at=None
    )
    ideas = [propose(author, f"Idea {number}") for number in range(3)]
    ideas.append(propose(neighbour, "Benches 벤치 🪑", forum=other, description="Two\n\nlines"))
    for idea in ideas:
        SupportIdea(idea, by=citizen).execute()
    hide(ideas[1])
    return ideas


@pytest.fixture
def back_and_forth():
    """Leave the tables as they were found, whatever the test did; on SQLite all tests do."""
    with triggers_suspended():
        yield
        if connection.vendor == "postgresql":
            migrate(newest())


def test_ideas_of_before_become_contributions(town, back_and_forth):
    """One way there and back for everything, as it takes seconds."""
    authors = {idea.pk: idea.author.pk for idea in town}

    migrate(BEFORE)
    old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    assert_gone_back(old, authors)
    migrate(newest())
    triggers.install()

    assert_come_again(town)
    RestoreContribution(Contribution.objects.get(state="hidden"), by=None).execute()
    assert IdeaPage.objects.live().count() == 4
    triggers.lift()


def assert_gone_back(old, authors):
    """Authors and support are kept, and nothing is left of the ledger."""
    ideas = old.get_model("civic_ideas", "IdeaPage").objects
    supports = old.get_model("civic_ideas", "Support").objects
    assert dict(ideas.values_list("pk", "author")) == authors
    assert set(supports.values_list("idea", flat=True)) == set(authors)
    assert not Contribution.objects.exists()
    assert not ContributionVersion.objects.exists()
    assert not LedgerChain.objects.exists()
    assert not Licence.objects.exists()


def assert_come_again(town):
    rows = Contribution.objects.order_by("process", "sequence")
    assert [row.title for row in rows] == ["Idea 0", "Idea 1", "Idea 2", "Benches 벤치 🪑"]
    assert [row.sequence for row in rows] == [1, 2, 3, 1]
    assert [row.state for row in rows] == ["published", "hidden", "published", "published"]
    assert [row.received_at for row in rows] == [idea.filed_at for idea in town]
    assert Support.objects.filter(contribution__ideapage__in=town).count() == 4
    assert set(Licence.objects.values_list("key", flat=True)) == LICENCES
    assert [report.findings for report in verify() if report.found] == []
