"""The queue as moderators meet it: from the keyboard alone, on a phone, in English and Korean."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.moderation.models import Case, Decision, Finding, ForumModeration
from civic_sourcing.participants.models import Participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/civic/cases/"


@pytest.fixture
def many(propose, author, open_case):
    """Twenty cases about ideas, the first the most urgent."""
    said = {"description": "You are all fools."}
    return [open_case(propose(author, f"Idea {number:02}", **said)) for number in range(20)]


@pytest.fixture
def colourful(propose, author, report, reporter, second_reporter, rules, forum):
    """An emergency, a late case with a telephone number, a person, a decided case."""
    now = timezone.now()
    ForumModeration.objects.create(process=forum.process, contact="Hana Seo, +82 2 120 5000")
    threat = propose(author, "I will come to the town hall", description="Then you will see.")
    case = report(threat.contribution, rule="safety", text="This frightens me.", affected=True)
    words = "Call Mr Kim under 010-1234-5678, he knows. He is a liar and a thief."
    number = propose(author, "Ask the owner of the kiosk", description=words)
    late = report(number.contribution, rule="respect", text="My telephone number!").case
    report(number.contribution, by=second_reporter, rule="topic")
    Case.objects.filter(pk=late.pk).update(
        opened_at=now - timedelta(days=4), due_at=now - timedelta(days=2)
    )
    start = words.index("010")
    Finding.objects.create(
        case=late, check_key="personal-data", verdict="mark", code="phone",
        spans=[["text", start, start + 13]], at=now,
    )  # fmt: skip
    report(Participant.objects.of(author), rule="respect")
    return case.case, late


def presses(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_twenty_cases_are_decided_with_three_keys_each(many, moderator, new_page):
    page = new_page(user=moderator)
    page.goto(QUEUE)
    page.keyboard.press("n")

    for case in many:
        expect(page.locator("[data-civic-field=title]")).to_have_text(case.contribution.title)
        presses(page, "1", "h")
        expect(page.locator("[name=facts]")).to_be_focused()
        page.keyboard.type(" The text calls all neighbours fools.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    assert not Case.objects.open().exists()
    decisions = Decision.objects.all()
    assert {row.outcome for row in decisions} == {"hide"}
    assert len({row.facts for row in decisions}) == 1
    assert "calls all neighbours fools" in decisions[0].facts


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_screens_fit_and_are_accessible(
    colourful,
    many,
    moderator,
    second_moderator,
    new_page,
    assert_accessible,
    assert_no_sideways_scroll,
    width,
    language,
):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(moderator)
    profile.preferred_language = language
    profile.save()
    page = new_page(width=width, user=moderator)
    emergency, late = colourful

    def look(path):
        page.goto(path)
        assert_no_sideways_scroll(page)
        assert_accessible(page, context="main")

    look(QUEUE)
    look(f"{QUEUE}{emergency.uuid}/")
    look(f"{QUEUE}{late.uuid}/")
    look(f"{QUEUE}together/?" + "&".join(f"case={case.uuid}" for case in many[:3]))
    for name in ("appeals", "second-opinions", "hand-over"):
        look(f"{QUEUE}{name}/")


def top_of(page, selector):
    return page.locator(selector).bounding_box()["y"]


def test_on_a_phone_the_decision_stands_before_other_cases(colourful, moderator, new_page):
    _emergency, late = colourful
    page = new_page(width=360, height=740, user=moderator)
    page.goto(f"{QUEUE}{late.uuid}/")
    form, others = "form[data-civic-decide]", "#civic-earlier"

    assert top_of(page, "#civic-words") < top_of(page, form) < top_of(page, others)

    page.get_by_role("link", name="Go to the decision").click()
    expect(page.locator("#civic-decide")).to_be_in_viewport()


def test_on_a_wide_screen_the_decision_stands_beside_the_text(colourful, moderator, new_page):
    _emergency, late = colourful
    page = new_page(user=moderator)
    page.goto(f"{QUEUE}{late.uuid}/")

    text = page.locator(".civic-read").bounding_box()
    form = page.locator("form[data-civic-decide]").bounding_box()
    assert form["x"] >= text["x"] + text["width"]
    assert abs(form["y"] - text["y"]) < 40
    expect(page.get_by_role("link", name="Go to the decision")).to_be_hidden()


def test_passage_is_marked_in_the_text_and_masked(colourful, moderator, new_page):
    _emergency, late = colourful
    page = new_page(user=moderator)
    page.goto(f"{QUEUE}{late.uuid}/")

    page.get_by_role("button", name="Mask this").click()
    expect(page.locator("[data-civic-marked] q")).to_have_text("010-1234-5678")
    expect(page.locator("[name=outcome][value=mask]")).to_be_checked()
    page.locator("[name=facts]").fill("The text gives away the telephone number of a neighbour.")
    page.get_by_text("What the author will be told").click()
    expect(page.locator("[data-civic-notice]")).to_contain_text("telephone number of a neighbour")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    text = late.contribution.kind_of.content(late.contribution).description
    assert text == "Call Mr Kim under ***, he knows. He is a liar and a thief."


def test_selected_words_are_masked_by_key(colourful, moderator, new_page):
    _emergency, late = colourful
    page = new_page(user=moderator)
    page.goto(f"{QUEUE}{late.uuid}/")

    page.evaluate(
        """() => {
            const text = document.querySelector("[data-civic-field=text]").lastChild;
            const start = text.data.indexOf("liar");
            document.getSelection().setBaseAndExtent(text, start, text, start + 4);
        }"""
    )
    expect(page.locator("[data-civic-mark]")).to_be_enabled()
    page.keyboard.press("x")

    expect(page.locator("[data-civic-marked] q")).to_have_text("liar")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("[data-civic-marked]")).to_be_hidden()


def test_keys_that_are_turned_off_do_nothing(many, moderator, new_page):
    page = new_page(user=moderator)
    page.goto(QUEUE)
    page.get_by_text("Keys", exact=True).click()
    page.get_by_role("button", name="Turn keys off").click()
    page.goto(f"{QUEUE}{many[0].uuid}/")

    page.keyboard.press("h")

    expect(page.locator("[name=outcome][value=hide]")).not_to_be_checked()


def test_ticked_rows_are_decided_together_from_the_keyboard(many, moderator, new_page):
    page = new_page(user=moderator)
    page.goto(QUEUE)

    presses(page, "j", "x", "j", "x")
    expect(page.locator("[data-civic-ticked]")).to_have_text("2 cases ticked")
    with page.expect_navigation():
        page.keyboard.press("b")
    presses(page, "1", "h")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.get_by_text("2 cases are decided.")).to_be_visible()
    assert Decision.objects.count() == 2


def test_case_is_decided_without_scripts(colourful, moderator, new_page):
    _emergency, late = colourful
    page = new_page(user=moderator, javascript=False)
    page.goto(f"{QUEUE}{late.uuid}/")

    page.get_by_label("No private details of others").check()
    page.get_by_role("button", name="Begin with the words of this rule").click()
    page.get_by_label("Mask passages").check()
    page.get_by_label("Passages to mask").fill("010-1234-5678")
    page.get_by_role("button", name="Decide and go on").click()

    assert Decision.objects.get(case=late).outcome == "mask"
