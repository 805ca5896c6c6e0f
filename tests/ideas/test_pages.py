"""Forum, form and idea in the browser's eyes: addresses, forms, redirects, words kept."""

import uuid

import pytest
from django.contrib.auth import get_user_model

from civic_sourcing.ideas.models import IdeaPage, Support

from .conftest import DAY, hide, open_phase

SIGN_IN = "/accounts/login/"


@pytest.fixture
def words():
    return {
        "title": "Benches by the river",
        "description": "People want to sit down.",
        "tags": "park, #River",
        "request_key": str(uuid.uuid4()),
    }


@pytest.fixture
def propose_url(forum):
    return forum.url + "propose/"


def shown(response):
    return response.content.decode()


def test_citizen_proposes_an_idea_and_sees_its_page(client, citizen, propose_url, words):
    client.force_login(citizen)

    response = client.post(propose_url, words, follow=True)

    idea = IdeaPage.objects.get()
    assert response.redirect_chain == [(idea.url, 302)]
    assert "Benches by the river" in shown(response)
    assert sorted(tag.name for tag in idea.tags.all()) == ["park", "river"]


def test_double_click_makes_one_idea(client, citizen, propose_url, words):
    client.force_login(citizen)

    addresses = {client.post(propose_url, words).url for _twice in range(2)}

    assert IdeaPage.objects.count() == len(addresses) == 1


def test_form_sent_again_with_other_words_asks_once_and_keeps_them(
    client, citizen, propose_url, words
):
    client.force_login(citizen)
    client.post(propose_url, words)

    response = client.post(propose_url, {**words, "title": "Lamps by the river"})

    assert response.status_code == 409
    assert "Lamps by the river" in shown(response)
    assert words["request_key"] not in shown(response)
    assert IdeaPage.objects.count() == 1


def test_words_typed_before_signing_in_are_in_the_form_afterwards(
    client, citizen, propose_url, words
):
    response = client.post(propose_url, words)
    assert response.url.endswith(f"?next={propose_url}")
    assert not IdeaPage.objects.exists()

    client.post(response.url, {"login": citizen.username, "password": "demo"})
    form = shown(client.get(propose_url))

    assert "Benches by the river" in form
    assert "park, river" in form
    assert words["request_key"] in form


def test_published_draft_is_forgotten(client, citizen, propose_url, words):
    client.post(propose_url, words)
    client.force_login(citizen)
    client.post(propose_url, words)

    assert "Benches by the river" not in shown(client.get(propose_url))


@pytest.mark.parametrize(
    ("opened", "closes", "sentence"),
    [
        pytest.param(DAY, 2 * DAY, "opens on", id="before"),
        pytest.param(-2 * DAY, -DAY, "closed on", id="after"),
    ],
)
def test_closed_forum_says_when_keeps_the_words_and_stores_nothing(
    client, citizen, forum, propose_url, words, opened, closes, sentence
):
    client.force_login(citizen)
    client.get(propose_url)
    open_phase(forum, "collect", opened=opened, closes=closes)

    response = client.post(propose_url, words)

    assert response.status_code == 409
    assert sentence in shown(response)
    assert "Benches by the river" in shown(response)
    assert not IdeaPage.objects.exists()


def test_closed_forum_offers_no_form_and_no_sign_in(client, forum, propose_url):
    open_phase(forum, "review")

    page = shown(client.get(propose_url))

    assert "closed" in page or "not open" in page
    assert 'name="title"' not in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        pytest.param("title", "\u200b\u2060\u3164", "Please give it a title", id="invisible"),
        pytest.param("title", "", "Please give it a title", id="no title"),
        pytest.param("title", "x" * 101, "This text is too long", id="long title"),
        pytest.param("description", " \n ", "Please write a description", id="blank text"),
        pytest.param("description", "x" * 10_001, "This text is too long", id="long text"),
        pytest.param("tags", "a,b,c,d,e,f", "at most 5", id="many tags"),
        pytest.param("tags", "x" * 31, "at most 30 characters", id="long tag"),
    ],
)
def test_wrong_field_gets_its_sentence_and_the_words_stay(
    client, citizen, propose_url, words, field, value, sentence
):
    client.force_login(citizen)
    words[field] = value

    response = client.post(propose_url, words)

    page = shown(response)
    assert response.status_code == 200
    assert sentence in page
    assert 'aria-invalid="true"' in page
    kept = "People want to sit down." if field != "description" else "Benches by the river"
    assert kept in page
    assert not IdeaPage.objects.exists()


