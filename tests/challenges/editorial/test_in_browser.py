"""A challenge from “Add page” to its publication, as people meet it; every screen on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.challenges.models import ChallengeFacts, ChallengePage, Prize, Round
from tests.challenges.editorial.test_readability import PLAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = ".civic-challenge-desk"
NAMES = (
    "general", "details", "timeline", "prizes", "rules", "judging", "how_to_enter", "resources",
    "review", "partners",
)  # fmt: skip


def write(page, *texts):
    """Type into the editors of rich text, from the first one on."""
    for place, text in enumerate(texts):
        page.get_by_role("textbox").and_(page.locator("[contenteditable=true]")).nth(place).click()
        page.keyboard.type(text)
        # The editor hands its text to the form a moment after the last key.
        page.wait_for_function(
            "text => [...document.querySelectorAll('input[type=hidden]')].some("
            "each => each.value.includes(text))",
            arg=text,
        )


def go_on(page, heading):
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def write_sections(page):
    """All nine, from the first to the review."""
    page.get_by_label("What kind of solution").select_option("ideas")
    page.get_by_label("Department").select_option("Streets")
    page.get_by_label("Contact").fill("streets@example.org")
    go_on(page, "Details")
    write(page, PLAIN["en"])
    go_on(page, "Timeline")
    page.get_by_role("button", name="Add a phase").click()
    page.get_by_label("Name (English)").fill("Ideas")
    for name, days in (("opens_at", 2), ("closes_at", 40)):
        moment = timezone.localtime() + timedelta(days=days)
        page.locator(f"[name=rounds-0-{name}]").fill(f"{moment:%Y-%m-%d %H:%M}")
        page.keyboard.press("Tab")
    page.evaluate("document.querySelectorAll('.xdsoft_datetimepicker').forEach(p => p.remove())")
    go_on(page, "Prizes")
    page.get_by_label("Legal basis").select_option("Charter")
    page.get_by_label("Prize money").fill("5,000")
    page.get_by_role("button", name="Add a prize").click()
    page.get_by_label("Name (English)").fill("First prize")
    page.locator("[name=prizes-0-amount]").fill("4,000")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("come to €4,000")
    page.locator("[name=prizes-0-amount]").fill("5,000")
    go_on(page, "Rules")
    write(page, "Rules.", "Everybody.", "Yours.", "Erased after a year.", "A guardian agrees.")
    go_on(page, "Judging")
    page.get_by_role("button", name="Add a criterion").click()
    page.get_by_label("Criterion (English)").fill("Effect")
    page.get_by_label("Most points").fill("20")
    go_on(page, "How to enter")
    write(page, "Fill in the form.")
    go_on(page, "Resources")
    go_on(page, "Review")


def test_a_challenge_is_written_reviewed_and_published(
    new_page, administrator, manager, steward, at_desk, index, authority, department
):
    page = new_page(user=administrator)
    kind = ("civic_challenges", "challengepage")
    page.goto(reverse("wagtailadmin_pages:add", args=[*kind, index.pk]))
    page.locator("#id_title").press_sequentially("Dry feet")
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).to_have_value("dry-feet")
    page.get_by_role("textbox", name="Tagline").fill("Keep the water out")
    page.get_by_role("textbox", name="Short description").fill("Water stands in the streets.")
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_role("link", name="General", exact=True).click()
    write_sections(page)
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    page.get_by_role("link", name="Send to the review").click()
    page.get_by_role("button", name="Send it").click()

    other = new_page(user=at_desk(steward))
    other.goto(reverse("civic_challenges_desk:index"))
    other.get_by_role("link", name="Dry feet").click()
    other.get_by_role("link", name="Approve").click()
    other.get_by_role("button", name="Approve it").click()
    other.get_by_role("link", name="Publish now").click()
    other.get_by_role("button", name="Publish it").click()
    expect(other.get_by_text("The challenge is published.")).to_be_visible()

    challenge = ChallengePage.objects.get()
    assert challenge.live
    assert ChallengeFacts.objects.get().prize_total == Prize.objects.get().amount == 500_000
    assert Round.objects.get().criteria.get().points == 20


def test_every_screen_fits_a_phone_and_can_be_read_aloud(
    new_page, written, manager, at_desk, assert_accessible, assert_no_sideways_scroll
):
    page = new_page(width=320, height=740, user=at_desk(manager))

    for name in NAMES:
        page.goto(reverse(f"civic_challenges_desk:{name}", args=[written.process.uuid]))
        assert_accessible(page, context=DESK)
        assert_no_sideways_scroll(page)
