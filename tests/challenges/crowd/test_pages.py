"""The pages of the vote, as a browser without JavaScript gets them, and who opens them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic_sourcing.challenges.crowd.actions import CastVote
from civic_sourcing.challenges.models import CrowdScore, CrowdVote
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import (
    add_judge,
    assign,
    confirm,
    hand_in,
    propose,
    winners,
)
from tests.challenges.crowd.conftest import enter

VOTE, PEERS = "vote/", "peers/"


def keys(entries, *titles):
    return [entries[title].uuid.hex for title in titles]


def test_from_the_challenge_to_a_vote_that_can_be_changed(
    client, contest, public_vote, entries, citizen
):
    client.force_login(citizen)
    assert f"{contest.url}{VOTE}" in client.get(contest.url).text
    shown = client.get(f"{contest.url}{VOTE}").text
    assert "Fans over the yard." in shown
    assert "Fans, in detail." not in shown
    assert "captain of Fans" not in shown

    done = client.post(f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans", "Trees")})

    assert done.url == f"{contest.url}{VOTE}"
    again = client.get(done.url)
    assert again.text.count(" checked") == 2
    assert "Change my vote" in again.text


def test_one_too_many_keeps_what_was_chosen_and_is_tied_to_the_field(
    client, contest, public_vote, entries, citizen
):
    client.force_login(citizen)

    answer = client.post(
        f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans", "Trees", "Paint")}
    )

    assert answer.status_code == 422
    assert answer.text.count(" checked") == 3
    assert 'aria-describedby="id_choices_hint id_choices_error"' in answer.text
    assert 'href="#id_choices_0"' in answer.text
    assert not CrowdScore.objects.exists()


def test_suspended_people_are_told_until_when_and_keep_their_choice(
    client, contest, public_vote, entries, citizen
):
    person = Participant.objects.of(citizen)
    person.standing = "suspended"
    person.save()
    client.force_login(citizen)

    answer = client.post(f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans")})

    assert answer.status_code == 409
    assert "You are suspended from taking part" in answer.text
    assert not CrowdScore.objects.exists()


def test_too_many_tries_are_refused(client, contest, public_vote, entries, citizen, settings):
    limits = {"challenge_vote": {"normal": [{"count": 1, "seconds": 60}]}}
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "LIMITS": limits}
    client.force_login(citizen)
    address, choice = f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans")}

    assert client.post(address, choice).status_code == 302
    assert client.post(address, choice).status_code == 429


def test_own_entry_has_no_box(client, contest, public_vote, entries, captain_of):
    client.force_login(captain_of("Fans"))

    shown = client.get(f"{contest.url}{VOTE}").text

    assert "This is yours" in shown
    assert keys(entries, "Fans")[0] not in shown
    answer = client.post(f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans")})
    assert answer.status_code == 422


def test_visitors_read_and_sign_in_to_vote(client, contest, public_vote, entries):
    shown = client.get(f"{contest.url}{VOTE}")
    posted = client.post(f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans")})

    assert "Sign in to vote" in shown.text
    assert posted.status_code == 302
    assert "next=" in posted.url


@pytest.mark.parametrize(("moment", "seconds"), [("opens_at", -1), ("closes_at", 0)])
def test_nothing_is_shown_before_or_after_the_vote(
    client, contest, public_vote, entries, citizen, set_clock, moment, seconds
):
    CastVote(public_vote, by=citizen, choices=[str(entries["Fans"].uuid)]).execute()
    set_clock(getattr(public_vote, moment) + timedelta(seconds=seconds))
    client.force_login(citizen)

    shown = client.get(f"{contest.url}{VOTE}").text

    assert "Fans" not in shown
    assert "person voted" not in shown


def test_challenge_without_a_vote_has_no_such_page(client, challenge, citizen):
    client.force_login(citizen)

    assert client.get(f"{challenge.url}{VOTE}").status_code == 404
    assert client.get(f"{challenge.url}{PEERS}").status_code == 404


def test_solver_scores_what_was_given_and_can_change_it(
    client, contest, shared_out, entries, captain_of
):
    client.force_login(captain_of("Fans"))
    address = f"{contest.url}{PEERS}"
    assert address in client.get(contest.url).text
    mine = CrowdScore.objects.filter(participant__user=captain_of("Fans"))
    first, second = [row.entry.uuid.hex for row in mine]
    shown = client.get(address).text
    assert f"{mine[0].entry.title}, in detail." in shown
    assert f"captain of {mine[0].entry.title}" not in shown

    assert client.post(address, {first: "4"}).url == address
    assert client.post(address, {first: "4", second: "9"}).status_code == 422
    client.post(address, {first: "5", second: "2"})

    assert [row.points for row in mine.all().order_by("pk")] == [5, 2]


def test_only_solvers_with_entries_to_score_find_the_page(client, contest, shared_out, citizen):
    client.force_login(citizen)

    assert client.get(f"{contest.url}{PEERS}").status_code == 404


@pytest.fixture
def two_on_a_page(monkeypatch):
    monkeypatch.setattr("civic_sourcing.challenges.crowd.ballots.PER_PAGE", 2)


def chosen_in(answer):
    """Titles with a tick on the page, then those ticked on other pages."""
    form = answer.context["form"]
    ticked = set(form["choices"].value() or ())
    here, there = form.entries, form.elsewhere
    return [[one.title for one in rows if one.key in ticked] for rows in (here, there)]


def test_choices_stay_from_page_to_page_and_count_once_they_are_sent(
    client, contest, public_vote, entries, citizen, two_on_a_page
):
    client.force_login(citizen)
    address = f"{contest.url}{VOTE}"
    first = [one.title for one in client.get(address).context["form"].entries]
    assert len(first) == 2

    turned = client.post(address, {"choices": keys(entries, first[0]), "turn": "2"})
    second = [one.title for one in turned.context["form"].entries]
    both = keys(entries, first[0], second[1])
    counted = CrowdScore.objects.filter(kind="public", points=1)

    assert {*first, *second} == set(entries)
    assert chosen_in(turned) == [[], [first[0]]]
    assert not counted.exists()
    assert client.post(address, {"choices": both, "page": "2"}).status_code == 302
    assert {row.entry.title for row in counted} == {first[0], second[1]}
    assert chosen_in(client.get(address)) == [[first[0]], [second[1]]]


def test_too_many_on_several_pages_are_told_and_kept_on_the_page_one_is_on(
    client, contest, public_vote, entries, citizen, two_on_a_page
):
    client.force_login(citizen)

    answer = client.post(
        f"{contest.url}{VOTE}", {"choices": keys(entries, "Fans", "Trees", "Paint"), "page": "2"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].ballot.page.number == 2
    here, elsewhere = chosen_in(answer)
    assert sorted([*here, *elsewhere]) == ["Fans", "Paint", "Trees"]


def test_visitors_turn_the_pages_without_signing_in(
    client, contest, public_vote, entries, two_on_a_page
):
    answer = client.post(f"{contest.url}{VOTE}", {"turn": "2"})

    assert answer.status_code == 200
    assert answer.context["form"].ballot.page.number == 2


def test_page_of_the_ballot_asks_the_same_whatever_their_number(
    client, contest, round_, public_vote, entries, citizen, make_citizen, two_on_a_page
):
    client.force_login(citizen)
    body = {"choices": keys(entries, "Fans", "Trees"), "turn": "1"}
    client.post(f"{contest.url}{VOTE}", body)

    with CaptureQueriesContext(connection) as few:
        client.post(f"{contest.url}{VOTE}", body)
    for number in range(8):
        enter(round_, make_citizen(f"one of many {number}"), f"Another {number}")
    with CaptureQueriesContext(connection) as many:
        answer = client.post(f"{contest.url}{VOTE}", body)

    assert answer.context["form"].ballot.page.paginator.num_pages == 6
    assert 0 < len(few) == len(many) <= 36


def test_result_is_told_once_two_people_have_decided(
    client, contest, public_vote, entries, citizen, manager, steward, set_clock, round_
):
    CastVote(public_vote, by=citizen, choices=[str(entries["Fans"].uuid)]).execute()
    judge = add_judge(round_, citizen)
    for entry in entries.values():
        hand_in(assign(judge, entry), 5, 5, 5, 5, 5, 0)
    set_clock(public_vote.closes_at)
    decision = propose(round_, winners(round_, entries["Fans"]), manager, reason="One convinced.")
    before = client.get(f"{contest.url}{VOTE}").text
    document = decision.ranking.document
    assert document["public"] == {str(entries["Fans"].uuid): "1"}
    assert document["lines"][0]["entry"] == str(entries["Fans"].uuid)

    confirm(decision, steward)

    assert "1 person voted." not in before
    shown = client.get(f"{contest.url}{VOTE}").text
    assert "1 person voted." in shown
    assert CrowdVote.objects.count() == 2
