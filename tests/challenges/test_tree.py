"""A challenge in the page tree: copies start empty, what holds entries stays."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from wagtail.models import Page

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengePage,
    Entry,
    EntryQuestion,
    Judge,
    Prize,
    Round,
)
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(challenge, citizen):
    return Entry.objects.create(
        process=challenge.process,
        round=Round.objects.get(process=challenge.process),
        captain=Participant.objects.of(citizen),
        created_at=clock.now(),
        changed_at=clock.now(),
    )


@pytest.fixture
def copy(challenge, entry, neighbour, manager):
    facts = ChallengeFacts.objects.get(process=challenge.process)
    facts.managers.add(Participant.objects.of(manager))
    Judge.objects.create(
        process=challenge.process,
        participant=Participant.objects.of(neighbour),
        invited_at=clock.now(),
    )
    EntryQuestion.objects.create(round=entry.round, kind="text", labels={"en": "Where?"})
    made = challenge.copy(update_attrs={"slug": "next", "title": "Next year"})
    return ChallengePage.objects.get(pk=made.pk)


def test_a_copy_takes_what_is_asked_and_awarded_along(copy):
    round_ = Round.objects.get(process=copy.process)
    assert round_.criteria.count() == 6
    assert [question.label for question in round_.questions.all()] == ["Where?"]
    prizes = Prize.objects.filter(process=copy.process)
    assert [(prize.amount, prize.winners) for prize in prizes] == [(500_000, 5), (100_000, 1)]
    assert prizes.get(place=1).round == round_
    assert copy.process.challenge.managers.count() == 1


def test_a_copy_starts_as_a_draft_without_dates_judges_entries(copy):
    round_, facts = Round.objects.get(process=copy.process), copy.process.challenge
    assert (round_.opens_at, round_.closes_at, round_.judging_until) == (None, None, None)
    assert (facts.state, facts.published_at, facts.frozen_at) == ("draft", None, None)
    assert not copy.process.judges.exists()
    assert not copy.process.entries.exists()
    assert not copy.process.challenge_approvals.exists()
    assert not copy.process.phases.exists()


def test_a_copy_changes_nothing_of_its_source(challenge, copy):
    assert Round.objects.get(process=challenge.process).opens_at is not None
    assert challenge.process.judges.count() == 1
    assert Prize.objects.filter(process=challenge.process).count() == 2


def test_a_translation_is_the_same_challenge(challenge, index, korean_home, korean):
    index.copy_for_translation(korean)

    page = challenge.copy_for_translation(korean)

    assert page.process == challenge.process
    assert Process.objects.filter(kind="challenge").count() == 1


@pytest.mark.parametrize("door", ["delete", "unpublish"])
@pytest.mark.parametrize("what", ["challenge", "index"])
def test_the_admin_keeps_what_holds_entries(client, administrator, entry, request, door, what):
    page = request.getfixturevalue(what)
    if (door, what) == ("unpublish", "index"):
        pytest.skip("a list without its challenges holds nothing itself")
    client.force_login(administrator)

    response = client.post(f"/admin/pages/{page.pk}/{door}/")

    assert response.status_code == 302
    assert Page.objects.get(pk=page.pk).live


def test_code_and_statements_keep_it_too(challenge, entry):
    with pytest.raises(ActionRefused) as refused:
        challenge.unpublish()
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=challenge.pk).update(live=False)

    assert refused.value.code == "holds-contributions"
    assert "sealed entries" in refused.value.message
    assert Page.objects.get(pk=challenge.pk).live


def test_a_challenge_nobody_entered_may_be_deleted(client, administrator, make_challenge):
    page = make_challenge(state="draft")
    client.force_login(administrator)

    client.post(f"/admin/pages/{page.pk}/delete/")

    assert not Page.objects.filter(pk=page.pk).exists()


def test_integrity_holds_and_a_tick_runs(challenge, entry):
    call_command("civic_tick", verbosity=0)
    call_command("civic_verify", verbosity=0)
