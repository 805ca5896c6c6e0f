"""A batch that was counted and is wrong is entered again, by two people's decision."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from civic_sourcing.budgets.actions.count import CountBallots, PublishCount
from civic_sourcing.budgets.actions.polling import (
    AcceptBatch,
    CorrectBatch,
    EnterSheets,
    FinishPlace,
    ProposeCorrection,
)
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.count_differences import differences
from civic_sourcing.budgets.models import Ballot, CountResult, PaperBatch
from civic_sourcing.budgets.polling.figures import figures_of
from civic_sourcing.budgets.results.versions import versions_of
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core.audit.verification import Verification

from .conftest import person, sheets
from .test_lists import refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_chief(home):
    user = person(home, "second")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def counted(batch, place, enter, ahn, bae, chief):
    """The vote was counted with a batch that says 1, 2 and 1."""
    for user in (ahn, bae):
        enter(user, "1", "2", "1")
    AcceptBatch(batch, by=chief).execute()
    FinishPlace(place, by=chief, note="The list got wet.").execute()
    count = CountBallots(place.process, by=chief).execute()
    PublishCount(count, by=chief).execute()
    return PaperBatch.objects.get(pk=batch.pk)


@pytest.fixture
def correction(counted, chief, second_chief):
    proposal = ProposeCorrection(counted, by=chief, reason="One sheet was read wrongly.").execute()
    assert refusal_of(CorrectBatch(proposal, by=chief).execute) == "second-person"
    return CorrectBatch(proposal, by=second_chief).execute()


def test_a_correction_leads_to_a_new_count_beside_the_old(
    correction, counted, place, enter, ahn, bae, chief
):
    run = place.run
    before = figures_of(place)
    assert refusal_of(CountBallots(run.process, by=chief).execute) == "paper-open"
    for user in (ahn, bae):
        enter(user, "2", "2", "1", batch=correction)
    AcceptBatch(correction, by=chief).execute()

    CountBallots(run.process, by=chief).execute()

    new, old = CountResult.objects.of(run.process)
    assert (old.document["scores"]["1"], new.document["scores"]["1"]) == (2, 1)
    assert new.document["ballots"] == old.document["ballots"] == 3
    assert differences(old, new, {"1": "Playground"})[:2] == [
        "1 batch of sheets of paper was entered again.",
        "“Playground” has a score of 1, before it was 2.",
    ]
    assert figures_of(place) == before
    found = [*verify_runs(Verification()), *verify_counts(Verification())]
    assert {finding.code for finding in found} <= {"project-missing"}


def test_all_reasons_are_told_of_a_batch_that_was_corrected_twice(
    correction, counted, place, enter, ahn, bae, chief, second_chief
):
    for user in (ahn, bae):
        enter(user, "2", "2", "1", batch=correction)
    AcceptBatch(correction, by=chief).execute()
    proposal = ProposeCorrection(correction, by=chief, reason="Another one, too.").execute()
    again = CorrectBatch(proposal, by=second_chief).execute()
    for user in (ahn, bae):
        enter(user, "2", "2", "2", batch=again)
    AcceptBatch(again, by=chief).execute()

    count = CountBallots(place.run.process, by=chief).execute()
    PublishCount(count, by=chief).execute()

    new, old = versions_of(count, {})
    assert new.reasons == ["One sheet was read wrongly.", "Another one, too."]
    assert old.reasons == []


def test_only_a_batch_that_was_accepted_is_corrected_and_once(correction, counted, chief, ahn):
    assert refusal_of(ProposeCorrection(correction, by=chief, reason="x").execute) == "not-accepted"
    assert refusal_of(ProposeCorrection(counted, by=chief, reason="x").execute) == "replaced"
    assert refusal_of(ProposeCorrection(counted, by=ahn, reason="x").execute) == "forbidden"


def test_the_database_takes_no_ballot_after_the_count_but_those_of_a_correction(
    counted, place, chief
):
    ballot = Ballot.objects.get(content='{"vote":["2"]}')
    for batch in (None, counted):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ballot.objects.create(
                process=place.process, run=place.run, channel="paper", content="{}", batch=batch
            )
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(content="{}")


def test_a_batch_is_corrected_on_its_screens(
    client, counted, place, chief, second_chief, ahn, stranger
):
    def at(name, *more, batch=counted):
        args = [place.run.uuid, batch.uuid, *more]
        return reverse(f"civic_polling_admin:{name}", args=args)

    client.force_login(ahn)
    assert client.get(at("correct"), follow=True).status_code == 404
    client.force_login(chief)
    assert "enter it again" in client.get(at("batch")).content.decode()
    client.post(at("correct"), {"reason": "One sheet was read wrongly."})
    proposal = counted.corrections.get()
    assert client.post(at("approve_correction", proposal.pk)).status_code == 409
    client.force_login(second_chief)
    assert at("approve_correction", proposal.pk) in client.get(at("batch")).content.decode()
    assert "read wrongly" in client.get(at("approve_correction", proposal.pk)).content.decode()
    client.post(at("approve_correction", proposal.pk))

    replacement = counted.replacement
    assert at("batch", batch=replacement) in client.get(at("batch")).content.decode()
    client.force_login(ahn)
    assert client.get(at("enter", batch=replacement)).status_code == 200
    EnterSheets(replacement, by=ahn, sheets=sheets("1")).execute()
