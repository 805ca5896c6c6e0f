#!/usr/bin/env python
"""
Take the pictures of ``docs/images`` anew, from a running ``make demo``.

    python scripts/screenshots.py [--url http://localhost:8000] [name …]

Nothing is saved on the way: forms are filled in and left. The browser is the one the tests use.
"""

import argparse
import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import chromium
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]
WIDE, PHONE = 1280, 360
COLOURS = 256
IDEA = "Drinking fountains"
ANSWERED = "A swimming hour for people who never learnt"
OVERDUE = "A playground for rainy days"
FORUM, ANSWERS = "Ideas for a town that stays cool", "Growing up and growing old here"
LAST_VOTE, COUNTED_VOTE = "Participatory budget 2025", "Small money for neighbours"
PRESET = "uk-parliament"
JUDGED, AWARDED = "Rain that stays here", "The market in winter"
STAFF = {"editor", "admin", "moderator", "official"}

Scene = Callable[[Page], Any]


def site(path: str, *, height: int = 900) -> Scene:
    def show(page: Page) -> None:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
        page.goto(path)

    return show


def propose(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1080})
    page.goto("/en/participate/ideas/propose/")
    page.get_by_label("Title").fill("Benches in the shade on Harbour Street")
    page.get_by_label("Description").fill(
        "Between the ferry pier and the market there is no place to sit down. "
        "Four benches under the plane trees would be enough."
    )
    page.get_by_label("Tags").fill("shade, older people")
    page.evaluate("scrollTo(0, 0)")


def idea(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1100})
    page.goto(f"/en/participate/ideas/?q={IDEA}")
    page.get_by_role("link", name=IDEA).first.click()
    page.get_by_role("heading", name=IDEA).first.wait_for()


def explorer(page: Page, *titles: str) -> None:
    """Go down the page tree of the admin to the page with the last title."""
    page.goto("/admin/pages/")
    for title in titles:
        page.get_by_role("link", name=f"Explore child pages of '{title}'").first.click()


def page_types(page: Page) -> None:
    explorer(page, "Home", "Take part")
    page.goto(page.url.rstrip("/") + "/add_subpage/")
    page.get_by_role("link", name="Idea forum").first.wait_for()


def new_forum(page: Page) -> None:
    page_types(page)
    page.get_by_role("link", name="Idea forum").first.click()
    page.locator("#id_title").fill("What should the old ferry terminal become?")
    page.locator("#id_introduction").fill(
        "The terminal is empty. Tell us what the neighbourhood needs there."
    )


def rules(page: Page) -> Any:
    page.set_viewport_size({"width": WIDE, "height": 2000})
    new_forum(page)
    page.get_by_label("Conditional").check()
    windows = [("collect", "2027-03-01 09:00", "2027-04-30 23:59")]
    windows += [("support", "2027-05-01 00:00", "2027-05-31 23:59")]
    for number, (kind, opens, closes) in enumerate(windows):
        page.get_by_role("button", name="Add a phase").click()
        prefix = f"#id_rules-phases-{number}"
        page.locator(f"{prefix}-kind").select_option(kind)
        for field, moment in (("opens_at", opens), ("closes_at", closes)):
            page.locator(f"{prefix}-{field}").fill(moment)
            page.locator(f"{prefix}-{field}").press("Tab")
    page.evaluate("document.querySelectorAll('.xdsoft_datetimepicker').forEach(p => p.remove())")
    return page.locator("section", has=page.locator(".civic-phases")).last


def edit_forum(page: Page) -> None:
    """Open a forum in the editor."""
    explorer(page, "Home", "Take part", FORUM)
    page.wait_for_url("**/pages/*/")
    page.goto(page.url.rstrip("/") + "/edit/")
    page.locator("#id_title").wait_for()


def forum_panels(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1500})
    edit_forum(page)
    page.get_by_role("heading", name="What the form asks").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[id$=what_the_form_asks-section]').scrollIntoView()")


def change(page: Page, screen: str, *, height: int) -> None:
    """Go on from a panel of the forum to the screen behind it, named as in its address."""
    page.set_viewport_size({"width": WIDE, "height": height})
    edit_forum(page)
    page.goto(
        page.locator(f"a[href*='/civic/processes/'][href$='/{screen}/']").get_attribute("href")
    )


def presets(page: Page) -> None:
    change(page, "rules", height=1400)
    page.locator("#civic-recipe").select_option(PRESET)
    page.get_by_role("button", name="Fill the form").click()
    page.get_by_text("nothing is changed yet").wait_for()


def places(page: Page) -> None:
    change(page, "places", height=1000)


