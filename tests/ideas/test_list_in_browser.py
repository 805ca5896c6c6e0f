"""The list of a forum in a real browser: narrow it down, look at the map, without scripts, too."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from civic_sourcing.ideas.models import Category

FITS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def lively_forum(transactional_db, forum, propose, author):
    """Nine ideas with categories, stages and spots, some of them close together."""
    green = Category.objects.create(
        process=forum.process, code="green", names={"en": "Green spaces"}, icon="idea"
    )
    for number in range(9):
        title = "공영주차장 넓히기" if number == 4 else f"Benches by the river {number}"
        idea = propose(author, title, tags=["park", "나무"][: number % 3])
        idea.category = green if number % 2 else None
        idea.stage = ["published", "review", "accepted", "declined"][number % 4]
        idea.latitude = Decimal("37.5") + Decimal(number // 2) / 100
        idea.longitude = Decimal("127") + Decimal(number // 2 * number) / 100
        idea.save()
    return forum


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_citizen_finds_an_idea(new_page, lively_forum, width, javascript, assert_accessible):
    page = new_page(width=width, javascript=javascript)

    def look():
        assert page.evaluate(FITS) == 0
        if javascript:
            assert_accessible(page)

    titles = page.locator(".civic-card-title")
    page.goto(lively_forum.url)
    look()
    page.get_by_role("searchbox", name="Search").fill("주차장을")
    page.get_by_label("Order").select_option("newest")
    page.get_by_role("button", name="Show").click()
    expect(titles).to_have_text(["공영주차장 넓히기"])
    look()
    page.get_by_role("link", name="Show all").click()
    expect(titles).to_have_count(9)
    page.get_by_role("link", name="Map", exact=True).click()
    group = page.get_by_role("link", name="2 ideas").first
    expect(group).to_be_visible()
    look()
    whole = page.url
    group.click()
    page.wait_for_url(lambda url: url != whole)
    look()
    title = titles.first.inner_text()
    page.locator(".civic-map").get_by_role("link", name=title).click()

    expect(page.get_by_role("heading", name=title).first).to_be_visible()
