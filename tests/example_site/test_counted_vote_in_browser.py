"""
A vote's whole way once its time is over: closed, counted, explained, confirmed, counted again by
anybody, put right on paper, and carried out.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.budgets.actions.casting import CastBallot, Voter
from civic_sourcing.budgets.actions.polling import (
    AcceptBatch,
    AddBatch,
    AddPollingPlace,
    CompleteList,
    EnterSheets,
    FinishPlace,
    HandInEntry,
    ListVoter,
    TypedSheet,
)
from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.ballots import Choice
from civic_sourcing.budgets.count_jobs import look_after_counts
from civic_sourcing.budgets.models import BudgetVotePage, PaperBatch, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.processes.models import RoleAssignment
from tests.budgets.conftest import set_clock as stop_clock
from town.demo import departments, participation, people, places, votes
from town.demo.past import at
from town.demo.people import somebody
from town.demo.voting import CLOSED

set_clock = stop_clock

DAY = timedelta(days=1)
VOTE = replace(CLOSED, phases={"projects": -3, "voting": -2, "counting": 2, "results": 3})
TELLERS = ("moderator", "moderator2")

KIT, PAINT, WHEELCHAIR, SHELF = (
    "Street party kit",
    "Paint for the underpass",
    "Wheelchair for the beach",
    "Board game shelf",
)
ONLINE = ("1 3", "1 3", "1 3", "1 5", "5")
READ_WRONGLY, AS_IT_IS = ("1 3", "5", "3", "1"), ("1 3", "5 8", "3", "1")

WHY_NOT = (
    "It had 3 votes. When its turn came, only ₩9,000,000 were left, and it costs ₩9,500,000. "
    "With 3 more votes its turn would have come while enough was left."
)
WHY_CORRECTED = "A cross on the second sheet was not seen."
DIFFERENCES = [
    "1 batch of sheets of paper was entered again.",
    f"“{SHELF}” has a score of 1, before it was 0.",
    f"“{SHELF}” is funded now.",
    f"Reason: {WHY_CORRECTED}",
]
FILES = {
    "ballots.pb": ("results/", "All ballots (.pb)"),
    "result.json": ("results/", "The count as a document (JSON)"),
    "rulebook.json": ("rules/", "Rules as a file (JSON)"),
    "bulletin.json": ("bulletin/", "The whole bulletin as a file (JSON)"),
    "verify_vote.py": ("results/", "The program that checks them (Python)"),
}


@pytest.fixture
def town(transactional_db):
    cache.clear()
    for room in (places, people, participation, departments):
        room.load()
    tellers = Group.objects.create(name="Polling staff")
    tellers.user_set.add(*(somebody(name) for name in TELLERS))
    RoleAssignment.objects.create(group=tellers, page_id=participation.hub().pk, role="teller")


@pytest.fixture
def vote(town):
    """The demo's small vote, with five ballots online and four people who have voted on paper."""
    today = clock.now()
    with at(today - 3 * DAY):
        process = votes.set_up(VOTE, today)
        ChangeVoteRules(process, by=None, paper_rule="paper").execute()
    with at(today - 2 * DAY):
        run = votes.open_run(process, VoteRun.Kind.REAL)
    for number, numbers in enumerate(ONLINE):
        CastBallot(
            run,
            voter=Voter(f"online {number}"),
            choice=Choice(tuple(numbers.split())).canonical(),
            idempotency_key=uuid4().hex,
        ).execute()
    place = AddPollingPlace(run, by=somebody("editor"), title="Town hall").execute()
    teller = somebody(TELLERS[0])
    for number, _sheet in enumerate(READ_WRONGLY):
        ListVoter(place, by=teller, identities={f"paper {number}"}).execute()
    CompleteList(place, by=teller).execute()
    return BudgetVotePage.objects.get(slug=VOTE.slug, locale__language_code="en")


@pytest.fixture
def windows(town, new_page):
    """``windows(name)`` is the one window of that person, ``windows()`` of a visitor."""
    opened = {}

    def window(name=None):
        if name not in opened:
            opened[name] = new_page(user=name and somebody(name))
        return opened[name]

    return window