def form_setup(page: Page) -> None:
    change(page, "idea-form", height=1300)
    page.get_by_role("button", name="Add a question").click()
    page.locator("#id_questions-0-kind").select_option("choice")


def ideas_of_forum(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1100})
    explorer(page, "Home", "Take part", ANSWERS)


def owed(page: Page, title: str) -> None:
    """Go to what officials see of one idea."""
    page.set_viewport_size({"width": WIDE, "height": 1000})
    page.goto("/admin/civic/answers/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("heading", name="What the city owes").wait_for()


def answer_form(page: Page) -> None:
    owed(page, OVERDUE)
    page.set_viewport_size({"width": WIDE, "height": 1500})
    page.get_by_role("link", name="Write an answer").click()
    page.get_by_role("heading", name="Write an answer").first.wait_for()


def answered(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1500})
    page.goto(f"/en/participate/growing-up/?q={ANSWERED}")
    page.get_by_role("link", name=ANSWERED).first.click()
    page.get_by_role("heading", name="What happened so far").wait_for()


def vote_desk(page: Page, vote: str, screen: str, *, height: int) -> None:
    """Go to a screen of the desk of a vote, by the link on the page where it is edited."""
    page.set_viewport_size({"width": WIDE, "height": height})
    explorer(page, "Home", "Take part", vote)
    page.wait_for_url("**/pages/*/")
    page.goto(page.url.rstrip("/") + "/edit/")
    way = page.locator("a[href*='/civic/votes/']").first.get_attribute("href") or ""
    page.goto(f"{'/'.join(way.split('/')[:5])}/{screen}/")


def tried_rules(page: Page) -> None:
    """What several rules make of last year's vote."""
    vote_desk(page, COUNTED_VOTE, "try", height=1150)
    page.get_by_label("By score, until one does not fit").check()
    page.get_by_label("A vote that was counted here").select_option(label=LAST_VOTE)
    page.get_by_role("button", name="Count by these rules").click()
    page.get_by_role("heading", name="Who would have won").wait_for()


def roles(page: Page) -> Any:
    page.goto("/admin/groups/")
    page.get_by_role("link", name="Officials").first.click()
    panel = page.locator("section", has_text="Roles in participation").last
    panel.get_by_role("button", name="Add roles on a page").click()
    panel.scroll_into_view_if_needed()
    return panel


def case(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": 1150})
    page.goto("/admin/civic/cases/next/")
    page.keyboard.press("3")
    page.keyboard.press("h")


def decision(page: Page) -> None:
    """What somebody reads whose text was hidden, with the way to an appeal."""
    page.set_viewport_size({"width": WIDE, "height": 1200})
    page.goto("/en/civic/appeals/")
    page.locator("main a[href*='/civic/appeals/']").first.click()
    page.wait_for_url("**/civic/appeals/*-*/")


def report(page: Page) -> None:
    """The quarter before this one."""
    today = datetime.now(UTC)
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 - 1, 4)
    page.set_viewport_size({"width": WIDE, "height": 1500})
    page.goto(f"/en/participate/moderation-{year}-q{quarter + 1}/")


def challenge(page: Page, section: str, *, height: int) -> None:
    """Go to a section of the challenge that waits for somebody first."""
    page.set_viewport_size({"width": WIDE, "height": height})
    page.goto("/admin/civic/challenges/")
    page.locator("table.listing th a").first.click()
    page.get_by_label("Sections of the challenge").get_by_text(section).click()
    page.get_by_role("heading", name=section).first.wait_for()


def judging(page: Page, challenge: str, state: str, height: int) -> None:
    """An entry of a panel that is so far, as its judge finds it."""
    page.set_viewport_size({"width": WIDE, "height": height})
    page.goto("/en/civic/judging/")
    page.get_by_role("link", name=challenge).click()
    card = page.locator("main .civic-card", has_text=state).first
    card.locator(".civic-card-title a").click()
    page.wait_for_url("**/entries/**")


def results_desk(page: Page, challenge: str, ways: tuple[str, ...], height: int) -> None:
    """From the section “Judging” of a challenge to its panel or its results, and on from there."""
    page.set_viewport_size({"width": WIDE, "height": height})
    page.goto("/admin/civic/challenges/")
    page.locator("table.listing").get_by_role("link", name=challenge).click()
    page.get_by_label("Sections of the challenge").get_by_text("Judging").click()
    for way in ways:
        page.get_by_role("link", name=way).first.click()


