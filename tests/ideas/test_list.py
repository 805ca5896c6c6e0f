"""The list of a forum."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from civic_sourcing.ideas.actions import SupportIdea

from .conftest import hide

QUERIES_OF_A_LIST = 16
QUERIES_OF_AN_IDEA = 24


def titles(response):
    return re.findall(
        r'class="civic-card-title"[^>]*>(?:<a[^>]*>)?([^<]+)', response.content.decode()
    )


def test_newest_idea_comes_first(client, forum, propose, author):
    for title in ("First", "Second", "Third"):
        propose(author, title)

    assert titles(client.get(forum.url)) == ["Third", "Second", "First"]


def test_card_tells_how_many_support(client, forum, supported_idea, neighbour):
    SupportIdea(supported_idea, by=neighbour).execute()

    assert "2 supporters" in client.get(forum.url).content.decode()


def test_ideas_of_all_languages_are_listed_and_marked(client, forum, korean_forum, propose, author):
    propose(author, "Benches")
    propose(author, "긴 의자", forum=korean_forum)

    english, korean = client.get(forum.url), client.get(korean_forum.url)

    assert titles(english) == titles(korean) == ["긴 의자", "Benches"]
    assert "한국어" in english.content.decode()
    assert "English" in korean.content.decode()


def test_forum_in_two_languages_is_one_forum(forum, korean_forum, propose, author):
    idea = propose(author, "긴 의자", forum=korean_forum)

    assert idea.locale.language_code == "ko"
    assert idea.process == forum.process


def test_tag_filters(client, forum, propose, author):
    propose(author, "Benches", tags=["park"])
    propose(author, "Lamps", tags=["night"])

    assert titles(client.get(forum.url, {"tag": "Park"})) == ["Benches"]


@pytest.mark.parametrize("tag", ["", "\x00", "x" * 5000, "' OR 1=1", "\u202e", "없음"])
def test_strange_tags_are_no_error(client, forum, idea, tag):
    assert client.get(forum.url, {"tag": tag}).status_code == 200


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        pytest.param("2", ["First"], id="second"),
        pytest.param("9" * 300, ["First"], id="300 digits"),
        pytest.param("9" * 5000, ["Third", "Second"], id="5000 digits"),
        pytest.param("-1", ["First"], id="negative"),
        pytest.param("0", ["First"], id="zero"),
        pytest.param("abc", ["Third", "Second"], id="text"),
        pytest.param("1.5", ["Third", "Second"], id="fraction"),
        pytest.param("\x00", ["Third", "Second"], id="nothing"),
        pytest.param("２", ["First"], id="full width"),
    ],
)
def test_page_that_does_not_exist_shows_one_that_does(
    client, forum, propose, author, settings, page, shown
):
    settings.CIVIC_SOURCING = {"IDEAS_PER_PAGE": 2}
    for title in ("First", "Second", "Third"):
        propose(author, title)

    assert titles(client.get(forum.url, {"page": page})) == shown


def test_pages_keep_the_filter(client, forum, propose, author, settings):
    settings.CIVIC_SOURCING = {"IDEAS_PER_PAGE": 1}
    for title in ("First", "Second"):
        propose(author, title, tags=["park"])

    page = client.get(forum.url, {"tag": "park"}).content.decode()

    assert re.search(r"\?tag=park&amp;until=\d+&amp;page=2", page)


def test_unpublished_idea_is_not_listed(client, forum, idea):
    hide(idea)

    assert titles(client.get(forum.url)) == []


def test_private_idea_is_listed_only_for_its_group(client, forum, idea, neighbour):
    restriction = PageViewRestriction.objects.create(page=idea, restriction_type="groups")
    group = Group.objects.create(name="Jury")
    restriction.groups.add(group)
    assert titles(client.get(forum.url)) == []

    neighbour.groups.add(group)
    client.force_login(neighbour)

    assert titles(client.get(forum.url)) == [idea.title]


def test_private_forum_lists_its_ideas_to_those_who_may_enter(client, forum, idea, neighbour):
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    client.force_login(neighbour)

    assert titles(client.get(forum.url)) == [idea.title]


@pytest.fixture
def bare_town(settings):
    """A host whose base template asks the database for nothing."""
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [Path(__file__).parent / "templates"]}, *others]


@pytest.mark.usefixtures("bare_town")
def test_list_costs_the_same_queries_for_two_ideas_and_for_thirty(
    client, forum, propose, make_citizen, django_assert_num_queries, settings
):
    settings.CIVIC_SOURCING = {"IDEAS_PER_PAGE": 30}
    authors = [make_citizen(f"citizen{number}") for number in range(6)]

    def fill(count):
        for number in range(count):
            idea = propose(authors[number % 6], f"Idea {number}", tags=["park", f"t{number}"])
            SupportIdea(idea, by=authors[(number + 1) % 6]).execute()

    fill(2)
    client.get(forum.url)
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        client.get(forum.url)
    fill(28)
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        client.get(forum.url)


@pytest.mark.usefixtures("bare_town")
def test_idea_page_costs_few_queries(client, supported_idea, django_assert_max_num_queries):
    client.get(supported_idea.url)

    with django_assert_max_num_queries(QUERIES_OF_AN_IDEA):
        client.get(supported_idea.url)
