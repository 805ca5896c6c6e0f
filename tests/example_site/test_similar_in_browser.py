"""The offer of similar ideas as people meet it: while typing, and once before publishing."""

import pytest
from playwright.sync_api import expect

from civic_sourcing.ideas.models import IdeaPage
from tests.example_site import few_ideas
from tests.example_site.writing import go_on_to_the_last_step
from town.demo import information, participation, people, places

FORUM = "/en/participate/ideas/"
OFFER = "[data-civic-similar] a"


@pytest.fixture
def known(transactional_db):
    """One idea of the town's own in English."""
    for room in (places, people, participation, information, few_ideas):
        room.load()
    return IdeaPage.objects.filter(locale__language_code="en").exclude(
        contribution__author__user__username="neighbour"
    )[0]


@pytest.fixture
def neighbour(known, django_user_model):
    return django_user_model.objects.get(username="neighbour")


@pytest.mark.parametrize("width", [360, 1280])
def test_typing_a_known_title_brings_the_idea_and_another_takes_it_away(
    new_page, neighbour, known, width, assert_accessible, assert_no_sideways_scroll
):
    page = new_page(user=neighbour, width=width)
    page.goto(f"{FORUM}propose/")

    page.type("[name=title]", known.title.upper(), delay=5)
    page.wait_for_selector(OFFER)

    expect(page.locator("[data-civic-similar]")).to_contain_text(known.title)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.fill("[name=title]", "Zeppelins")
    page.wait_for_selector(OFFER, state="detached")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_who_publishes_all_the_same_is_asked_once_and_loses_nothing(
    new_page, neighbour, known, javascript, assert_no_sideways_scroll
):
    page = new_page(user=neighbour, width=360, javascript=javascript)
    page.goto(f"{FORUM}propose/")
    page.fill("[name=title]", known.title.upper())
    page.fill("[name=description]", "Nothing of this may be lost.")
    go_on_to_the_last_step(page)
    if page.query_selector("[name=of_age]"):
        page.check("[name=of_age][value=yes]")
    page.click("main form.civic-form [value=publish]")
    page.wait_for_selector("[name=difference]:visible")

    expect(page.locator("main")).to_contain_text("Nothing of this may be lost.")
    assert_no_sideways_scroll(page)
    page.fill("[name=difference]", "Mine is on the other bank.")
    page.click("main form.civic-form [value=publish]")
    page.wait_for_selector(f"h1:has-text('{known.title.upper()}')")
