"""The screens of eligibility in a real browser, narrow and wide."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from civic_sourcing.participants.eligibility.actions import FileObjection

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    """Keep a picture where ``PICTURES`` says, for people to look at."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def go_on(page):
    """Press “Continue”, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()


@pytest.fixture
def conditions(ask, residents):
    ask(
        ("signed-in", {}),
        ("register", {"register": str(residents.uuid), "name": "Residents"}),
        ("code", {"purpose": "voting"}),
        ("age", {"from": 16, "to": None, "own_word": True}),
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_meets_the_conditions_one_by_one(
    width,
    new_page,
    mina,
    process,
    conditions,
    make_codes,
    assert_accessible,
    assert_no_sideways_scroll,
):
    code = make_codes(1).codes[0].code
    page = new_page(width=width, user=mina)

    def look(name):
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        picture(page, f"{name}-{width}")

    page.goto(reverse("civic_participants:eligibility", args=[process.uuid]))
    look("conditions")
    page.get_by_role("link", name="Enter my code").click()
    page.get_by_label("Your code").fill(code[:-2] + ("2" if code[-2] != "2" else "3") + code[-1])
    go_on(page)
    look("mistyped")
    page.get_by_label("Your code").fill(code.lower())
    go_on(page)
    page.get_by_role("link", name="Prove that I am on it").click()
    page.get_by_label("Resident number").fill("Z-1")
    page.get_by_label("Year of birth").fill("1980")
    go_on(page)
    look("no-match")
    page.get_by_label("Resident number").fill("a 101")
    page.get_by_label("Year of birth").fill("1980")
    go_on(page)
    page.get_by_role("link", name="Answer the question").click()
    page.get_by_label("Yes", exact=True).check()
    look("age")
    go_on(page)
    page.get_by_text("You can take part.").wait_for()
    look("met")


def test_an_objection_is_filed_and_its_date_shown(
    new_page, mina, process, conditions, assert_accessible
):
    page = new_page(width=360, user=mina)
    page.goto(reverse("civic_participants:eligibility", args=[process.uuid]))

    page.get_by_role("link", name="This is wrong: object").first.click()
    page.get_by_label("Why is the refusal wrong?").fill("I have lived here since 1990.")
    assert_accessible(page)
    picture(page, "object-360")
    page.get_by_role("button", name="Send the objection").click()

    page.get_by_text("Your objection is recorded").wait_for()
    assert_accessible(page)
    picture(page, "objection-360")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_offices_screens_can_be_used(
    width, new_page, registrar, mina, process, conditions, make_codes, residents, assert_accessible
):
    batch = make_codes(3).batch
    FileObjection(process, by=mina, condition="no-code", text="No letter came.").execute()
    page = new_page(width=width, user=registrar)
    names = {
        "index": [],
        "process": [process.uuid],
        "conditions": [process.uuid],
        "make_codes": [process.uuid],
        "replace_code": [process.uuid],
        "batch": [process.uuid, batch.uuid],
        "register": [process.uuid, residents.uuid],
        "objection": [process.uuid, process.objections.get().uuid],
    }

    for name, args in names.items():
        page.goto(reverse(f"civic_eligibility_admin:{name}", args=args))
        assert_accessible(page, context="main")
        picture(page, f"admin-{name}-{width}")
