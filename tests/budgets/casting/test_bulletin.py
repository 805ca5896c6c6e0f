"""The bulletin: every cast and change, in batches, chained; and what two people decide."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import (
    LengthenVote,
    ProposeLengthening,
    ProposeSettingAside,
    ReleaseBulletin,
    SetBallotAside,
)
from civic_sourcing.budgets.casting.jobs import look_after_votes
from civic_sourcing.budgets.models import (
    Ballot,
    BulletinEntry,
    Lengthening,
    Notice,
    SetAside,
    VoteRun,
)
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused

from .conftest import HOUR, state_of

pytestmark = pytest.mark.django_db


def told(run):
    return set(BulletinEntry.objects.of(run).values_list("kind", "tracker"))


def refused(step):
    with pytest.raises(ActionRefused) as refusal, transaction.atomic():
        step.execute()
    return refusal.value.code


def test_the_whole_bulletin_says_every_cast_and_change(run, cast, closed):
    first, second, other = cast("kim", "A"), cast("kim", "B"), cast("lee", "A")

    closed()

    assert told(run) == {
        ("cast", first.tracker),
        ("changed", first.tracker),
        ("cast", second.tracker),
        ("cast", other.tracker),
    }


@override_settings(CIVIC_SOURCING={"BULLETIN_LEAST": 3})
def test_a_batch_is_never_smaller_than_the_setting_and_the_last_one_neither(run, cast):
    for number in range(5):
        cast(f"voter {number}", "A")
    assert ReleaseBulletin(run, by=None).execute() == 0

    cast("one more", "A")

    assert look_after_votes(clock.now()) == "0 closed, 3 trackers published"
    assert (Notice.objects.count(), len(told(run))) == (3, 3)


@override_settings(CIVIC_SOURCING={"BULLETIN_LEAST": 1})
def test_nothing_is_said_of_a_tracker_before_it_was_said_to_be_cast(run, cast):
    for number in range(4):
        cast("kim", "A" if number % 2 else "B")

    ReleaseBulletin(run, by=None).execute()

    for kind, tracker in told(run):
        assert kind == "cast" or ("cast", tracker) in told(run)


def test_trackers_are_not_published_in_the_order_of_the_casts(run, cast, closed):
    cast_order = [cast(f"voter {number}", "A").tracker for number in range(20)]

    closed()

    order = list(BulletinEntry.objects.of(run).values_list("tracker", flat=True))
    assert sorted(order) == sorted(cast_order)
    assert order != cast_order


def test_a_vote_is_lengthened_by_two_people(run, cast, clerk, second_clerk, set_clock):
    end = run.closes_at + HOUR
    proposed = ProposeLengthening(run, by=clerk, closes_at=end, reason="Power cut").execute()
    assert refused(LengthenVote(proposed, by=clerk)) == "second-person"

    LengthenVote(proposed, by=second_clerk).execute()

    assert VoteRun.objects.get(pk=run.pk).closes_at == end
    set_clock(end - timedelta(seconds=1))
    cast("kim", "A")
    assert refused(LengthenVote(proposed, by=second_clerk)) == "approved"


@pytest.mark.parametrize(
    ("hours", "reason", "code"),
    [
        pytest.param(-0.5, "Rain", "not-longer", id="shorter"),
        pytest.param(0, "Rain", "not-longer", id="as long"),
        pytest.param(1, " ", "no-reason", id="no reason"),
    ],
)
def test_a_vote_is_made_longer_only_and_with_a_reason(run, clerk, hours, reason, code):
    end = run.closes_at + timedelta(hours=hours)

    assert refused(ProposeLengthening(run, by=clerk, closes_at=end, reason=reason)) == code


def test_a_vote_that_is_over_is_not_opened_again(run, clerk, second_clerk, set_clock):
    end = run.closes_at + HOUR
    proposed = ProposeLengthening(run, by=clerk, closes_at=end, reason="Rain").execute()
    set_clock(run.closes_at)

    assert refused(LengthenVote(proposed, by=second_clerk)) == "over"


@pytest.fixture
def proposed(run, cast, closed, clerk):
    """A vote with three ballots, one of them proposed to be set aside."""
    suspicious = cast("kim", "A").tracker
    cast("lee", "B")
    cast("park", "B")
    closed()
    return ProposeSettingAside(run, by=clerk, tracker=suspicious, reason="Ten in a row").execute()


def test_a_ballot_is_set_aside_by_two_people_and_unseen(run, proposed, clerk, second_clerk):
    assert refused(SetBallotAside(proposed, by=clerk)) == "second-person"
    assert Ballot.objects.of(run.process).counted().count() == 3

    SetBallotAside(proposed, by=second_clerk).execute()

    assert Ballot.objects.of(run.process).count() == 3
    assert Ballot.objects.of(run.process).counted().count() == 2
    assert ("set_aside", proposed.tracker) in told(run)
    assert CountBallots(run.process, by=None).execute().document["scores"]["A"] == 0


def test_a_recount_leaves_out_what_was_set_aside_after_the_count(run, proposed, second_clerk):
    CountBallots(run.process, by=None).execute()

    SetBallotAside(proposed, by=second_clerk).execute()

    assert CountBallots(run.process, by=None).execute().document["ballots"] == 2
    assert state_of(run) == "counted"


def test_only_a_tracker_that_counts_is_set_aside(run, cast, closed, clerk):
    replaced = cast("kim", "A").tracker
    cast("kim", "B")
    closed()

    for tracker in (replaced, "AAAA", ""):
        step = ProposeSettingAside(run, by=clerk, tracker=tracker, reason="Odd")
        assert refused(step) == "no-ballot"


def test_no_ballot_is_set_aside_while_people_vote(run, cast, clerk):
    step = ProposeSettingAside(run, by=clerk, tracker=cast("kim", "A").tracker, reason="Odd")

    assert refused(step) == "wrong-state"


def test_the_database_too_wants_two_people(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAside.objects.update(approved_by=proposed.proposed_by, approved_at=clock.now())


@pytest.mark.parametrize("column", ["reason", "tracker", "mark"])
def test_the_database_keeps_what_was_proposed(proposed, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAside.objects.update(**{column: "other"})
    assert Lengthening.objects.count() == 0
