"""Assisted voting: the desk says who somebody is, and learns nothing more."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from civic_sourcing.budgets.actions.casting import OpenDeskSession
from civic_sourcing.budgets.booth.jobs import look_after_booth
from civic_sourcing.budgets.booth.voters import voter_with_account, voter_with_code
from civic_sourcing.budgets.models import DeskSession
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.participants.codes.crockford import canonical
from civic_sourcing.participants.models import EligibilityRule, VotingCode
from tests.budgets.booth.casting import soup_of, stored, voted
from tests.budgets.booth.test_codes import make_register, type_code


@pytest.fixture(autouse=True)
def _fresh_tries():
    cache.clear()


@pytest.fixture
def open_session(run, registrar, vote, citizen):
    def open_session(voter=None, by=registrar):
        person = voter or voter_with_account(citizen, vote.process)
        return OpenDeskSession(run, by=by, voter=person).execute()

    return open_session


def test_number_of_the_desk_leads_into_the_same_booth(vote, run, enter, citizen, open_session):
    booth = enter(vote, None)

    type_code(booth, open_session().number)
    voted(booth)
    voted(enter(vote, citizen), [("vote", "2")])

    assert [ballot.content for ballot in stored(run)] == ['{"vote":["2"]}']


def test_number_works_once(vote, enter, open_session):
    number = open_session().number
    type_code(enter(vote, None), number)

    assert type_code(enter(vote, None), number).status_code == 409
    assert not DeskSession.objects.exists()


def test_session_ends_thirty_minutes_after_it_was_opened(vote, enter, open_session, set_clock):
    ticket = open_session()
    late = open_session()
    booth = enter(vote, None)
    type_code(booth, ticket.number)
    opened = ticket.expires_at - timedelta(minutes=30)

    set_clock(opened + timedelta(minutes=29))
    inside = "You vote at the desk" in booth.open().get_text()
    set_clock(late.expires_at)

    assert inside
    assert "Who votes?" in booth.client.get(booth.url).content.decode()
    assert type_code(enter(vote, None), late.number).status_code == 409
    look_after_booth(late.expires_at)
    assert not DeskSession.objects.exists()


def test_log_says_who_opened_it_and_not_for_whom(run, open_session, registrar, citizen):
    open_session()

    entry = AuditEntry.objects.get(action="civic_budgets.open_desk_session")
    (row,) = DeskSession.objects.values()
    assert entry.actor is not None
    assert set(entry.details) == {"until"}
    assert f"account:{citizen.pk}" not in str(row)


def test_code_shown_at_the_desk_is_used_up_by_the_ballot(
    vote, run, enter, print_codes, open_session
):
    print_codes(vote)
    code = VotingCode.objects.get()
    booth = enter(vote, None)

    type_code(booth, open_session(voter_with_code(code)).number)
    voted(booth)

    assert VotingCode.objects.get().state == "used"


def test_account_that_may_not_vote_is_not_let_in_by_the_desk_either(
    hold, registrar, citizen, print_codes
):
    def ask_for_code(process):
        EligibilityRule.objects.create(
            process=process, verifier="code", options={"purpose": "voting"}
        )
        print_codes(SimpleNamespace(process=process))

    page = hold(before=ask_for_code)

    with pytest.raises(ActionRefused, match="voting code"):
        OpenDeskSession(
            page.process.vote_runs.get(),
            by=registrar,
            voter=voter_with_account(citizen, page.process),
        ).execute()


def test_only_the_desk_opens_sessions(open_session, citizen):
    with pytest.raises(ActionForbidden):
        open_session(by=citizen)


def test_no_session_is_opened_once_the_vote_is_over(open_session, run, set_clock):
    set_clock(run.closes_at)

    with pytest.raises(ActionRefused, match="closed"):
        open_session()


def test_desk_finds_a_person_on_the_register_and_hands_out_a_number(
    client, vote, run, enter, registrar
):
    register = make_register(vote.process)
    client.force_login(registrar)
    address = reverse("civic_vote_desk_admin:let_in", args=[vote.process.uuid])

    page = soup_of(client.post(address, {f"datum-{register.pk}-0": "kim"}))
    unknown = client.post(address, {f"datum-{register.pk}-0": "nobody"})

    number = page.select_one("code").get_text()
    booth = enter(vote, None)
    type_code(booth, number)
    assert canonical(number)
    assert "You vote at the desk" in booth.open().get_text()
    assert "Nobody was found" in unknown.content.decode()


@pytest.mark.parametrize("who", ["citizen", "editor"])
def test_desk_is_no_place_for_others(client, request, vote, who):
    client.force_login(request.getfixturevalue(who))

    answers = [
        client.get(reverse("civic_vote_desk_admin:index")),
        client.get(reverse("civic_vote_desk_admin:let_in", args=[vote.process.uuid])),
    ]

    assert all(answer.status_code in (302, 403, 404) for answer in answers)


def test_desk_lists_votes_that_are_open(client, vote, run, registrar):
    client.force_login(registrar)

    answer = client.get(reverse("civic_vote_desk_admin:index"))

    assert vote.title in answer.content.decode()
    assert clock.now() < run.closes_at
    assert get_user_model().objects.filter(pk=registrar.pk).exists()
