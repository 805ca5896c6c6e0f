import pytest
from playwright.sync_api import expect

from tests.example_site import few_ideas
from tests.example_site.writing import go_on_to_the_last_step
from town.demo import information, participation, people, places

FORUM = "/en/participate/ideas/"


@pytest.fixture
def open_town(transactional_db):
    """The town with its idea forum, for a browser."""
    for room in (places, people, participation, information, few_ideas):
        room.load()


@pytest.fixture
def citizen(open_town, django_user_model):
    return django_user_model.objects.get(username="citizen")


def test_what_somebody_typed_survives_leaving_and_goes_once_accepted(new_page, citizen):
    page = new_page(user=citizen)
    page.goto(f"{FORUM}propose/")
    page.fill("[name=title]", "Benches along the river")
    page.fill("[name=description]", "One every two hundred metres, with a tree beside it.")
    while not page.evaluate(
        "Object.values({...localStorage}).some(kept => kept.includes('with a tree beside it'))"
    ):
        page.wait_for_timeout(50)

    page.goto(FORUM)
    page.goto(f"{FORUM}propose/")
    expect(page.locator("[name=title]")).to_have_value("Benches along the river")
    page.wait_for_selector("[data-civic-restored]", state="visible")

    go_on_to_the_last_step(page)
    page.get_by_role("button", name="Publish this idea").click()
    page.wait_for_selector("h1:has-text('Benches along the river')")
    page.goto(f"{FORUM}propose/")
    expect(page.locator("[name=title]")).to_have_value("")
    page.wait_for_selector("[data-civic-restored]", state="hidden")


def test_errors_take_the_focus_and_lead_to_their_field(new_page, citizen):
    page = new_page(user=citizen, width=360, javascript=False)
    page.goto(f"{FORUM}propose/")

    page.click("main form [type=submit]")
    page.wait_for_selector("[role=alert]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**#id_title")
    expect(page.locator("#id_title")).to_have_attribute("aria-invalid", "true")


def test_pages_of_the_town_fit_and_are_accessible(new_page, assert_accessible, open_town):
    for width in (320, 1280):
        page = new_page(width=width)
        for address in ("/en/", "/ko/", "/ko/contact/", "/en/accounts/login/", FORUM):
            page.goto(address)

            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) == 0, (address, width)
            assert_accessible(page)


def test_keyboard_reaches_the_content_first_and_sees_where_it_is(page, open_town):
    page.goto("/en/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_have_text("Skip to the content")
    assert page.locator(".skip-link").bounding_box()["y"] >= 0

    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("username", ["citizen", "official"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_header_keeps_its_tools_in_one_line_on_a_phone(
    language, username, new_page, open_town, django_user_model, assert_no_sideways_scroll
):
    page = new_page(user=django_user_model.objects.get(username=username), width=360)
    page.goto(f"/{language}/")

    tops = page.locator(".tools > li").evaluate_all("all => all.map(li => li.offsetTop)")
    assert len(set(tops)) == 1
    assert page.locator(".masthead-top").bounding_box()["height"] < 60
    brand = page.locator(".brand").evaluate("it => it.offsetLeft + it.scrollWidth")
    assert brand <= page.locator(".tools").bounding_box()["x"]
    assert_no_sideways_scroll(page)

    page.locator(".tools a[href$='/civic/me/']").click()
    page.wait_for_url("**/civic/me/")
