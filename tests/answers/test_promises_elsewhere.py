"""Promises to what is withdrawn end; those to what is merged go on in what it was merged into."""

import pytest

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import Adopt, PublishAnswer
from civic_sourcing.answers.models import Promise
from civic_sourcing.answers.places import adoptions_for
from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.attribution.actions.derive import DeriveContribution, MergeContributions
from civic_sourcing.attribution.models import DerivationKind
from civic_sourcing.core import clock

from .conftest import DAY

pytestmark = pytest.mark.django_db


def test_nothing_is_owed_to_what_was_withdrawn(
    owe, contribution, author, django_capture_on_commit_callbacks
):
    promise = owe()

    with django_capture_on_commit_callbacks(execute=True):
        WithdrawContribution(contribution, by=author).execute()

    promise.refresh_from_db()
    assert (promise.state, promise.waived_reason) == ("waived", "Its author has withdrawn it.")


def test_what_is_owed_goes_on_where_it_was_merged(
    owe, propose, author, official, contribution, django_capture_on_commit_callbacks
):
    second = propose(author, "Chairs by the river").contribution
    owe(20)
    first_due = clock.now() + 10 * DAY
    promises.owe(second, cause="threshold", due_at=first_due)

    with django_capture_on_commit_callbacks(execute=True):
        merged = MergeContributions.of(
            [contribution, second],
            by=official,
            title="Seats by the river",
            text="Benches and chairs.",
            language="en",
        ).execute()

    running = Promise.objects.running().get()
    assert (running.contribution, running.due_at) == (merged, first_due)
    waived = Promise.objects.filter(state="waived")
    assert {promise.contribution for promise in waived} == {contribution, second}
    assert "Seats by the river" in waived[0].waived_reason


def test_what_was_adopted_goes_along_to_another_forum(
    contribution, official, foreign_official, other_forum, django_capture_on_commit_callbacks
):
    adoption = Adopt(contribution, by=official).execute()

    with django_capture_on_commit_callbacks(execute=True):
        ledger.move(contribution, other_forum.process)

    assert list(adoptions_for(foreign_official)) == [adoption]
    assert not adoptions_for(official).exists()


@pytest.fixture
def merge(contribution, official, django_capture_on_commit_callbacks):
    """Merge ``contribution`` into one that stands already."""

    def merge_into(target):
        with django_capture_on_commit_callbacks(execute=True):
            DeriveContribution(
                target, by=official, source=contribution, kind=DerivationKind.MERGES
            ).execute()

    return merge_into


def test_what_is_owed_goes_on_in_an_idea_that_stood_before(owe, propose, author, merge):
    target = propose(author, "Chairs by the river").contribution
    promise = owe(20)

    merge(target)

    running = Promise.objects.running().get()
    assert (running.contribution, running.due_at) == (target, promise.due_at)


def test_what_was_answered_already_is_not_owed_another_answer(
    owe, propose, author, merge, draft, official
):
    target = propose(author, "Chairs by the river").contribution
    PublishAnswer(draft(to=target), by=official).execute()
    owe(20)

    merge(target)

    assert not Promise.objects.running().exists()
    assert "which the city has answered" in Promise.objects.get(state="waived").waived_reason
