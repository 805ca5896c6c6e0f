"""Ideas like one's own: offered while typing and once before publishing."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from wagtail.models import PageViewRestriction

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import StatedDifference
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.participants.models import Participant

TITLE = "Benches by the river"
TYPED = {"title": "Benches by river", "description": "So that we can rest.", "tags": "park"}


def ask(client, forum, title):
    return client.get(f"{forum.url}propose/similar/", {"title": title}, HTTP_HX_REQUEST="true")


@pytest.fixture
def send(client, forum, citizen):
    """Send the form as the citizen, as often as wanted; the form's key stays the same."""
    client.force_login(citizen)
    key = str(uuid.uuid4())

    def post(**words):
        answered = {"of_age": "yes", "licence": "", "request_key": key}
        page = client.get(f"{forum.url}propose/").context["form"]
        if "licence" in page.fields:
            answered["licence"] = page.get_initial_for_field(page.fields["licence"], "licence")
        return client.post(f"{forum.url}propose/", {**TYPED, **answered, **words})

    return post


def test_like_ideas_are_offered_while_a_title_is_typed(client, idea, forum):
    answer = ask(client, forum, "benches by river")

    assert answer.status_code == 200
    assert TITLE in answer.text
    assert f'href="{idea.url}support/"' in answer.text
    assert f"contributions/{idea.contribution.uuid}/improve/" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("title", ["", "Ben", "A ferry to the island"])
def test_nothing_is_said_where_nothing_is_alike(client, idea, forum, title):
    assert ask(client, forum, title).text.strip() == ""


def test_korean_form_offers_ideas_of_all_its_languages(client, idea, korean_forum):
    answer = ask(client, korean_forum, "benches by river")

    assert TITLE in answer.text
    assert 'lang="en"' in answer.text


def test_typing_too_fast_is_not_answered(client, idea, forum, settings):
    settings.CIVIC_SOURCING = {"SIMILAR_LOOK_UPS_PER_MINUTE": 2}
    cache.clear()

    statuses = [ask(client, forum, TITLE).status_code for _time in range(3)]

    assert statuses == [200, 200, 429]


def test_hidden_idea_is_not_offered(client, idea, forum):
    HideContribution(idea.contribution, by=None).execute()

    assert ask(client, forum, TITLE).text.strip() == ""


def test_idea_behind_a_closed_door_is_offered_to_whom_it_is_open(client, idea, forum, citizen):
    PageViewRestriction.objects.create(page=idea, restriction_type=PageViewRestriction.LOGIN)
    shut = ask(client, forum, TITLE)
    client.force_login(citizen)

    assert shut.text.strip() == ""
    assert TITLE in ask(client, forum, TITLE).text


def test_nobody_is_asked_to_support_their_own_idea(client, idea, forum, author):
    client.force_login(author)

    answer = ask(client, forum, TITLE)

    assert TITLE in answer.text
    assert "support/" not in answer.text
    assert "improve/" not in answer.text


def test_like_idea_is_shown_once_before_publishing_and_all_that_was_typed_is_kept(send, idea):
    answer = send()

    assert answer.status_code == 200
    assert IdeaPage.objects.count() == 1
    assert TITLE in answer.text
    assert f"contributions/{idea.contribution.uuid}/improve/" in answer.text
    form = answer.context["form"]
    assert [form[name].value() for name in TYPED] == list(TYPED.values())
    assert not form["difference"].is_hidden


def test_who_goes_on_is_not_asked_again(send, idea):
    offered = send().context["form"]["offered"].value()

    answer = send(offered=offered, title="Benches by the Rivers")

    assert answer.status_code == 302
    assert IdeaPage.objects.count() == 2


def test_difference_is_kept_with_the_idea(send, idea):
    offered = send().context["form"]["offered"].value()

    send(offered=offered, difference="Mine have backs.")

    stated = StatedDifference.objects.get()
    assert stated.similar == idea.contribution
    assert stated.contribution.title == TYPED["title"]
    assert stated.reason == "Mine have backs."


def test_moderators_find_the_difference_beside_the_idea(send, idea):
    offered = send().context["form"]["offered"].value()
    send(offered=offered, difference="Mine have backs.")
    new = StatedDifference.objects.get().contribution

    beside, nothing = (row.kind_of.context(row)["difference"] for row in (new, idea.contribution))

    assert str(beside) == "Mine have backs."
    assert beside.similar == (idea.contribution,)
    assert not nothing


def test_new_idea_is_published_without_a_question(send, idea):
    assert send(title="A ferry to the island").status_code == 302


@pytest.mark.parametrize("offered", ["nonsense", str(uuid.uuid4())], ids=["nonsense", "unknown"])
def test_made_up_answers_do_no_harm(send, idea, offered):
    answer = send(offered=offered, difference="Other")

    assert answer.status_code in {200, 302}
    assert not StatedDifference.objects.exists()


def test_double_click_is_no_similar_idea(send, forum):
    first, second = send(), send()

    assert first.url == second.url
    assert IdeaPage.objects.count() == 1


def test_town_may_offer_nothing(send, idea, settings):
    settings.CIVIC_SOURCING = {"SIMILAR_OFFERED": 0}

    assert send().status_code == 302


def test_looking_up_costs_the_same_however_many_ideas_are_alike(
    client, propose, author, forum, django_assert_max_num_queries
):
    for number in range(8):
        propose(author, f"{TITLE} {number}")
    ask(client, forum, TITLE)

    with django_assert_max_num_queries(25, connection=connection):
        ask(client, forum, TITLE)


def test_erased_person_leaves_no_reason_behind(send, idea, citizen):
    offered = send().context["form"]["offered"].value()
    send(offered=offered, difference="Mine have backs.")
    participant = Participant.objects.of(citizen)
    (records,) = [one for one in personal_records() if one.name == "stated differences"]
    told = records.export(participant)
    records.erase(participant, blank_texts=True)

    assert told == [{"idea": TYPED["title"], "similar": TITLE, "reason": "Mine have backs."}]
    assert StatedDifference.objects.get().reason == ""
