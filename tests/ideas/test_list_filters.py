"""What a list is narrowed, searched, sorted and shown by."""

import json
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import Category, District, ForumRules, IdeaTally

from .conftest import hide
from .test_list import titles


@pytest.fixture
def benches(propose, author):
    return propose(author, "Benches", description="Somewhere to sit.")


@pytest.fixture
def lot(propose, author, forum):
    """An idea with a category, a district, a spot and a stage of its own."""
    idea = propose(author, "공영주차장", description="넓혀 주세요.")
    idea.category = Category.objects.create(
        process=forum.process, code="roads", names={"en": "Roads", "ko": "도로"}, icon="flag"
    )
    idea.district = District.objects.create(
        process=forum.process, code="north", names={"en": "North"}
    )
    idea.latitude, idea.longitude, idea.stage = Decimal("37.5"), Decimal("127.1"), "review"
    idea.save()
    return idea


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"stage": "review"}, id="stage"),
        pytest.param({"category": "roads"}, id="category"),
        pytest.param({"district": "north"}, id="district"),
        pytest.param({"q": "주차장을"}, id="words"),
        pytest.param({"q": "주차장", "category": "roads", "sort": "shuffle"}, id="all at once"),
        pytest.param({"show": "map"}, id="map"),
        pytest.param({"show": "map", "bbox": "127,37,128,38"}, id="part of the map"),
    ],
)
@pytest.mark.usefixtures("benches", "lot")
def test_filters_leave_out_the_rest(client, forum, query):
    assert titles(client.get(forum.url, query)) == ["공영주차장"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"sort": "author__password"}, id="a column"),
        pytest.param({"sort": "-pk"}, id="a key"),
        pytest.param({"sort": "best"}, id="best without a search"),
        pytest.param({"stage": "deleted"}, id="no such stage"),
        pytest.param({"category": "elsewhere"}, id="category of another forum"),
        pytest.param({"district": "' OR 1=1 --"}, id="injection"),
        pytest.param({"q": "\x00"}, id="nothing"),
        pytest.param({"q": "\u202e!!!"}, id="signs"),
        pytest.param({"until": "9" * 300}, id="300 digits"),
        pytest.param({"until": "-1"}, id="negative"),
        pytest.param({"page": "9" * 300}, id="page of 300 digits"),
        pytest.param({"show": "tree"}, id="no such way"),
        pytest.param({"bbox": "nan,nan,nan,nan"}, id="nowhere"),
    ],
)
@pytest.mark.usefixtures("benches", "lot")
def test_nonsense_is_as_if_not_said(client, forum, query):
    response = client.get(forum.url, query)

    assert response.status_code == 200
    assert titles(response) == ["공영주차장", "Benches"]


@pytest.mark.parametrize("long", ["x" * 5_000, "주" * 5_000, "a " * 5_000, "%" * 500, "_" * 99])
def test_any_search_is_answered(client, forum, benches, long):
    assert client.get(forum.url, {"q": long}).status_code == 200


def test_most_supported_comes_first(client, forum, propose, author, citizen, neighbour):
    first, second = propose(author, "First"), propose(author, "Second")
    propose(author, "Third")
    for person in (citizen, neighbour):
        SupportIdea(first, by=person).execute()
    SupportIdea(second, by=citizen).execute()

    assert titles(client.get(forum.url, {"sort": "supported"})) == ["First", "Second", "Third"]


def test_fresh_support_is_trending(client, forum, propose, author, citizen):
    first = propose(author, "First")
    propose(author, "Second")
    SupportIdea(first, by=citizen).execute()

    assert titles(client.get(forum.url, {"sort": "trending"})) == ["First", "Second"]


def test_least_seen_comes_first(client, forum, propose, author, neighbour):
    seen = propose(author, "Seen")
    propose(author, "Unseen")

    client.get(seen.url)

    assert titles(client.get(forum.url, {"sort": "seen"})) == ["Unseen", "Seen"]


def test_visit_of_its_author_does_not_count(client, forum, idea, author):
    client.force_login(author)

    client.get(idea.url)

    assert IdeaTally.objects.get(pk=idea.contribution_id).seen == 0


def test_shuffle_stays_while_one_person_turns_pages(client, forum, propose, author, settings):
    settings.CIVIC_SOURCING = {"IDEAS_PER_PAGE": 4}
    for number in range(8):
        propose(author, f"Idea {number}")
    first = client.get(forum.url, {"sort": "shuffle"})

    again = client.get(forum.url, {"sort": "shuffle"})
    second = client.get(forum.url, {"sort": "shuffle", "page": 2})

    assert titles(first) == titles(again)
    assert sorted(titles(first) + titles(second)) == [f"Idea {number}" for number in range(8)]


def test_what_comes_in_meanwhile_moves_no_page(client, forum, propose, author, settings):
    settings.CIVIC_SOURCING = {"IDEAS_PER_PAGE": 2}
    for title in ("First", "Second", "Third"):
        propose(author, title)
    page = client.get(forum.url).content.decode()
    onward = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    propose(author, "Newcomer")

    second = client.get(forum.url + onward)

    assert titles(second) == ["First"]
    assert "1 more came in" in second.content.decode()


