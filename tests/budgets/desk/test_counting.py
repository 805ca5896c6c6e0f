"""Counting at the desk: count, publish, hear objections, confirm by two people."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    ProposeSettingAside,
    SetBallotAside,
    Voter,
)
from civic_sourcing.budgets.count_jobs import look_after_counts, work_on
from civic_sourcing.budgets.models import (
    Confirmation,
    CountJob,
    CountResult,
    Project,
    VoteRun,
)
from civic_sourcing.core import clock
from tests.budgets.desk.conftest import make_vote

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
SCREENS = (
    ("count",),
    ("start_count",),
    ("count_progress",),
    ("count_version", 1),
    ("publish_count", 1),
    ("confirm_count", 1),
    ("approve_confirmation", 1),
)


def cast(run, who, *numbers):
    choice = '{"vote":[' + ",".join(f'"{number}"' for number in numbers) + "]}"
    return CastBallot(run, voter=Voter(who), choice=choice, idempotency_key=uuid4().hex).execute()


@pytest.fixture
def run(desk, set_up, set_clock):
    """A vote that is closed: 1 and 2 have two votes each, 3 has one."""
    desk("open", {})
    run = VoteRun.objects.of(set_up)
    for who, numbers in (("kim", "12"), ("lee", "1"), ("park", "23")):
        cast(run, who, *numbers)
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    return VoteRun.objects.of(set_up)


@pytest.fixture
def counted(desk, run):
    desk("start_count", {})
    look_after_counts(clock.now())
    return CountResult.objects.latest_of(run.process)


@pytest.fixture
def published(desk, counted):
    desk("publish_count", {}, 1)
    return counted


@pytest.fixture
def as_second(client, second_editor, editor, at):
    """The hands of another editor; the first one has the client back afterwards."""

    def as_second(name, *more):
        client.force_login(second_editor)
        answer = client.post(at(name, *more))
        client.force_login(editor)
        return answer

    return as_second


def test_a_count_is_made_beside_the_request_and_one_at_a_time(desk, run):
    assert desk("start_count", {}).status_code == 302
    waiting = desk("count").content.decode()
    twice = desk("start_count", {})

    assert "Waiting for its turn" in waiting
    assert twice.status_code == 409
    assert "being counted already" in twice.content.decode()
    assert "data-civic-count-over" not in desk("count_progress").content.decode()
    assert look_after_counts(clock.now()) == "1 counted, 0 given up"
    assert "data-civic-count-over" in desk("count_progress").content.decode()
    counted = desk("count").content.decode()
    assert "Not published: only those who run the vote see it." in counted
    assert "Look at what came out, then publish it." in counted
    assert "Funded" in desk("count_version", None, 1).content.decode()


def test_nobody_sees_a_count_before_it_is_published(client, desk, page, counted):
    before = client.get(page.get_url() + "results/").status_code
    outcomes = set(Project.objects.of(page.process).values_list("outcome", flat=True))

    desk("publish_count", {}, 1)

    assert (before, outcomes) == (404, {"undecided"})
    assert client.get(page.get_url() + "results/").status_code == 200
    assert Project.objects.of(page.process).filter(outcome="funded").count() == 3
    assert desk("publish_count", {}, 1).status_code == 409


def test_two_people_confirm_when_objections_are_heard(desk, as_second, published, set_clock):
    early = desk("confirm_count", {"reason": "None came."}, 1)
    set_clock(published.publication.objections_until)

    desk("confirm_count", {"reason": "None came."}, 1)

    proposal = Confirmation.objects.get()
    alone = desk("approve_confirmation", {}, proposal.pk)
    assert "None came." in desk("count").content.decode()
    assert as_second("approve_confirmation", proposal.pk).status_code == 302
    assert (early.status_code, alone.status_code) == (409, 409)
    assert published.confirmation == proposal
    assert "Confirmed on" in desk("count").content.decode()
    assert desk("confirm_count", {"reason": "Again."}, 1).status_code == 409


def test_a_recount_tells_what_has_changed_beside_the_old_count(
    desk, run, published, editor, second_editor, set_clock
):
    tracker = cast_tracker(run)
    proposal = ProposeSettingAside(run, by=editor, tracker=tracker, reason="Twice.").execute()
    SetBallotAside(proposal, by=second_editor).execute()
    set_clock(clock.now() + SECOND)

    stale = desk("count").content.decode()
    desk("start_count", {})
    look_after_counts(clock.now())

    html = desk("count").content.decode()
    assert "Please count again." in stale
    assert "1 ballot was set aside." in html
    assert "2 ballots were counted, before it were 3." in html
    first, second = CountResult.objects.of(run.process).order_by("version")
    assert first == published
    assert second.document["with_set_aside"]["scores"] == first.document["scores"]
    assert CountResult.objects.released_of(run.process) == first
    assert "A later count has taken its place." not in html
    desk("publish_count", {}, 2)
    assert "A later count has taken its place." in desk("count").content.decode()


def cast_tracker(run):
    return run.bulletin.order_by("tracker").first().tracker


def test_a_count_that_was_cut_off_leaves_nothing_and_can_be_made_again(desk, run, set_clock):
    desk("start_count", {})
    CountJob.objects.get().take_up()

    set_clock(clock.now() + timedelta(minutes=6))

    assert "was cut off" in desk("count").content.decode()
    assert not CountResult.objects.exists()
    assert desk("start_count", {}).status_code == 302
    lost, fresh = CountJob.objects.order_by("pk")
    assert (lost.state, lost.problem) == ("failed", "stopped")
    assert work_on(fresh.uuid)
    assert not work_on(fresh.uuid)


@pytest.mark.parametrize("screen", SCREENS, ids=[screen[0] for screen in SCREENS])
def test_only_who_may_publish_the_page_counts(client, at, home, screen, published):
    stranger = get_user_model().objects.create_user("stranger", password="demo", is_staff=True)
    client.force_login(stranger)
    name, *more = screen

    answers = [method(at(name, *more), follow=True) for method in (client.get, client.post)]

    assert not any("count" in answer.request["PATH_INFO"] for answer in answers)
    assert not Confirmation.objects.exists()
    assert CountJob.objects.count() == 1


def test_counts_of_another_vote_are_not_found(desk, at, client, home, published):
    other = make_vote(home, slug="other").process

    for name, *more in SCREENS[1:]:
        answer = client.get(at(name, *more, process=other), follow=True)
        assert (name, answer.status_code) in {("count_progress", 200), (name, 404)}
