"""The pages on which an offer is made, answered and taken back."""

import uuid

import pytest

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.actions.offers import (
    DeclineOffer,
)
from civic_sourcing.attribution.models import ImprovementOffer, OfferState
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.offer_people import *  # noqa: F403
from tests.attribution.offer_people import WORDS, names, page_of


def test_offer_made_and_accepted_on_the_pages(client, contribution, author, neighbour):
    client.force_login(neighbour)
    client.post(page_of("offer_to_improve", contribution), {"text": WORDS})
    client.force_login(author)
    offer = ImprovementOffer.objects.get()
    page = client.get(page_of("credits", contribution)).content.decode()

    client.post(page_of("answer_offer", offer), {"answer": "accept"})

    assert WORDS in page
    assert names(contribution) == ["mina", "neighbour"]


def test_form_sent_twice_makes_one_offer(client, contribution, neighbour):
    client.force_login(neighbour)
    form = {"text": WORDS, "request_key": str(uuid.uuid4())}

    answers = [client.post(page_of("offer_to_improve", contribution), form) for _time in "12"]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ImprovementOffer.objects.count() == 1


@pytest.mark.parametrize(("text", "status"), [("", 422), ("x" * 1001, 422)], ids=["none", "long"])
def test_bad_words_come_back(client, contribution, neighbour, text, status):
    client.force_login(neighbour)

    answer = client.post(page_of("offer_to_improve", contribution), {"text": text})

    assert (answer.status_code, ImprovementOffer.objects.count()) == (status, 0)
    assert text in answer.content.decode()


def test_refused_offer_comes_back_with_what_was_typed(client, contribution, author):
    client.force_login(author)

    answer = client.post(page_of("offer_to_improve", contribution), {"text": WORDS})

    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert "your own text" in answer.content.decode()


def test_author_is_told_before_the_form(client, contribution, author):
    client.force_login(author)

    page = client.get(page_of("offer_to_improve", contribution)).content.decode()

    assert "your own text" in page
    assert "<textarea" not in page


def test_offering_leads_through_sign_in(client, contribution):
    answer = client.get(page_of("offer_to_improve", contribution))

    assert answer.status_code == 302
    assert "next=" in answer.url


@pytest.mark.parametrize("who", ["author", "neighbour", "official"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_contribution_is_not_found(request, client, contribution, moderator, who, method):
    HideContribution(contribution, by=moderator).execute()
    client.force_login(request.getfixturevalue(who))

    answer = getattr(client, method)(page_of("offer_to_improve", contribution), {"text": WORDS})

    assert answer.status_code == 404


@pytest.mark.parametrize("who", [None, "citizen", "official", "co_author"])
@pytest.mark.parametrize("declined", [False, True], ids=["open", "declined"])
def test_others_see_nothing_of_an_offer(
    request, client, contribution, offer, author, who, declined
):
    if declined:
        DeclineOffer(offer, by=author).execute()
    if who:
        client.force_login(request.getfixturevalue(who))

    page = client.get(page_of("credits", contribution)).content.decode()

    assert WORDS not in page
    assert "neighbour" not in page


@pytest.mark.parametrize("name", ["answer_offer", "withdraw_offer"])
def test_others_do_not_learn_that_there_is_an_offer(client, offer, citizen, name):
    client.force_login(citizen)

    answer = client.post(page_of(name, offer), {"answer": "accept"})

    assert answer.status_code == 404


def test_offer_is_taken_back_after_a_question(client, contribution, offer, neighbour):
    client.force_login(neighbour)
    page = client.get(page_of("credits", contribution)).content.decode()
    question = client.get(page_of("withdraw_offer", offer)).content.decode()

    client.post(page_of("withdraw_offer", offer))

    offer.refresh_from_db()
    assert page_of("withdraw_offer", offer) in page
    assert "Take the offer back?" in question
    assert offer.state == OfferState.WITHDRAWN


@pytest.mark.parametrize(("who", "linked"), [(None, True), ("citizen", True), ("author", False)])
def test_credits_page_leads_to_the_offer(request, client, contribution, who, linked):
    if who:
        client.force_login(request.getfixturevalue(who))

    page = client.get(page_of("credits", contribution)).content.decode()

    assert (page_of("offer_to_improve", contribution) in page) is linked
