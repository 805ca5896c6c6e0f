"""The screens for paper in a real browser: by keyboard, narrow, without scripts."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from civic_sourcing.budgets.actions.polling import AddBatch
from civic_sourcing.budgets.ballots import Choice
from civic_sourcing.budgets.models import Ballot
from tests.budgets.casting.conftest import paper
from tests.keyboard import press_until_focused

from .test_screens import address

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    """Keep a picture where ``PICTURES`` says, for people to look at."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def screens(run, place, listed, close, enter, ahn, bae):
    """A batch two people have read differently, another one nobody has entered, and all screens."""
    listed("kim")
    close(run)
    differing = AddBatch(place, by=ahn, sheets=3, void=1, totals={"1": 2}).execute()
    enter(ahn, "1 2", "1", "void", batch=differing)
    enter(bae, "1", "1", "void", batch=differing)
    fresh = AddBatch(place, by=ahn, sheets=3).execute()
    return {
        "index": address("index"),
        "run": address("run", run.uuid),
        "place": address("place", run.uuid, place.uuid),
        "voters": address("voters", run.uuid, place.uuid),
        "new_batch": address("new_batch", run.uuid, place.uuid),
        "finish": address("finish", run.uuid, place.uuid),
        "batch": address("batch", run.uuid, differing.uuid),
        "decide": address("decide", run.uuid, differing.uuid, 1),
        "enter": address("enter", run.uuid, fresh.uuid),
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_can_be_used_on_any_width(
    width, new_page, screens, chief, assert_accessible, assert_no_sideways_scroll
):
    page = new_page(width=width, user=chief)

    for name, url in screens.items():
        page.goto(url)
        assert_accessible(page, context="main")
        assert_no_sideways_scroll(page)
        picture(page, f"polling-{name}-{width}")


@pytest.fixture
def sit_down(new_page, batch):
    """``sit_down(ahn, 360)`` signs somebody in, in front of the batch, without a mouse."""

    def sit_down(user, width, **options):
        page = new_page(width=width, user=user, **options)
        page.goto(address("batch", batch.place.run.uuid, batch.uuid))
        return page

    return sit_down


def press(page, selector):
    """Go to a link or a button, and where it leads."""
    press_until_focused(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page, *lines):
    """Type the lines of all sheets, from the first one on, and save them."""
    for place, line in enumerate(lines):
        press_until_focused(page, f"#id_sheets-{place}-{'line' if line else 'spoiled'}")
        page.keyboard.press("Control+A") if line else page.keyboard.press("Space")
        page.keyboard.type(line)
    press(page, ".civic-polling-lines ~ div button[type=submit]")


def test_sheets_are_entered_compared_decided_and_accepted_by_keyboard_alone(
    sit_down, batch, ahn, bae, cho, chief, assert_accessible, assert_no_sideways_scroll
):
    first = sit_down(ahn, 360, javascript=False)
    press(first, "a[href$='/enter/']")
    type_in(first, "1 99", "2", "")
    first.get_by_text("is not on this ballot paper").wait_for()
    expect(first.locator("#id_sheets-0-line")).to_have_value("1 99")
    expect(first.locator("#id_sheets-2-spoiled")).to_be_checked()
    picture(first, "polling-refused-360")
    type_in(first, "1 10")
    press(first, "button[value=hand-in]")

    second = sit_down(bae, 1280)
    press(second, "a[href$='/enter/']")
    type_in(second, "1", "2", "")
    press(second, "button[value=hand-in]")
    second.get_by_text("1 sheet was read differently").wait_for()

    third = sit_down(cho, 360)
    press(third, "a[href$='/sheets/1/']")
    assert_accessible(third, context="main")
    assert_no_sideways_scroll(third)
    press_until_focused(third, "[name=reading]")
    third.keyboard.press("Space")
    press(third, "main form button[type=submit]")
    third.get_by_text("The sheet is decided.").wait_for()
    third.reload()
    assert_accessible(third, context="main")

    boss = sit_down(chief, 1280)
    press(boss, "button[value=accept]")
    boss.get_by_text("You have entered").wait_for(state="detached")
    assert sorted(
        Ballot.objects.filter(channel="paper").values_list("content", flat=True)
    ) == sorted([paper("1", "10"), paper("2"), Choice.voided(["spoiled"]).canonical()])
