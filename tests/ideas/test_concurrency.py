"""Many people in the same second. The constraints are real only on PostgreSQL."""

import threading

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Page

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Channel
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas import reaching
from civic_sourcing.ideas.actions import EditIdea, ProposeIdea, SupportIdea
from civic_sourcing.ideas.actions.move import MoveIdea
from civic_sourcing.ideas.models import (
    IdeaForumPage,
    IdeaPage,
    IdeaTally,
    Support,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.participants.models import Participant

from .conftest import DAY, open_phase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_fifty_people_publishing_at_once_make_fifty_ideas(forum, make_citizen, run_in_parallel):
    citizens = [make_citizen(f"citizen{number}") for number in range(50)]

    def publish(number):
        return ProposeIdea(
            forum, by=citizens[number], title="Benches", description="Now.", tags=["park", "new"]
        ).execute()

    ideas = run_in_parallel(50, publish)

    assert [idea for idea in ideas if isinstance(idea, Exception)] == []
    assert IdeaPage.objects.count() == len({idea.slug for idea in ideas}) == 50
    assert Page.find_problems() == ([], [], [], [], [])


def test_double_click_in_parallel_makes_one_idea(forum, citizen, run_in_parallel):
    def publish(_number):
        return ProposeIdea(
            forum, by=citizen, idempotency_key="one", title="Benches", description="Now.", tags=[]
        ).execute()

    ideas = run_in_parallel(8, publish)

    assert {idea.pk for idea in ideas} == {IdeaPage.objects.get().pk}


def test_control_without_a_key_every_click_makes_an_idea(forum, citizen, run_in_parallel):
    def publish(_number):
        words = {"title": "Benches", "description": "Now.", "tags": [], "channel": Channel.IMPORT}
        return ProposeIdea(forum, by=citizen, **words).execute()

    ideas = run_in_parallel(8, publish)

    assert IdeaPage.objects.count() == len({idea.pk for idea in ideas}) == 8


def test_support_twice_in_parallel_is_one_support(idea, citizen, run_in_parallel):
    def support(_number):
        return SupportIdea(idea, by=citizen).execute()

    answers = run_in_parallel(8, support)

    refusals = [answer for answer in answers if isinstance(answer, ActionRefused)]
    assert {refusal.code for refusal in refusals} == {"already-supported"}
    assert len(refusals) == 7
    assert idea.supports.count() == 1


def test_control_without_the_action_the_constraint_alone_lets_one_through(
    idea, citizen, run_in_parallel
):
    participant = Participant.objects.of(citizen)

    def insert(_number):
        return Support.objects.create(
            contribution=idea.contribution, participant=participant, created_at=now()
        )

    answers = run_in_parallel(8, insert)

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 7
    assert idea.supports.count() == 1


def test_control_tree_written_without_the_forums_lock_is_caught_by_the_path(
    forum, citizen, run_in_parallel
):
    """Paths computed before waiting collide: what the lock in ``ProposeIdea`` is for."""
    participant = Participant.objects.of(citizen)
    rows = [entered(forum, participant, f"x {number}") for number in range(5)]

    def insert(number):
        page = IdeaPage(
            title="x", slug=f"x-{number}", draft_title="x", locale_id=forum.locale_id,
            depth=forum.depth + 1, path=forum.path + "0001", url_path=f"/x-{number}/",
            process=forum.process, contribution=rows[number], description="x", filed_at=now(),
        )  # fmt: skip
        page.save(clean=False)
        return page

    answers = run_in_parallel(5, insert)

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 4


def entered(forum, participant, title):
    with transaction.atomic():
        return ledger.receive(
            "idea", process=forum.process, author=participant, title=title, text="x", language="en"
        )


def test_many_supports_of_one_idea_are_all_counted(idea, make_citizen, run_in_parallel):
    citizens = [make_citizen(f"citizen{number}") for number in range(20)]

    answers = run_in_parallel(20, lambda n: SupportIdea(idea, by=citizens[n]).execute())

    assert all(isinstance(answer, Support) for answer in answers)
    assert idea.supports.count() == IdeaTally.objects.get().supports == 20


def test_control_numbers_read_before_they_are_written_get_lost(idea, run_in_parallel):
    """What the one statement in ``tallies`` is for."""
    together = threading.Barrier(10)

    def add(_number):
        tally = IdeaTally.objects.get()
        together.wait(30)
        tally.supports += 1
        tally.save(update_fields=["supports"])

    run_in_parallel(10, add)

    assert IdeaTally.objects.get().supports < 10


@pytest.mark.parametrize("near", [pytest.param(100, id="foreseen"), pytest.param(0, id="late")])
def test_threshold_fires_once_among_many_supports_at_once(
    forum, idea, make_citizen, run_in_parallel, near, monkeypatch
):
    """Also where nobody saw it coming: who finds it reachable begins again, alone."""
    monkeypatch.setattr(reaching, "NEAR", near)
    ThresholdRule.objects.create(
        process=forum.process, number=8, event="review", valid_from=now() - DAY
    )
    citizens = [make_citizen(f"citizen{number}") for number in range(16)]

    answers = run_in_parallel(16, lambda n: SupportIdea(idea, by=citizens[n]).execute())

    assert all(isinstance(answer, Support) for answer in answers)
    assert ThresholdReached.objects.get().number == 8
    assert IdeaTally.objects.get().supports == idea.supports.count() == 16


def test_support_waits_for_who_changes_the_idea(idea, author, make_citizen, run_in_parallel):
    """Whoever is counted stands behind a version that was there."""
    citizens = [make_citizen(f"citizen{number}") for number in range(8)]

    def step(number):
        if number == 4:
            words = {"title": idea.title, "description": "Twelve lamps, and no benches."}
            return EditIdea(idea, by=author, **words).execute()
        return SupportIdea(idea, by=citizens[number]).execute()

    answers = run_in_parallel(8, step)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert idea.supports.count() == 7


def test_imported_ideas_know_no_limit(forum, citizen, run_in_parallel):
    def file(number):
        return ProposeIdea(
            forum, by=citizen, channel=Channel.IMPORT, title=f"Idea {number}",
            description="Now.", tags=[],
        ).execute()  # fmt: skip

    ideas = run_in_parallel(10, file)

    assert all(isinstance(idea, IdeaPage) for idea in ideas)


def test_ideas_are_moved_between_forums_in_which_people_are_publishing(
    forum, propose, author, make_citizen, home, run_in_parallel
):
    other = home.add_child(instance=IdeaForumPage(title="Ideas elsewhere", slug="elsewhere"))
    open_phase(other, "collect")
    there = [propose(author, f"Benches {number}") for number in range(8)]
    back = [propose(author, f"Lamps {number}", forum=other) for number in range(8)]
    citizens = [make_citizen(f"citizen{number}") for number in range(16)]

    def step(number):
        if number < 16:
            place = [forum, other][number % 2]
            words = {"title": f"New {number}", "description": "Now.", "tags": []}
            return ProposeIdea(place, by=citizens[number], channel="import", **words).execute()
        idea, to = (there, other) if number % 2 else (back, forum)
        return MoveIdea(idea[(number - 16) // 2], by=None, process=to.process).execute()

    done = run_in_parallel(32, step)

    assert [each for each in done if isinstance(each, Exception)] == []
    assert IdeaPage.objects.of(forum.process).count() == 16
    assert Page.find_problems() == ([], [], [], [], [])
