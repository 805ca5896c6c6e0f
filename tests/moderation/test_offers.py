"""Personal data is offered for masking before anybody else sees it, once."""

import pytest

from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.offers import masking_offer

PHONE = "Call me: 010-1234-5678."


@pytest.fixture
def citizen(make_citizen, settle):
    return settle(make_citizen("citizen"))


@pytest.fixture
def send(client, forum, citizen):
    """Send the form of a new idea, as the citizen."""
    client.force_login(citizen)

    def send(description=PHONE, title="A bench", **more):
        words = {"title": title, "description": description, "request_key": "", **more}
        return client.post(f"{forum.url}propose/", words)

    return send


def test_nothing_is_offered_for_an_ordinary_text():
    assert masking_offer("A bench by the river", "Benches") is None


def test_offer_masks_title_and_text():
    offer = masking_offer(PHONE, "Mail a@b.kr")

    assert (offer.title, offer.text, offer.number) == ("Mail █████", "Call me: █████.", 2)
    assert not offer.waits


def test_offer_says_that_a_resident_number_waits():
    assert masking_offer("900101-1234567").waits


def test_town_that_switched_the_check_off_offers_nothing(settings):
    settings.CIVIC_SOURCING = {"CHECK_VERDICTS": {"personal-data": "off"}}

    assert masking_offer(PHONE) is None


def test_writer_is_asked_before_anything_is_published(send):
    page = send().content.decode()

    assert not IdeaPage.objects.exists()
    assert "Publish masked" in page
    assert "telephone number" in page
    assert "Call me: █████." in page
    assert PHONE in page


def test_masked_version_is_published(send):
    send(masking="masked")

    assert IdeaPage.objects.get().description == "Call me: █████."
    assert not Case.objects.exists()


def test_writer_may_publish_it_as_it_is_and_a_moderator_sees_it(send):
    send(masking="as-it-is")

    assert IdeaPage.objects.get().description == PHONE
    assert Case.objects.get().is_personal


def test_offer_is_made_again_for_an_answer_nobody_can_give(send):
    assert "Publish masked" in send(masking="whatever").content.decode()


def test_answer_outlives_the_question_about_similar_ideas(send, propose, author):
    propose(author, "A bench by the old bridge")

    page = send(title="A bench by the old bridge", masking="masked").content.decode()

    assert "Not published yet" in page
    assert "Call me: █████." in page
    assert PHONE not in page


def test_choice_to_leave_it_outlives_the_question_about_similar_ideas(send, propose, author):
    propose(author, "A bench by the old bridge")

    page = send(title="A bench by the old bridge", masking="as-it-is").content.decode()

    assert 'name="masking" value="as-it-is"' in page
