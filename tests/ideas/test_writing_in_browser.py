"""Writing an idea in a real browser: on a phone, without JavaScript, saved while one types."""

import pytest
from playwright.sync_api import expect

from civic_sourcing.attribution.actions import OfferLicences
from civic_sourcing.attribution.models import Licence
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import Category, IdeaDraft, IdeaPage
from tests.core.pictures import picture
from tests.ideas.writing_town import OPTIONAL, ask, question

FITS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def full_forum(transactional_db, forum):
    """A forum that asks everything a form can ask."""
    ask(forum, location=OPTIONAL, photos=OPTIONAL, category=OPTIONAL)
    Category.objects.create(process=forum.process, code="green", names={"en": "Green"})
    question(forum, label="Who profits?", helps={"en": "Think of children, too."})
    question(forum, "choice", "Which bank?", choices=[{"en": "North"}, {"en": "South"}])
    return forum


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_citizen_walks_through_every_step(
    new_page, full_forum, citizen, width, javascript, tmp_path, assert_accessible
):
    page = new_page(user=citizen, width=width, javascript=javascript)
    seen = []

    def look(name):
        assert page.evaluate(FITS) == 0, name
        if javascript:
            assert_accessible(page)
        seen.append(name)

    page.goto(full_forum.url + "propose/")
    page.fill("[name=title]", "Benches by the river")
    page.fill("[name=description]", "People want to sit down.\n\nTwelve would do.")
    look("idea")
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=address]", "River Road 5")
    page.fill("[name=coordinates]", "37.5665, 126.978")
    page.get_by_label("Who profits?").fill("Everybody who walks here.")
    look("about")
    page.get_by_role("button", name="Continue").click()
    page.set_input_files(
        "[name=photo]",
        {"name": "bench.png", "mimeType": "image/png", "buffer": picture(size=(640, 400))},
    )
    page.fill("[name=alternative]", "A bench without a back")
    page.get_by_role("button", name="Add this photo").click()
    page.get_by_alt_text("A bench without a back").wait_for()
    look("files")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="This is how others will see it").wait_for()
    look("check")
    page.get_by_role("button", name="Publish this idea").click()
    page.locator("h1", has_text="Benches by the river").wait_for()
    look("published")

    expect(page.get_by_text("River Road 5")).to_have_count(1)
    assert seen == ["idea", "about", "files", "check", "published"]


def test_first_field_is_on_the_first_screen_of_a_phone(
    phone, transactional_db, forum, assert_accessible
):
    """The terms above it are one line until somebody unfolds them."""
    rights = [Licence.objects.get(key=key) for key in ("city-purpose", "cc0-1.0")]
    OfferLicences(forum.process, by=None, licences=rights).execute()

    phone.goto(forum.url + "propose/")

    box = phone.locator("[name=title]").bounding_box()
    assert box["y"] + box["height"] <= phone.viewport_size["height"]
    phone.get_by_text("give away rights").click()
    expect(phone.get_by_text("CC0 1.0")).to_be_visible()
    assert_accessible(phone)


def test_draft_is_saved_while_it_is_typed(new_page, full_forum, citizen):
    page = new_page(user=citizen)
    page.goto(full_forum.url + "propose/")

    page.type("[name=title]", "Benches", delay=5)
    page.get_by_text("Saved at").wait_for(timeout=15_000)

    assert IdeaDraft.objects.get().words["title"] == "Benches"
    page.type("[name=description]", "Twelve.", delay=5)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**step=about**")
    assert IdeaDraft.objects.count() == 1


def test_author_edits_and_supporter_keeps(new_page, transactional_db, idea, author, neighbour):
    SupportIdea(idea, by=neighbour).execute()
    page = new_page(user=author, width=360)
    page.goto(idea.url)
    page.get_by_role("link", name="Change").click()
    page.fill("[name=description]", "People want twelve benches, and trees beside them.")
    assert page.evaluate(FITS) == 0
    page.get_by_role("button", name="Save the change").click()
    page.get_by_text("People want twelve benches").wait_for()
    page.get_by_role("link", name="See all versions").click()
    page.get_by_role("heading", name="Version 2").wait_for()
    assert page.evaluate(FITS) == 0

    supporter = new_page(user=neighbour, width=360)
    supporter.goto(idea.url)
    supporter.get_by_role("button", name="Keep my support").click()
    supporter.get_by_text("Your support stands for the text as it is now.").wait_for()

    assert IdeaPage.objects.get().supports.get().version == 2


def test_address_is_copied_where_the_device_can(
    transactional_db, new_page, idea, assert_accessible
):
    page = new_page(width=360)
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    page.goto(idea.url)

    page.get_by_text("Share", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Copy the address").click()

    expect(page.get_by_role("status").filter(has_text="The address is copied.")).to_be_visible()
    assert page.evaluate("window.copied") == page.url
    assert page.evaluate(FITS) == 0