@pytest.mark.parametrize(
    "title",
    ["🌳👩‍👧‍👦 Bäume", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙a̴l̸g̵o̷", "\u202egnol\u202c river", "하천에 긴 의자를", "مقاعد على النهر"],
    ids=["emoji", "zalgo", "bidi", "Korean", "right to left"],
)
def test_titles_of_the_world_are_welcome(client, citizen, propose_url, words, title):
    client.force_login(citizen)

    response = client.post(propose_url, {**words, "title": title}, follow=True)

    assert response.status_code == 200
    assert "\u202e" not in IdeaPage.objects.get().title


def test_too_many_ideas_in_a_row_are_held_back_and_the_words_stay(
    client, citizen, propose_url, words
):
    client.force_login(citizen)
    client.post(propose_url, words)

    again = {**words, "title": "Lamps", "request_key": str(uuid.uuid4())}
    response = client.post(propose_url, again)

    assert response.status_code == 429
    assert "Lamps" in shown(response)
    assert "too often" in shown(response)


def test_support_button_adds_and_takes_back(client, idea, neighbour):
    client.force_login(neighbour)

    page = client.post(idea.url + "support/", follow=True)
    assert "You are one of them" in shown(page)

    page = client.post(idea.url + "support/withdraw/", follow=True)
    assert "Support this idea" in shown(page)
    assert not Support.objects.exists()


def test_second_press_shows_the_state_and_no_error(client, supported_idea, citizen):
    client.force_login(citizen)

    response = client.post(supported_idea.url + "support/", follow=True)

    assert response.status_code == 200
    assert supported_idea.supports.count() == 1


def test_htmx_gets_the_button_and_nothing_around_it(client, idea, neighbour):
    client.force_login(neighbour)

    response = client.post(idea.url + "support/", headers={"HX-Request": "true"})

    assert "Take back my support" in shown(response)
    assert "<html" not in shown(response)


@pytest.mark.parametrize("route", ["support/", "support/withdraw/"])
def test_signed_out_person_comes_back_to_the_intent(client, idea, neighbour, route):
    response = client.post(idea.url + route)
    assert response.url.endswith(f"?next={idea.url}{route}")
    assert not Support.objects.exists()

    client.force_login(neighbour)

    assert client.get(idea.url + route).status_code in {200, 302}


def test_question_after_signing_in_names_the_idea(client, idea, neighbour):
    client.force_login(neighbour)

    page = shown(client.get(idea.url + "support/"))

    assert "Support this idea" in page
    assert idea.title in page
    assert not Support.objects.exists()


def test_htmx_is_sent_to_sign_in_as_a_whole(client, idea):
    response = client.post(idea.url + "support/", headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert f"next={idea.url}support/" in response.headers["HX-Redirect"]


def test_own_idea_says_why_there_is_no_button(client, idea, author):
    client.force_login(author)

    response = client.post(idea.url + "support/")

    assert response.status_code == 409
    assert "This is your own" in shown(response)


def test_support_outside_its_phase_is_refused_with_the_date(client, idea, forum, neighbour):
    open_phase(forum, "collect", opened=-2 * DAY, closes=-DAY)
    client.force_login(neighbour)

    response = client.post(idea.url + "support/")

    assert response.status_code == 409
    assert "closed on" in shown(response)
    assert not Support.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, idea, method):
    assert getattr(client, method)(idea.url + "support/").status_code == 405


def test_idea_is_not_found_below_another_forum(client, home, idea):
    elsewhere = home.add_child(instance=type(idea.get_parent().specific)(title="Other"))

    assert client.get(elsewhere.url + idea.slug + "/").status_code == 404
    assert client.post(elsewhere.url + idea.slug + "/support/").status_code == 404


def test_unpublished_idea_is_not_found(client, idea):
    hide(idea)

    assert client.get(idea.url).status_code == 404


def test_author_who_left_keeps_a_name_that_tells_nothing(client, idea, author):
    get_user_model().objects.get(pk=author.pk).delete()

    assert "former participant" in shown(client.get(idea.url))


def test_e_mail_addresses_never_leave_the_server(client, make_citizen, propose):
    writer = make_citizen("kim", email="kim@private.example")
    idea = propose(writer)

    pages = [client.get(url) for url in (idea.url, idea.get_parent().url)]

    assert not any("private.example" in shown(page) for page in pages)


def test_page_can_be_shared_without_scripts(client, propose, author):
    idea = propose(author, "Benches & shade")

    html = client.get(idea.url).content.decode()

    address = f"http://testserver{idea.url}"
    assert f'readonly value="{address}"' in html
    assert 'href="mailto:?subject=Benches%20%26%20shade&amp;body=http%3A//testserver' in html