# name: who looks, how wide the window is, what is shown
SCENES: dict[str, tuple[str, int, Scene]] = {
    "participate": ("", WIDE, site("/en/participate/", height=1150)),
    "idea-forum": ("", WIDE, site("/en/participate/ideas/", height=1250)),
    "idea-forum-phone": ("", PHONE, site("/en/participate/ideas/", height=900)),
    "idea": ("citizen", WIDE, idea),
    "propose": ("citizen", WIDE, propose),
    "results": ("", WIDE, site("/en/participate/budget/results/", height=1300)),
    "deliveries": ("", WIDE, site("/en/civic/answers/deliveries/", height=1400)),
    "admin-count": (
        "editor",
        WIDE,
        partial(vote_desk, vote=COUNTED_VOTE, screen="count", height=820),
    ),
    "admin-try": ("editor", WIDE, tried_rules),
    "admin-page-types": ("editor", WIDE, page_types),
    "admin-new-forum": ("editor", WIDE, new_forum),
    "admin-rules": ("editor", WIDE, rules),
    "admin-forum-panels": ("editor", WIDE, forum_panels),
    "admin-presets": ("editor", WIDE, presets),
    "admin-places": ("editor", WIDE, places),
    "admin-form": ("editor", WIDE, form_setup),
    "admin-ideas": ("official", WIDE, ideas_of_forum),
    "admin-answers": ("official", WIDE, site("/admin/civic/answers/", height=1000)),
    "admin-answer": ("official", WIDE, partial(owed, title=OVERDUE)),
    "admin-answer-form": ("official", WIDE, answer_form),
    "answered": ("", WIDE, answered),
    "kept-promises": ("", WIDE, site("/en/civic/answers/", height=1300)),
    "admin-roles": ("admin", WIDE, roles),
    "admin-cases": ("moderator", WIDE, site("/admin/civic/cases/", height=1000)),
    "admin-case": ("moderator", WIDE, case),
    "admin-challenge-details": (
        "admin",
        WIDE,
        partial(challenge, section="Details", height=1250),
    ),
    "admin-challenge-review": ("admin", WIDE, partial(challenge, section="Review", height=1000)),
    "judging-declare": (
        "judge3",
        WIDE,
        partial(judging, challenge=JUDGED, state="Say first", height=900),
    ),
    "judging-sheet": (
        "judge3",
        WIDE,
        partial(judging, challenge=JUDGED, state="Draft", height=1750),
    ),
    "judging-scores": (
        "judge1",
        WIDE,
        partial(judging, challenge=JUDGED, state="Handed in", height=1100),
    ),
    "admin-judging-panel": (
        "editor",
        WIDE,
        partial(results_desk, challenge=JUDGED, ways=("Panel of judges",), height=1100),
    ),
    "admin-results": (
        "editor",
        WIDE,
        partial(
            results_desk,
            challenge=AWARDED,
            ways=(
                "winners and awards",
                "Phase 1",
            ),
            height=1300,
        ),
    ),
    "admin-award": (
        "editor",
        WIDE,
        partial(
            results_desk,
            challenge=AWARDED,
            ways=(
                "winners and awards",
                "난로 여섯",
            ),
            height=1300,
        ),
    ),
    "decision": ("citizen", WIDE, decision),
    "moderation-log": ("", WIDE, site("/en/civic/moderation-log/", height=1000)),
    "moderation-report": ("", WIDE, report),
}


def window(browser: Browser, url: str, user: str, width: int) -> Page:
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 900},
        locale="en-GB",
        reduced_motion="reduce",
        color_scheme="light",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    if user:
        page.goto("/admin/login/" if user in STAFF else "/en/accounts/login/")
        page.locator("#id_username, #id_login").fill(user)
        page.locator("#id_password").fill("demo")
        page.locator("#id_password").press("Enter")
        page.wait_for_url(lambda address: "login" not in address)
    return page


def save(name: str, picture: bytes) -> None:
    """Store with few colours: pages are flat, and the repository stays small."""
    path = FOLDER / f"{name}.png"
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name:24}{image.width} × {image.height}{path.stat().st_size // 1024:5} KB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(SCENES))
    parser.add_argument("--url", default="http://localhost:8000", help="where the demo answers")
    options = parser.parse_args()
    for name in options.names:
        if name not in SCENES:
            parser.error(f"no picture {name!r}; there are {', '.join(SCENES)}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.require(), args=FLAGS)
        for name in options.names or SCENES:
            user, width, scene = SCENES[name]
            page = window(browser, options.url, user, width)
            part = scene(page) or page
            page.wait_for_load_state("networkidle")
            save(name, part.screenshot())
            page.context.close()


if __name__ == "__main__":
    sys.exit(main())
