"""The list and the numbers in a real browser: on a phone without scripts, by keyboard, by ear."""

from playwright.sync_api import expect

from tests.challenges.conftest import DAY


def test_somebody_narrows_the_list_on_a_phone_and_reads_the_numbers(
    transactional_db, make_challenge, index, new_page, assert_accessible, assert_no_sideways_scroll
):
    make_challenge("Shade for the school yard")
    make_challenge("Bridges", rounds=((2 * DAY, 3 * DAY, 4 * DAY),), more_types=["software"])
    phone, wide = new_page(width=320, height=640, javascript=False), new_page()

    phone.goto(index.get_url())
    phone.get_by_label("Status").select_option("upcoming")
    phone.get_by_label("Search", exact=True).fill("bridge")
    phone.get_by_role("button", name="Show").press("Enter")
    expect(phone.locator(".civic-card-title")).to_have_text(["Bridges"])
    assert_no_sideways_scroll(phone)
    phone.get_by_role("link", name="Challenges in numbers").click()
    phone.get_by_text("The numbers as a table").first.click()
    assert_no_sideways_scroll(phone)

    for place in ("", "numbers/"):
        wide.goto(index.get_url() + place)
        assert_accessible(wide)
