"""What is not listed yet, and numbers that are not told yet, come out by no way."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from civic_sourcing.core import clock
from civic_sourcing.ideas.actions import EditIdea, SupportIdea
from civic_sourcing.ideas.blocks import ideas_of
from civic_sourcing.ideas.models import ForumRules, ThresholdRule
from civic_sourcing.processes.outcomes import outcomes_of

WAITING = "Benches for the quay"
SPOT = {"latitude": 35.1, "longitude": 128.9}


@pytest.fixture
def first_supporters(forum):
    """The forum lists only what two people support."""
    return ThresholdRule.objects.create(
        process=forum.process,
        number=2,
        event="visible",
        valid_from=clock.now() - timedelta(days=9),
    )


@pytest.fixture
def waiting(first_supporters, propose, author):
    return propose(author, WAITING, tags=["quayside"], **SPOT)


@pytest.fixture
def hidden_counts(forum):
    ForumRules.objects.create(process=forum.process, supports_hidden=True)


def found(words):
    return [page.title for page in get_search_backend().search(words, Page.objects.live())]


@pytest.mark.parametrize(
    "way",
    ["", "?q=quay", "?show=map", "?tag=quayside", "?sort=seen", "feed/", "geojson/",
     "propose/similar/?title=benches for quay"],
)  # fmt: skip
def test_what_waits_for_supporters_is_on_no_list(client, forum, waiting, way):
    answer = client.get(f"{forum.url}{way}")

    assert answer.status_code == 200
    assert WAITING not in answer.text
    assert str(waiting.uuid) not in answer.text
    assert waiting.slug not in answer.text


def test_map_is_not_offered_for_what_waits(client, forum, waiting):
    assert "show=map" not in client.get(forum.url).text


def test_blocks_and_numbers_leave_out_what_waits(forum, waiting):
    block = {"forum": forum, "number": 3, "order": "newest"}

    assert ideas_of(forum, block, None) == []
    assert outcomes_of([forum.process.pk])[forum.process.pk] == []


def test_site_search_finds_it_once_it_is_listed(waiting, citizen, neighbour):
    before = found("quay")
    for person in (citizen, neighbour):
        SupportIdea(waiting, by=person).execute()

    assert (before, found("quay")) == ([], [WAITING])


def test_edited_idea_that_waits_stays_out_of_the_site_search(waiting, author):
    EditIdea(waiting, by=author, title="Benches for the quay!", description="Soft ones.").execute()

    assert found("quay") == []


def test_sitemap_waits_too(waiting, settings):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "IDEAS_IN_SITEMAP": True}
    request = RequestFactory().get("/")

    before = waiting.get_sitemap_urls(request)
    waiting.unlisted = False

    assert (before, len(waiting.get_sitemap_urls(request))) == ([], 1)


def test_whoever_has_the_address_reads_it(client, waiting):
    assert WAITING in client.get(waiting.url).text


def test_numbers_of_two_versions_stay_hidden_too(
    client, hidden_counts, supported_idea, author, citizen
):
    words = {"title": supported_idea.title, "description": "People want parking instead."}
    EditIdea(supported_idea, by=author, tags=[], **words).execute()
    client.force_login(citizen)

    page = client.get(supported_idea.url).text

    assert "of an earlier one" not in page
    assert "Keep my support" in page


@pytest.mark.usefixtures("hidden_counts")
def test_similar_ideas_do_not_tell_hidden_numbers(client, forum, supported_idea):
    answer = client.get(f"{forum.url}propose/similar/", {"title": "benches by river"})

    assert supported_idea.title in answer.text
    assert "supporter" not in answer.text


def test_similar_ideas_tell_numbers_that_are_told(client, forum, supported_idea):
    answer = client.get(f"{forum.url}propose/similar/", {"title": "benches by river"})

    assert "1 supporter" in answer.text
