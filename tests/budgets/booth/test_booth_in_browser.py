"""The booth in a real browser: by keyboard, on a phone, without scripts, with many projects."""

import pytest
from playwright.sync_api import expect

from civic_sourcing.budgets.ballots import (
    CumulativeLimits,
    KnapsackLimits,
    RankingLimits,
    SingleChoiceLimits,
    YesNoLimits,
)
from tests.keyboard import press_until_focused

MANY = [
    (str(number), f"Project {number} for the {place}", number, area, category)
    for number in range(1, 151)
    for place, area, category in [
        [("river", "town", "green"), ("school", "north", "play"), ("market", "town", "play")][
            number % 3
        ]
    ]
]


@pytest.fixture
def open_vote(transactional_db, hold):
    return hold


def covered_by_the_bar(page):
    """Whether the bar hides what has the focus."""
    return page.evaluate(
        """() => {
          const focus = document.activeElement.getBoundingClientRect();
          const bar = document.querySelector("[data-civic-bar]").getBoundingClientRect();
          return focus.bottom > bar.top + 1;
        }"""
    )


def test_ballot_is_filled_in_by_keyboard_alone(new_page, open_vote, citizen, assert_accessible):
    vote = open_vote(KnapsackLimits())
    page = new_page(user=citizen)
    counters = page.locator("#counters")

    page.goto(vote.url + "vote/")
    press_until_focused(page, "#find-words")
    page.keyboard.type("river")
    expect(page.locator("[data-civic-card]:visible")).to_have_count(1)
    press_until_focused(page, "[name=vote]")
    assert not covered_by_the_bar(page)
    page.keyboard.press("Space")
    expect(counters).to_contain_text("€400 of €1,500")
    assert_accessible(page)
    press_until_focused(page, "[name=step][value=review]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/vote/review/")
    expect(page.get_by_text("Benches by the river")).to_be_visible()
    page.go_back()
    expect(page.locator("[name=vote]:checked")).to_have_count(1)


@pytest.mark.parametrize(
    ("limits", "wrong", "said", "right"),
    [
        pytest.param(
            CumulativeLimits(total=10),
            {"Points: Benches by the river": "6", "Points: A climbing wall": "5"},
            "1 point too many.",
            {"Points: A climbing wall": "4"},
            id="points",
        ),
        pytest.param(
            RankingLimits(most=3),
            {"Place: Benches by the river": "1", "Place: A climbing wall": "3"},
            "2 of 3 chosen",
            {"Place: A climbing wall": "2"},
            id="ranking",
        ),
    ],
)
def test_ballot_is_mended_on_a_phone_without_scripts(
    new_page, open_vote, citizen, assert_no_sideways_scroll, limits, wrong, said, right
):
    vote = open_vote(limits)
    page = new_page(width=360, height=740, javascript=False, user=citizen)

    def fill(marks):
        for label, value in marks.items():
            field = page.get_by_label(label)
            is_list = field.evaluate("field => field.tagName") == "SELECT"
            (field.select_option if is_list else field.fill)(value)

    page.goto(vote.url + "vote/")
    assert_no_sideways_scroll(page)
    fill(wrong)
    page.get_by_role("button", name="Count again").click()
    expect(page.locator("#counters")).to_contain_text(said)
    page.get_by_role("button", name="Review my ballot").click()
    page.wait_for_url("**/vote/#wrong")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_no_sideways_scroll(page)
    for label, value in wrong.items():
        expect(page.get_by_label(label)).to_have_value(value)
    fill(right)
    page.get_by_role("button", name="Review my ballot").click()

    page.wait_for_url("**/vote/review/")


def test_paper_with_150_projects_is_usable_on_a_phone(
    new_page, open_vote, citizen, assert_accessible, assert_no_sideways_scroll
):
    vote = open_vote(projects=MANY)
    page = new_page(width=360, height=740, user=citizen)
    cards = page.locator("[data-civic-card]:visible")
    bar = page.locator("[data-civic-bar]")

    page.goto(vote.url + "vote/")
    expect(cards).to_have_count(150)
    expect(bar).to_be_in_viewport()
    page.get_by_label("Search").fill("school")
    page.get_by_text("Filter and order").click()
    page.get_by_label("Area").select_option("Northbank")
    expect(cards).to_have_count(50)
    expect(page.locator("[data-civic-shown]")).to_have_text("50 of 150 projects")
    cards.nth(30).get_by_label("Choose").check()
    expect(bar).to_contain_text("You can still choose 2.")
    expect(bar).to_be_in_viewport()
    for number in range(3):
        cards.nth(number).get_by_label("Compare").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#compare thead a")).to_have_count(3)
    expect(cards).to_have_count(50)
    page.get_by_role("button", name="Large text").click()
    expect(page.locator(".civic-booth-large")).to_be_visible()
    assert_no_sideways_scroll(page)
    page.get_by_label("Only what I have marked").check()
    expect(cards).to_have_count(1)
    assert_accessible(page)


def test_voter_is_told_when_the_connection_is_lost(
    new_page, open_vote, citizen, assert_no_sideways_scroll
):
    vote = open_vote(YesNoLimits(every=True))
    page = new_page(width=320, height=600, user=citizen)

    page.goto(vote.url + "vote/")
    assert_no_sideways_scroll(page)
    page.context.set_offline(True)
    page.get_by_role("group", name="A climbing wall").get_by_label("Yes").check()
    lost = page.get_by_text("There is no connection")
    expect(lost).to_be_visible()
    page.context.set_offline(False)

    expect(lost).to_be_hidden()
    expect(page.locator("#counters")).to_contain_text("1 of 5 answered")
    new_page.errors.clear()


def test_one_choice_is_one_question(new_page, open_vote, citizen, assert_accessible):
    vote = open_vote(SingleChoiceLimits(least=0))
    page = new_page(width=360, height=740, user=citizen)

    page.goto(vote.url + "vote/")
    group = page.get_by_role("radiogroup", name="Projects")
    group.get_by_label("Choose: A climbing wall").check()
    page.keyboard.press("ArrowDown")

    expect(group.get_by_role("radio", checked=True)).to_have_count(1)
    expect(group.get_by_label("Choose: A climbing wall")).not_to_be_checked()
    assert_accessible(page)
