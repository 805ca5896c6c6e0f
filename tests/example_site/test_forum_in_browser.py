"""A petition's whole way: a forum from a preset, five signatures, a late answer, a bench."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.answers.models import Promise
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.models import ForumRules, IdeaForumPage, IdeaPage, ThresholdRule
from tests.example_site.writing import go_on_to_the_last_step
from town.demo import information, participation, people, places

FORUM, PRESET = "Petitions of the old town", "we-the-people-2011-09"
TITLE, PROJECT = "Benches on the market square", "Ten benches under the lime trees"
ANSWER = "Ten benches will stand there in spring."
MILESTONE, NEWS = "The benches are ordered", "The first five benches stand under the trees."
NEIGHBOURS = ("Ana", "Bora", "Chen", "Dana", "Emre")
DAYS_TO_ANSWER, DAYS_LATE = 60, 4
DAY = timedelta(days=1)

OWED, OVERDUE, LATE = "The city owes an answer by", "is overdue.", f"{DAYS_LATE} days late"
TOLD = (
    f"5 people support “{TITLE}”",
    f"The city has answered your “{TITLE}”",
    f"Your “{TITLE}” became “{PROJECT}”",
    f"A step is reached on the way of your “{TITLE}”",
    f"There is news of what the city makes of your “{TITLE}”",
    f"What the city makes of your “{TITLE}” has moved on",
)


@pytest.fixture
def town(transactional_db):
    for room in (places, people, participation, information):
        room.load()
    for name in NEIGHBOURS:
        people.say_of_age(people.cannot_sign_in(name.lower(), name, "Kim"))


@pytest.fixture
def windows(town, new_page):
    """``windows(name)`` is the one window of that person, ``windows()`` of a visitor."""
    opened = {}

    def window(name=None):
        if name not in opened:
            user = name and get_user_model().objects.get(username=name.lower())
            opened[name] = new_page(user=user)
        return opened[name]

    return window


def press(button):
    """Click, and wait for the page it leads to."""
    with button.page.expect_navigation():
        button.click()


def write_forum(page):
    """A draft that collects since yesterday, without end."""
    hub = participation.hub()
    page.goto(reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideaforumpage", hub.pk]))
    page.locator("[name=title]").press_sequentially(FORUM)
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).to_have_value("petitions-of-the-old-town")
    page.get_by_role("button", name="Add a phase").click()
    page.locator("[name=rules-phases-0-kind]").select_option("collect")
    yesterday = timezone.localtime() - DAY
    page.locator("[name=rules-phases-0-opens_at]").fill(yesterday.strftime("%Y-%m-%d %H:%M"))
    page.keyboard.press("Escape")
    press(page.get_by_role("button", name="Save draft"))


def start_from_preset(page):
    """Five neighbours instead of five thousand people, and nothing it takes to be listed."""
    press(page.get_by_role("link", name="Change the rules of the forum"))
    page.get_by_label("Preset", exact=True).select_option(PRESET)
    press(page.get_by_role("button", name="Fill the form"))
    numbers = page.get_by_label("How many").and_(page.locator(":visible"))
    expect(numbers).to_have_count(2)
    page.get_by_role("button", name="Delete this threshold").first.click()
    expect(numbers).to_have_count(1)
    expect(numbers).to_have_value("5000")
    numbers.fill(str(len(NEIGHBOURS)))
    press(page.get_by_role("button", name="Change the rules of the forum"))
    expect(page.get_by_text("The rules of the forum are changed.").first).to_be_visible()


def publish_forum(page):
    page.get_by_role("button", name="More actions").last.click()
    press(page.get_by_role("button", name="Publish").last)
    expect(page.get_by_text("has been published").first).to_be_visible()
    return IdeaForumPage.objects.live().get(title=FORUM)


def propose(page, forum):
    page.goto(forum.url)
    press(page.get_by_role("link", name="Start a petition").first)
    page.fill("[name=title]", TITLE)
    page.fill("[name=description]", "Those who carry the shopping want to sit down.")
    go_on_to_the_last_step(page)
    press(page.get_by_role("button", name="Publish this petition"))
    expect(page.locator("h1")).to_have_text(TITLE)
    return IdeaPage.objects.live().get(title=TITLE)


def sign(page, idea):
    """Sign in place, and read how many have."""
    page.goto(idea.url)
    page.get_by_role("button", name="Sign this petition").click()
    page.get_by_role("button", name="Take back my support").wait_for()
    return page.locator("[data-civic-support] [role=status]").inner_text()


def put_the_clock_forward(days):
    """Have the one promise be made so many days earlier; then what runs by itself runs."""
    promise = Promise.objects.get()
    names = ("made_at", "first_due_at", "due_at")
    with triggers_suspended():
        Promise.objects.update(**{name: getattr(promise, name) - days * DAY for name in names})
    call_command("civic_tick")


def is_red(element):
    color = element.evaluate("each => getComputedStyle(each).color")
    red, green, blue = (float(each) for each in re.findall(r"[\d.]+", color)[:3])
    return red > 2 * green and red > 2 * blue


def read_clock(page, idea):
    """What the page of the petition says of the answer that is owed, and whether it is in red."""
    page.goto(idea.url)
    said = page.locator("#answers .civic-notice").first
    return said.inner_text(), is_red(said.locator(":text('answer')").first)


def read_queue(page):
    """The same of the official's list: its menu item, the day, and whether that is in red."""
    page.goto(reverse("civic_answers_admin:index"))
    due = page.locator("tr", has_text=TITLE).locator("td.civic-due")
    menu = page.locator("a", has=page.get_by_text("Answers")).first.inner_text()
    return menu, due.inner_text(), is_red(due)