def test_list_hides_support_where_the_forum_does(client, forum, supported_idea):
    ForumRules.objects.create(process=forum.process, supports_hidden=True)

    page = client.get(forum.url, {"sort": "supported"}).content.decode()

    assert "supporter" not in page
    assert 'value="supported"' not in page


def test_names_of_places_follow_the_language(client, forum, korean_forum, lot):
    assert "Roads" in client.get(forum.url).content.decode()
    assert "도로" in client.get(korean_forum.url).content.decode()


def test_map_leads_to_the_idea(client, forum, lot):
    page = client.get(forum.url, {"show": "map"}).content.decode()

    assert f'<a href="{lot.url}" aria-label="공영주차장">' in page


@pytest.fixture
def put(propose, author):
    """An idea at a spot."""

    def put(title, latitude, longitude):
        idea = propose(author, title)
        idea.latitude, idea.longitude = Decimal(latitude), Decimal(longitude)
        idea.save()
        return idea

    return put


def test_map_shows_spots_near_each_other_as_one(client, forum, put):
    put("Lamp", "37.5", "127.1")
    put("Bench", "37.5001", "127.1001")
    alone = put("Bridge", "37.9", "127.5")

    page = client.get(forum.url, {"show": "map"}).content.decode()

    assert page.count('class="civic-map-mark"') == 2
    assert 'aria-label="2 ideas"' in page
    assert f'<a href="{alone.url}" aria-label="Bridge">' in page


def test_map_leaves_out_what_is_elsewhere(client, forum, put):
    put("Lamp", "37.5", "127.1")
    put("Bridge", "37.9", "127.5")

    page = client.get(forum.url, {"show": "map", "bbox": "127,37.4,127.2,37.6"}).content.decode()

    assert 'aria-label="Lamp"' in page
    assert page.count('class="civic-map-mark"') == 1


def test_map_uses_tiles_only_if_the_town_has_some(client, forum, lot, settings):
    assert "<image" not in client.get(forum.url, {"show": "map"}).content.decode()

    settings.CIVIC_SOURCING = {"MAP_TILES": "https://tiles.example/{z}/{x}/{y}.png"}

    page = client.get(forum.url, {"show": "map"}).content.decode()
    assert '<image href="https://tiles.example/' in page


@pytest.mark.usefixtures("benches")
def test_feed_has_the_filters_of_the_list(client, forum, lot):
    feed = client.get(f"{forum.url}feed/", {"category": "roads"})

    assert feed["Content-Type"].startswith("application/rss+xml")
    assert "공영주차장" in feed.content.decode()
    assert "Benches" not in feed.content.decode()


@pytest.mark.usefixtures("benches")
def test_geojson_has_spots_in_the_order_of_the_standard(client, forum, lot):
    answer = client.get(f"{forum.url}geojson/")

    (feature,) = json.loads(answer.content)["features"]
    assert answer["Content-Type"] == "application/geo+json"
    assert feature["geometry"] == {"type": "Point", "coordinates": [127.1, 37.5]}
    assert feature["properties"]["title"] == "공영주차장"
    assert feature["properties"]["supports"] == 0


@pytest.mark.parametrize("route", ["", "feed/", "geojson/"])
@pytest.mark.parametrize("gone", ["hidden", "unlisted", "private"])
def test_what_others_may_not_read_is_nowhere(client, forum, lot, route, gone):
    if gone == "hidden":
        hide(lot)
    elif gone == "unlisted":
        type(lot).objects.filter(pk=lot.pk).update(unlisted=True)
        lot.refresh_from_db()
        tallies.keep(lot)
    else:
        PageViewRestriction.objects.create(page=lot, restriction_type="login")

    answer = client.get(forum.url + route, {"q": "주차장"})

    assert answer.status_code == 200
    assert "넓혀" not in answer.content.decode()
    assert str(lot.uuid) not in answer.content.decode()


def test_feed_hides_support_with_the_list(client, forum, lot):
    ForumRules.objects.create(process=forum.process, supports_hidden=True)

    answer = json.loads(client.get(f"{forum.url}geojson/").content)

    assert "supports" not in answer["features"][0]["properties"]


def test_links_of_the_map_keep_the_filters(client, forum, lot):
    page = client.get(forum.url, {"show": "map", "category": "roads"}).content.decode()

    nearer = page.split('<a class="civic-tag" href="?')[-1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlsplit(f"?{nearer}").query)["category"] == ["roads"]


def test_feed_costs_the_same_however_many_ideas(client, forum, propose, make_citizen):
    def queries(number):
        for each in range(number):
            propose(make_citizen(f"somebody{number}{each}"), f"Idea {number} {each}", tags=["park"])
        with CaptureQueriesContext(connection) as asked:
            feed = client.get(f"{forum.url}feed/")
        assert feed.text.count("<category>park</category>") == feed.text.count("<item>")
        return len(asked)

    queries(1)  # what is remembered for the site

    assert queries(2) == queries(4)


def test_feed_leaves_out_what_xml_cannot_carry(client, forum, propose, author):
    propose(author, "Benches")
    type(forum).objects.update(title="Ideas\x0bfor all", introduction="One\x0ctwo")

    feed = client.get(f"{forum.url}feed/").text

    assert "<title>Ideas for all</title>" in feed
    assert "One two" in feed
