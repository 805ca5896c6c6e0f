"""Rules and stages as people meet them: an editor at the desk, a citizen on a phone."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.ideas.actions import ChangeStage, SupportIdea
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import ForumRules, ThresholdRule
from tests.ideas.conftest import *  # noqa: F403
from tests.ideas.stage_people import *  # noqa: F403

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photograph(page, name):
    """Keep a picture where ``PICTURES`` names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def travelled(forum, propose, author, citizen, neighbour, official):
    """An idea that has come a long way in a forum with thresholds."""
    SetForumRules(
        forum.process, by=None, vocabulary="proposal",
        thresholds=[
            Threshold(2, "review", days=30, answer_days=20),
            Threshold(500, "debate", days=60, answer_days=30),
        ],
    ).execute()  # fmt: skip
    idea = propose(author)
    for person in (citizen, neighbour):
        SupportIdea(idea, by=person).execute()
    note = "The path belongs to the state. We have passed your proposal on to the river office."
    ChangeStage(idea, by=official, stage="referred", note=note).execute()
    ChangeStage(idea, by=official, stage="review").execute()
    return idea


def test_editor_starts_from_a_preset_and_changes_it(new_page, editor, forum):
    page = new_page(user=editor)
    page.goto(reverse("wagtailadmin_pages:edit", args=[forum.pk]))
    page.get_by_role("link", name="Change the rules of the forum").click()

    page.get_by_label("Preset", exact=True).select_option("democracy-seoul-2020")
    page.get_by_role("button", name="Fill the form").click()
    photograph(page, "rules-preset")
    page.get_by_label("How many").first.fill("30")
    page.get_by_role("button", name="Add a threshold").click()
    page.get_by_label("How many").last.fill("2000")
    page.get_by_label("What follows").last.select_option("ballot")
    page.get_by_role("button", name="Change the rules of the forum").click()

    expect(page.get_by_text("The rules of the forum are changed.").first).to_be_visible()
    photograph(page, "rules-panel")
    assert ForumRules.objects.get().recipe == "democracy-seoul-2020"
    assert sorted(ThresholdRule.objects.values_list("number", flat=True)) == [30, 100, 1000, 2000]


@pytest.mark.parametrize("width", [360, 1280])
def test_way_of_an_idea_is_plain_and_accessible(
    width, new_page, travelled, forum, assert_accessible
):
    page = new_page(width=width)

    page.goto(travelled.get_url())
    photograph(page, f"idea-{width}")

    expect(page.get_by_role("heading", name="What happened so far")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(forum.get_url())
    photograph(page, f"forum-{width}")
    assert_accessible(page)
