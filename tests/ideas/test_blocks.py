"""Blocks about ideas on any page of the host."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from wagtail import blocks
from wagtail.models import PageViewRestriction

from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.blocks import IDEA_BLOCKS
from tests.ideas.conftest import hide
from town.models import TextPage


@pytest.fixture
def shown(rf):
    def render(name, **values):
        request = rf.get("/")
        request.user, request.session = AnonymousUser(), {}
        stream = blocks.StreamBlock(IDEA_BLOCKS)
        values = {key: getattr(value, "pk", value) for key, value in values.items()}
        return stream.to_python([{"type": name, "value": values}])[0].render({"request": request})

    return render


def test_latest_ideas_are_the_newest_in_number(shown, forum, propose, author):
    for number in range(4):
        propose(author, f"Idea number {number}")

    html = shown("latest_ideas", forum=forum, number=2, order="newest")

    assert [f"Idea number {number}" in html for number in range(4)] == [False, False, True, True]


def test_most_supported_ideas_come_first(shown, forum, propose, author, citizen):
    liked = propose(author, "Liked by somebody")
    propose(author, "Liked by nobody")
    SupportIdea(liked, by=citizen).execute()

    html = shown("latest_ideas", forum=forum, number=1, order="supported")

    assert "Liked by somebody" in html
    assert "Liked by nobody" not in html


def test_latest_ideas_show_no_hidden_and_no_private_one(shown, forum, propose, author):
    hide(propose(author, "Hidden"))
    private = propose(author, "Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    html = shown("latest_ideas", forum=forum, number=3)

    assert "Hidden" not in html
    assert "Private" not in html


def test_latest_ideas_cost_the_same_however_many_are_shown(
    shown, forum, propose, author, django_assert_max_num_queries
):
    propose(author, "First")
    cache.clear()
    with django_assert_max_num_queries(30) as few:
        shown("latest_ideas", forum=forum, number=6)
    for number in range(5):
        propose(author, f"Idea {number}")
    cache.clear()

    with django_assert_max_num_queries(len(few)):
        shown("latest_ideas", forum=forum, number=6)


def test_progress_tells_where_an_idea_stands(shown, supported_idea):
    html = shown("idea_progress", idea=supported_idea)

    assert supported_idea.title in html
    assert "1 supporter" in html
    assert "Filed" in html
    assert "Published" in html


def test_progress_of_a_hidden_idea_is_not_shown(shown, idea):
    hide(idea)

    assert not shown("idea_progress", idea=idea).strip()


def test_blocks_stand_on_a_page_of_the_host(client, home, forum, supported_idea):
    page = home.add_child(instance=TextPage(title="News", slug="news"))
    page.body = [
        ("process_card", {"page": forum}),
        ("process_timeline", {"page": forum, "heading": ""}),
        ("call_to_action", {"page": forum, "heading": "", "text": "", "button": ""}),
        ("latest_ideas", {"forum": forum, "heading": "", "number": 3, "order": "newest"}),
        ("idea_progress", {"idea": supported_idea}),
    ]
    page.save_revision().publish()

    html = client.get(page.get_url()).content.decode()

    assert html.count(supported_idea.title) >= 2
    assert html.count("civic.css") == 2  # the page's own, and the blocks' once
