"""A rehearsal is the whole vote, marked on every page, and leaves nothing behind."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from civic_sourcing.budgets.actions.casting import EraseRehearsal, OpenVote, PrepareVote
from civic_sourcing.budgets.models import DeskSession, RollEntry, VoteReminder, VoteRun
from civic_sourcing.participants.models import VotingCode
from tests.budgets.booth.casting import TICKED, form_of, reviewed, voted
from tests.budgets.booth.test_codes import type_code

MARK = "This is a rehearsal"


@pytest.fixture
def prepared(hold):
    """A vote that is set up and not open yet."""
    return hold(opened=False)


@pytest.fixture
def rehearsal(prepared):
    cache.clear()
    run = PrepareVote(prepared.process, by=None, kind="rehearsal").execute()
    OpenVote(run, by=None).execute()
    return VoteRun.objects.get(pk=run.pk)


@pytest.fixture
def tester(prepared, rehearsal, enter):
    """Somebody without an account who was sent the address of the rehearsal."""
    booth = enter(prepared, None)
    booth.client.get(booth.url, {"rehearsal": str(rehearsal.uuid)})
    return booth


def test_every_page_of_a_rehearsal_says_so(tester, prepared):
    pages = [tester.client.get(tester.url).content.decode()]
    tester.send(TICKED, step="review")
    for place in ("review/", "leave/", "code/"):
        pages.append(tester.client.get(tester.url + place).content.decode())
    pages.append(tester.client.get(voted(tester)).content.decode())
    pages.append(tester.client.get(prepared.get_url() + "bulletin/").content.decode())

    assert all(MARK in page for page in pages)


def test_test_voter_needs_no_account_and_has_one_ballot(tester, rehearsal):
    voted(tester)
    voted(tester, [("vote", "2")])

    assert rehearsal.roll.count() == rehearsal.envelopes.count() == 1


def test_another_test_voter_begins_by_leaving(tester, prepared, rehearsal):
    voted(tester)
    tester.client.post(tester.url + "leave/", {"leave": "1"})
    tester.client.get(tester.url, {"rehearsal": str(rehearsal.uuid)})

    voted(tester)

    assert rehearsal.roll.count() == 2


def test_nobody_comes_into_a_rehearsal_without_its_address(prepared, rehearsal, enter):
    visitor = enter(prepared, None).client
    url = prepared.get_url() + "vote/"

    answers = [visitor.get(url), visitor.get(url, {"rehearsal": str(uuid4())})]
    answers.append(visitor.get(url, {"rehearsal": "x' OR 1=1"}))

    assert all("has not opened yet" in answer.content.decode() for answer in answers)
    assert not any(MARK in answer.content.decode() for answer in answers)


def test_rehearsal_uses_up_no_code(prepared, rehearsal, tester, print_codes):
    (code,) = print_codes(prepared)

    type_code(tester, code)
    voted(tester)

    assert rehearsal.roll.count() == 1
    assert VotingCode.objects.get().state == "ready"


def test_erased_rehearsal_leaves_nothing_and_no_way_in(prepared, rehearsal, tester):
    fields = form_of(reviewed(tester))
    tester.client.post(tester.url + "leave/", {"remind": "1", "address": "kim@example.org"})
    EraseRehearsal(rehearsal, by=None).execute()

    answer = tester.client.post(tester.url + "review/", fields)

    assert answer.status_code == 409
    assert "not recorded" in answer.content.decode()
    assert not any(model.objects.exists() for model in (RollEntry, VoteReminder, DeskSession))
