"""The screens for paper in a real browser: by keyboard, narrow, without scripts."""

import os
from pathlib import Path

import pytest

from civic_sourcing.budgets.actions.polling import AddBatch
from civic_sourcing.budgets.models import SheetEntry

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


def test_a_batch_is_entered_by_keyboard_alone_without_scripts(new_page, screens, ahn):
    page = new_page(width=360, user=ahn, javascript=False)
    page.goto(screens["enter"])

    page.get_by_label("Sheet 1", exact=True).focus()
    page.keyboard.type("1 99")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.get_by_text("is not on this ballot paper").wait_for()
    picture(page, "polling-refused-360")
    first = page.get_by_label("Sheet 1", exact=True)
    assert first.input_value() == "1 99"
    first.fill("1 10")
    first.press("Enter")

    page.get_by_label("Sheet 3", exact=True).wait_for()
    assert list(SheetEntry.objects.filter(batch__number=2).values_list("line", flat=True)) == [
        "1 10",
        "2",
    ]
