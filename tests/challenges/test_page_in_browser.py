"""The page of a challenge in a real browser: on a narrow phone, without scripts, by keyboard."""

from playwright.sync_api import expect

from civic_sourcing.challenges.actions import LengthenRound
from civic_sourcing.challenges.models import Criterion, Round
from tests.challenges.conftest import DAY


def test_a_challenge_is_read_on_a_phone_and_by_keyboard(
    transactional_db,
    make_challenge,
    manager,
    new_page,
    assert_accessible,
    assert_no_sideways_scroll,
):
    page = make_challenge(
        "Shade for the school yard, the playground and the stop of the bus",
        rounds=((-DAY, DAY, 8 * DAY), (10 * DAY, 20 * DAY, None)),
        state="approved",
    )
    levels = [{"points": 1, "labels": {"en": "plain"}}, {"points": 5, "labels": {"en": "lovely"}}]
    Criterion.objects.create(
        round=Round.objects.first(),
        titles={"en": "Beauty"},
        kind="rating",
        levels=levels,
        needs_comment=True,
    )
    page.process.challenge.state = "published"
    page.process.challenge.save()
    page.faq = [{"question": "May children enter?", "answer": "Yes."}]
    page.rights_text = "<p>Your work stays yours.</p>"
    page.save_revision().publish()
    first = Round.objects.first()
    LengthenRound(first, by=manager, closes_at=first.closes_at + DAY, reason="Rain.").execute()
    phone = new_page(width=320, height=640, javascript=False)
    wide = new_page(width=1280, timezone_id="Europe/Lisbon")

    phone.goto(page.get_url())
    assert_no_sideways_scroll(phone)
    phone.get_by_role("link", name="How it is judged").click()
    phone.wait_for_url("**#judging")
    phone.get_by_text("May children enter?").click()
    wide.goto(page.get_url())
    expect(wide.get_by_text("(Europe/Lisbon)")).to_be_visible()
    assert_accessible(wide, context="main")
    assert_no_sideways_scroll(wide)
    wide.locator("#judging [role=region]").first.focus()
    assert wide.evaluate("document.activeElement.getAttribute('role')") == "region"