def press(page, name, role="button"):
    """Press what is called so, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


def follow(page, name):
    press(page, name, "link")


def desk(vote, name, *more):
    return reverse(f"civic_budgets_desk:{name}", args=[vote.process.uuid, *more])


def batch_screen(batch):
    return reverse("civic_polling_admin:batch", args=[batch.place.run.uuid, batch.uuid])


def close(page, vote):
    page.goto(desk(vote, "vote"))
    follow(page, "Close the vote")
    press(page, "Close the vote")
    expect(page.get_by_text("its ballots are out of the box").first).to_be_visible()


def enter_wrongly(vote):
    """The first time: both read one cross too few on the second sheet."""
    editor, place = somebody("editor"), vote.process.vote_runs.get().polling_places.get()
    batch = AddBatch(place, by=editor, sheets=len(READ_WRONGLY)).execute()
    typed = [TypedSheet(number, line) for number, line in enumerate(READ_WRONGLY, start=1)]
    for teller in map(somebody, TELLERS):
        EnterSheets(batch, by=teller, sheets=typed).execute()
        HandInEntry(batch, by=teller).execute()
    AcceptBatch(batch, by=editor).execute()
    FinishPlace(place, by=editor).execute()
    return batch


def count(page, vote, version):
    """Press the button, let what runs beside the request run, and wait for the page to say so."""
    page.goto(desk(vote, "count"))
    follow(page, "Count the vote" if version == 1 else "Count again")
    press(page, "Count")
    look_after_counts(clock.now())
    expect(page.get_by_role("heading", name=f"Count {version}")).to_be_visible(timeout=20_000)


def publish(page):
    follow(page, "Publish the latest count")
    press(page, "Publish it as provisional")
    expect(page.get_by_text("Objections are heard until")).to_be_visible()


def confirm(vote, proposing, approving, reason):
    """Two people confirm; the one who proposed cannot."""
    proposing.goto(desk(vote, "count"))
    follow(proposing, "Confirm the count")
    proposing.get_by_label("Reason").fill(reason)
    press(proposing, "Propose it")
    expect(proposing.get_by_text("Somebody else has to approve it.").first).to_be_visible()
    expect(proposing.get_by_role("link", name="Look at it and approve")).to_have_count(0)
    approving.goto(desk(vote, "count"))
    follow(approving, "Look at it and approve")
    press(approving, "Confirm")
    expect(approving.get_by_text("The result is final.").first).to_be_visible()


def said_of(page, vote, title):
    """What the public page of results says of one project, in the order it has."""
    page.goto(f"{vote.url}results/")
    line = page.locator(".civic-result", has=page.get_by_role("heading", name=title))
    is_funded = page.locator("#funded").filter(has=line).count() == 1
    return is_funded, line.locator(".civic-result-reason").inner_text()


def download(page, vote, folder):
    """Fetch the four files and the program as the pages offer them."""
    for name, (place, label) in FILES.items():
        page.goto(vote.url + place)
        with page.expect_download() as found:
            page.get_by_role("link", name=label).click()
        found.value.save_as(folder / name)


def verify(folder):
    """Run the program on the files, as anybody can."""
    ballots, *others, program = FILES
    told = [f"--{name.partition('.')[0]}={folder / name}" for name in others]
    command = [sys.executable, "-I", "-S", folder / program, folder / ballots]
    return subprocess.run([*command, *told], capture_output=True, text=True, check=False)


def correct(batch, proposing, approving):
    """Two people decide that the batch is entered again; the batch that takes its place."""
    proposing.goto(batch_screen(batch))
    follow(proposing, "Something is wrong: enter it again")
    proposing.get_by_label("Reason").fill(WHY_CORRECTED)
    press(proposing, "Propose it")
    approving.goto(batch_screen(batch))
    follow(approving, "Look at it and approve")
    press(approving, "Approve")
    return PaperBatch.objects.get(replaces=batch)


def enter(page, batch):
    """One person types all sheets as they are, and hands them in."""
    page.goto(batch_screen(batch))
    follow(page, "Enter sheets")
    for number, line in enumerate(AS_IT_IS, start=1):
        page.get_by_label(f"Sheet {number}", exact=True).fill(line)
    press(page, "Save these sheets")
    press(page, "Hand in my entries")


def accept(page, batch):
    page.goto(batch_screen(batch))
    press(page, "Take this batch into the count")


def changes_of(page, vote):
    """What a recount changed, as everybody reads it."""
    page.goto(f"{vote.url}results/")
    return page.locator("#counts details li").all_inner_texts()


def promise(page, vote, title):
    """An official says who carries out one project, and until when."""
    page.goto(desk(vote, "delivery"))
    for box in page.locator("[name=projects]").all():
        box.set_checked(title in box.locator("xpath=ancestor::label").inner_text())
    page.locator("[name=department]").select_option(index=1)
    page.locator("[name=expected_on]").fill((timezone.localdate() + 90 * DAY).isoformat())
    press(page, "Promise it")


def go_through_its_statuses(page, vote, title):
    page.goto(desk(vote, "delivery"))
    follow(page, title)
    for status, word in (
        ("in_preparation", "in preparation"),
        ("in_progress", "in progress"),
        ("in_force", "done"),
    ):
        follow(page, "Change the status")
        page.check(f"[name=status][value={status}]")
        press(page, "Change the status")
        expect(page.get_by_text(f"Status: {word}")).to_be_visible()


def wait_for_objections(vote, set_clock):
    """Let the time go by in which objections against the latest count are heard."""
    set_clock(vote.process.counts.latest("version").publication.objections_until)


def assert_verified(page, vote, folder):
    """Whoever fetches the files finds with the program that all is well."""
    folder.mkdir()
    download(page, vote, folder)
    run = verify(folder)
    assert run.stdout.endswith("all is well\n"), run.stdout + run.stderr
    assert run.returncode == 0


def test_a_vote_goes_from_its_close_to_a_project_that_is_done(
    vote, windows, set_clock, tmp_path, assert_accessible
):
    editor, admin, reader, official = map(windows, ("editor", "admin", None, "official"))

    set_clock(vote.process.vote_runs.get().closes_at)
    close(editor, vote)
    batch = enter_wrongly(vote)
    count(editor, vote, 1)
    assert reader.goto(f"{vote.url}results/").status == 404
    publish(editor)
    assert said_of(reader, vote, WHEELCHAIR) == (False, WHY_NOT)
    wait_for_objections(vote, set_clock)
    confirm(vote, editor, admin, "Nobody objected.")
    assert_verified(reader, vote, tmp_path / "first")

    replacement = correct(batch, editor, admin)
    for teller in TELLERS:
        enter(windows(teller), replacement)
    accept(editor, replacement)
    count(editor, vote, 2)
    assert said_of(reader, vote, SHELF)[0] is False
    publish(editor)
    assert changes_of(reader, vote) == DIFFERENCES
    assert said_of(reader, vote, SHELF)[0] is True
    official.goto(desk(vote, "delivery"))
    expect(official.get_by_text("does not fund it any more")).to_have_count(0)
    wait_for_objections(vote, set_clock)
    confirm(vote, admin, editor, "The sheet was read again before everybody's eyes.")
    assert_verified(reader, vote, tmp_path / "second")

    promise(official, vote, SHELF)
    go_through_its_statuses(official, vote, SHELF)
    reader.goto(f"{vote.url}delivery/")
    done = reader.locator(".civic-card", has_text=SHELF)
    expect(done.get_by_text("done", exact=True)).to_be_visible()
    assert_accessible(reader, context="main")
    done.get_by_role("link", name=SHELF).click()
    expect(reader.get_by_role("heading", name=SHELF, level=1)).to_be_visible()
    expect(reader.locator("#answers")).to_contain_text("done")