def answer(page, idea):
    page.goto(reverse("civic_answers_admin:contribution", args=[idea.contribution.uuid]))
    press(page.get_by_role("link", name="Write an answer"))
    page.get_by_label("Accepted", exact=True).check()
    page.fill("[name=text]", ANSWER)
    press(page.get_by_role("button", name="Save and look at it"))
    press(page.get_by_role("button", name="Publish the answer"))
    expect(page.get_by_text("The answer is published.").first).to_be_visible()


def adopt(page, idea):
    page.goto(reverse("civic_answers_admin:contribution", args=[idea.contribution.uuid]))
    press(page.get_by_role("link", name="Adopt it"))
    page.fill("[name=title]", PROJECT)
    page.locator("[name=owner]").select_option(label="Yuna Choi")
    page.fill("[name=expected_on]", (timezone.localdate() + 90 * DAY).isoformat())
    press(page.get_by_role("button", name="Adopt it"))
    expect(page.get_by_text("It is adopted.").first).to_be_visible()


def deliver(page, author):
    """From the page of the adoption: a milestone, news, and it is in force."""
    adoption = page.url
    press(page.get_by_role("link", name="Add a milestone"))
    page.fill("[name=title]", MILESTONE)
    page.fill("[name=done_on]", timezone.localdate().isoformat())
    press(page.get_by_role("button", name="Save the milestone"))
    press(page.get_by_role("link", name="Report news"))
    page.fill("[name=text]", NEWS)
    press(page.locator("main form button[type=submit]"))
    assert heard(author) == TOLD[:5]
    press(page.get_by_role("link", name="Change the status"))
    page.check("[name=status][value=in_force]")
    press(page.get_by_role("button", name="Change the status"))
    assert page.url == adoption
    expect(page.get_by_text("Status: in force")).to_be_visible()


def read_inbox(page):
    """The subjects of what somebody was told, oldest first."""
    page.goto(reverse("civic_notifications:inbox"))
    return page.locator("main .civic-card h2").all_inner_texts()[::-1]


def heard(author):
    """What the author was told of the petition, oldest first; of its forum others are told too."""
    return tuple(subject for subject in read_inbox(author) if FORUM not in subject)


def facts_of(forum):
    """The preset the forum began with, and its thresholds as they hold."""
    rules = ThresholdRule.objects.filter(process=forum.process)
    rows = list(rules.values_list("number", "event", "answer_days"))
    return ForumRules.objects.get(process=forum.process).recipe, rows


def assert_running(clock, queue):
    sentence, is_alarming = clock
    assert OWED in sentence
    assert not is_alarming
    menu, due, is_alarming = queue
    assert menu.strip() == "Answers"
    assert "late" not in due
    assert not is_alarming


def assert_late(clock, queue):
    """In red, and in words for those who see no red."""
    sentence, is_alarming = clock
    assert OVERDUE in sentence
    assert LATE in sentence
    assert is_alarming
    menu, due, is_alarming = queue
    assert menu.strip() == "Answers (1)"
    assert LATE in due
    assert is_alarming


def assert_told_to_everybody(page, idea):
    """The petition's page tells what became of it, and that the answer was late."""
    page.goto(idea.url)
    answers = page.locator("#answers")
    for words in (ANSWER, "Answered late, on", LATE, PROJECT, MILESTONE, NEWS, "in force"):
        expect(answers).to_contain_text(words)
    course = page.locator("#way")
    for step in ("5 people supported it", "The city answered: Accepted", "It is in force", "Done"):
        expect(course).to_contain_text(step)


def test_petition_goes_its_whole_way_and_its_author_hears_of_each_step(windows, assert_accessible):
    editor, author, official = windows("editor"), windows("citizen"), windows("official")
    reader = windows()
    write_forum(editor)
    assert not IdeaForumPage.objects.live().exists()
    start_from_preset(editor)
    forum = publish_forum(editor)
    assert facts_of(forum) == (PRESET, [(len(NEIGHBOURS), "answer_due", DAYS_TO_ANSWER)])

    idea = propose(author, forum)
    for number, name in enumerate(NEIGHBOURS, start=1):
        assert not Promise.objects.exists()
        assert read_inbox(author) == []
        assert f"{number} pe" in sign(windows(name), idea)
    assert heard(author) == TOLD[:1]
    assert_running(read_clock(reader, idea), read_queue(official))

    put_the_clock_forward(DAYS_TO_ANSWER + DAYS_LATE)
    assert_late(read_clock(reader, idea), read_queue(official))
    assert f"Overdue: “{TITLE}”" in read_inbox(official)

    answer(official, idea)
    assert heard(author) == TOLD[:2]
    adopt(official, idea)
    assert heard(author) == TOLD[:3]
    deliver(official, author)

    assert heard(author) == TOLD
    assert_told_to_everybody(reader, idea)
    assert_accessible(reader, context="main")
