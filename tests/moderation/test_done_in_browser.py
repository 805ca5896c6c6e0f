"""From a rude comment to the public log, and the same for an idea that waited for a moderator."""

import re

import pytest
from playwright.sync_api import expect

from civic_sourcing.comments.models import Comment
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation.models import Case, Decision, ForumModeration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/civic/cases/"
LOG = "/en/civic/moderation-log/"
RUDE = "Only a complete fool could want benches there. Go and sit at home."


@pytest.fixture
def people(make_citizen, settle, rules, moderator, second_moderator):
    """Who takes part in the play: a commenter, two neighbours, two moderators."""
    named = {"joon": "Joon", "sora": "Sora", "lena": "Lena"}
    cast = {name: settle(make_citizen(name, first_name=first)) for name, first in named.items()}
    return {**cast, "moderator": moderator, "second": second_moderator}


@pytest.fixture
def window(new_page, people):
    """``window("sora")`` is a browser of one person; nobody else uses it."""

    def of(name=None):
        return new_page(user=people[name] if name else None)

    return of


def report(page, link, rule, words):
    """Report what ``link`` belongs to; it may be folded away in a menu."""
    page.goto(link.get_attribute("href"))
    page.get_by_label(re.compile(f"^{rule}")).check()
    page.get_by_label("What is wrong?").fill(words)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/civic/reports/**")


def decide_by_keys(page, *, rule, outcome, facts):
    """Open the first case and decide it, without a mouse."""
    page.goto(QUEUE)
    page.keyboard.press("n")
    page.wait_for_selector("form[data-civic-decide]")
    page.keyboard.press(rule)
    page.keyboard.press(outcome)
    expect(page.locator("[name=facts]")).to_be_focused()
    page.keyboard.type(facts)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def file_appeal(page, words):
    page.goto("/en/civic/appeals/")
    page.locator("article a").first.click()
    page.get_by_role("link", name="Appeal this decision").click()
    page.get_by_label("What is wrong with the decision?").fill(words)
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("Your appeal is with the moderators.")).to_be_visible()


def reverse(page, reasons):
    page.goto(f"{QUEUE}appeals/")
    page.locator("[data-civic-row]").first.click()
    page.get_by_label("Reverse it: everything is as it was").check()
    page.locator("[name=reasons]").fill(reasons)
    with page.expect_navigation():
        page.get_by_role("button", name="Decide the appeal").click()


def test_rude_comment_is_hidden_appealed_and_stands_again(
    idea, window, people, rules, assert_accessible
):
    joon = window("joon")
    joon.goto(idea.url)
    joon.locator(".civic-compose textarea").first.fill(RUDE)
    joon.get_by_role("button", name="Post comment").click()
    joon.wait_for_selector(f"#civic-comments :text('{RUDE[:30]}')")
    comment = Comment.objects.get()
    spot = f"#comment-{comment.uuid}"
    order = joon.locator("#civic-comments").inner_text()

    for name, rule in (("sora", "Treat others with respect"), ("lena", "Stay with the topic")):
        neighbour = window(name)
        neighbour.goto(idea.url)
        link = neighbour.locator(spot).locator("a[href*='/civic/reports/new/']").first
        report(neighbour, link, rule, "This is about people, not about benches.")
    assert Case.objects.get().reporters == 2
    visitor = window()
    visitor.goto(idea.url)
    expect(visitor.locator(spot)).to_contain_text(RUDE[:30])

    moderator = window("moderator")
    decide_by_keys(moderator, rule="1", outcome="h", facts=" It calls people fools.")

    visitor.reload()
    assert RUDE[:30] not in visitor.content()
    visitor.goto(LOG)
    expect(visitor.locator(".civic-log-entry")).to_contain_text("Hidden")
    expect(visitor.locator(".civic-log-entry")).to_contain_text("Treat others with respect")

    file_appeal(joon, "I meant the plan. Nobody is called anything.")
    visitor.reload()
    expect(visitor.locator(".civic-log-entry")).to_contain_text("Appealed, not decided yet")

    reverse(window("second"), "Read in its thread the comment is about the plan for the benches.")

    visitor.reload()
    expect(visitor.locator(".civic-log-entry")).to_contain_text("the decision was reversed")
    assert_accessible(visitor, context="main")
    for secret in (RUDE[:30], "Joon", "Sora", "fools"):
        assert secret not in visitor.locator("main").inner_text()
    visitor.goto(idea.url)
    expect(visitor.locator(spot)).to_contain_text(RUDE)
    joon.goto(idea.url)
    assert RUDE in joon.locator(spot).inner_text()
    assert len(order.splitlines()) == len(joon.locator("#civic-comments").inner_text().splitlines())
    sora = window("sora")
    sora.goto("/en/civic/reports/")
    expect(sora.locator("main")).to_contain_text("Treat others with respect")


def test_idea_under_premoderation_waits_is_refused_appealed_and_published(
    forum, window, people, rules
):
    ForumModeration.objects.update_or_create(
        process=forum.process, defaults={"premoderation": "everyone"}
    )
    joon = window("joon")
    joon.goto(f"{forum.url}propose/")
    joon.get_by_label("Title").fill("Take the fools off the council")
    joon.get_by_label("Description").fill("And give their benches to the river park.")
    joon.get_by_role("button", name="Continue").click()
    joon.get_by_role("button", name="Publish this idea").click()
    joon.wait_for_load_state("networkidle")
    idea = IdeaPage.objects.get()
    assert not idea.live
    visitor = window()
    visitor.goto(forum.url)
    assert "Take the fools" not in visitor.content()

    decide_by_keys(
        window("moderator"), rule="1", outcome="r", facts=" It runs down the whole council."
    )

    assert not IdeaPage.objects.get().live
    assert Decision.objects.get().outcome == "remove"
    visitor.goto(LOG)
    expect(visitor.locator(".civic-log-entry")).to_contain_text("Removed")

    file_appeal(joon, "The council calls itself that in its newsletter.")
    reverse(window("second"), "The council jokes in the same words, and the idea is about benches.")

    visitor.reload()
    expect(visitor.locator(".civic-log-entry")).to_contain_text("the decision was reversed")
    assert "Take the fools" not in visitor.content()
    visitor.goto(forum.url)
    visitor.get_by_role("link", name="Take the fools off the council").click()
    expect(visitor.locator("main")).to_contain_text("give their benches to the river park")
    expect(visitor.locator("main")).to_contain_text("Joon")
