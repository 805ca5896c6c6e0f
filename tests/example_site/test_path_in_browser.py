"""The thin path through the whole house, walked by an editor, a citizen and a neighbour."""

import re

import pytest
from playwright.sync_api import expect

from tests.example_site import few_ideas
from tests.example_site.writing import go_on_to_the_last_step
from tests.keyboard import press_until_focused
from town.demo import budgets, information, participation, people, places

FORUM = "/en/participate/ideas/"
VOTE = "/en/participate/budget/"


@pytest.fixture
def open_town(transactional_db):
    for room in (places, people, participation, information, few_ideas, budgets):
        room.load()


@pytest.fixture
def somebody(open_town, django_user_model):
    return lambda name: django_user_model.objects.get(username=name)


def test_citizen_proposes_by_keyboard_on_a_phone_without_javascript(
    new_page, somebody, assert_no_sideways_scroll
):
    page = new_page(user=somebody("citizen"), width=360, height=740, javascript=False)
    page.goto(FORUM)

    press_until_focused(page, f"main a[href$='{FORUM}propose/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/propose/")
    press_until_focused(page, "[name=title]")
    page.keyboard.type("Shade for the bus stop at the school")
    press_until_focused(page, "[name=description]")
    page.keyboard.type("In July the bench burns.\n\nA vine would do, or a sail.")
    for following in ("about", "files", "check"):
        press_until_focused(page, "main form [name=go][value=next]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**step={following}**")
    press_until_focused(page, "main form [value=publish]")
    page.keyboard.press("Enter")

    page.wait_for_selector("h1:has-text('Shade for the bus stop')")
    expect(page.locator("main p", has_text="A vine would do")).to_have_count(1)
    assert_no_sideways_scroll(page)


def test_neighbour_supports_in_place_and_takes_it_back(new_page, somebody):
    page = new_page(user=somebody("neighbour"), width=360)
    page.goto(FORUM)
    page.get_by_role("link", name="White roofs for the sports halls").click()
    address = page.url
    status = page.locator("[data-civic-support] [role=status]")
    before = int(re.search(r"\d+", status.inner_text()).group())

    page.get_by_role("button", name="Support this idea").click()
    page.get_by_role("button", name="Take back my support").wait_for()

    expect(page).to_have_url(address)
    expect(status).to_contain_text(f"{before + 1} people support")
    page.get_by_role("button", name="Take back my support").click()
    page.get_by_role("button", name="Support this idea").wait_for()
    expect(status).to_contain_text(re.compile(rf"\b{before} "))


def test_signing_in_on_the_way_loses_nothing(new_page, open_town):
    page = new_page(width=360, javascript=False)
    page.goto(f"{FORUM}propose/")

    page.fill("[name=title]", "A bell for the ferry")
    page.fill("[name=description]", "So that nobody misses it in the fog.")
    go_on_to_the_last_step(page)
    page.click("main form [value=publish]")
    page.fill("[name=login]", "citizen")
    page.fill("[name=password]", "demo")
    page.click("main form [type=submit]")

    page.get_by_role("heading", name="A bell for the ferry").wait_for()
    page.click("main form [value=publish]")
    page.wait_for_selector("h1:has-text('A bell for the ferry')")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_path_are_accessible_and_fit(
    language, width, new_page, somebody, assert_accessible, assert_no_sideways_scroll
):
    page = new_page(user=somebody("citizen"), width=width)
    base = f"/{language}/participate/"
    page.goto(f"{base}ideas/")
    idea = page.locator("main article a, main li a").first.get_attribute("href")
    page.goto(f"{base}budget/")
    project = page.locator("main .civic-card a").first.get_attribute("href")

    for address in (
        base,
        f"{base}ideas/",
        f"{base}ideas/propose/",
        idea,
        f"{base}budget/",
        f"{base}budget/results/",
        project,
    ):
        page.goto(address)

        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_results_tell_who_won_in_chart_and_table(new_page, open_town):
    page = new_page(javascript=False)

    page.goto(f"{VOTE}results/")

    expect(page.get_by_role("heading", name="Funded", exact=True)).to_be_visible()
    expect(page.locator("main svg.civic-chart, main figure svg").first).to_be_visible()
    first = page.locator("main table tbody tr").first
    expect(first).to_contain_text("Shady footpath along the river")
    expect(first).to_contain_text("248")
