"""Turnout is told in steps of ten, by area, at most every ten minutes, and never counted live."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from civic_sourcing.budgets.actions.casting import CastBallot, EraseRehearsal, PublishTurnout, Voter
from civic_sourcing.budgets.models import RollEntry, Turnout, VoteArea, VoteRun
from civic_sourcing.budgets.turnout import publish_turnouts, published_turnout
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused

from .conftest import paper

MINUTE = timedelta(minutes=1)


@pytest.fixture
def vote_of(process):
    """``vote_of(run, 12, "north")``: so many people who live there have voted."""

    def vote_of(run, number, area=""):
        RollEntry.objects.bulk_create(
            RollEntry(run=run, process=process, voter_key=uuid4().hex, area=area)
            for _voter in range(number)
        )

    return vote_of


@pytest.fixture
def publish(run):
    return lambda run=run: PublishTurnout(run, by=None).execute()


@pytest.fixture
def areas(process):
    """North with 4,300 inhabitants, south whose number nobody knows, and the whole town."""
    for position, (code, population) in enumerate([("north", 4300), ("south", None)]):
        names = {"en": code.title(), "ko": f"{code}동"}
        VoteArea.objects.create(
            process=process,
            code=code,
            names=names,
            budget=500,
            population=population,
            position=position,
        )
    VoteArea.objects.create(
        process=process, code="town", names={"en": "Town"}, budget=1, town_wide=True, position=2
    )


def told(run):
    """What a page says of the turnout: of all, then by area."""
    published = published_turnout(run)
    with translation.override("en"):
        areas = {area.name: str(area.voters) for area in published.areas}
        return str(published.voters), areas


@pytest.mark.parametrize(
    ("voters", "words"),
    [
        (0, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "at least 10"),
        (19, "at least 10"),
        (1234, "at least 1,230"),
    ],
)
def test_turnout_is_told_in_whole_tens(run, vote_of, publish, voters, words):
    vote_of(run, voters)

    publish()

    assert told(run) == (words, {})


def test_turnout_is_told_by_area_with_its_inhabitants(areas, run, vote_of, publish):
    vote_of(run, 21, "north")
    vote_of(run, 9, "south")
    vote_of(run, 5)

    publish()

    north, south = "at least 20 of 4,300 inhabitants", "fewer than 10"
    assert told(run) == ("at least 30", {"North": north, "South": south})


def test_nobody_learns_whether_anybody_voted_where_fewer_than_ten_did(areas, run, vote_of, publish):
    vote_of(run, 10, "north")
    vote_of(run, 9, "south")

    publish()

    assert set(Turnout.objects.values_list("area", "tens")) == {("", 1), ("north", 1)}


def test_the_area_of_a_voter_is_that_of_the_first_cast(run):
    for area in ("north", "south"):
        CastBallot(
            run, voter=Voter("kim", area=area), choice=paper("A"), idempotency_key=area
        ).execute()

    assert RollEntry.objects.get().area == "north"


def test_pages_read_what_was_published_and_never_count(
    areas, run, vote_of, publish, django_assert_num_queries
):
    vote_of(run, 10, "north")
    publish()

    vote_of(run, 50, "north")

    with django_assert_num_queries(2):
        assert told(run)[0] == "at least 10"


def test_turnout_is_published_every_ten_minutes_at_most(run, vote_of, publish, set_clock):
    now = clock.now()
    set_clock(now)
    publish()
    vote_of(run, 10)

    set_clock(now + 10 * MINUTE - timedelta(milliseconds=1))
    with pytest.raises(ActionRefused) as refused:
        publish()
    set_clock(now + 10 * MINUTE)
    publish()

    assert refused.value.code == "too-early"
    assert told(run)[0] == "at least 10"


@pytest.mark.parametrize(
    "change",
    [{"tens": 2, "minutes": 9}, {"tens": 0, "minutes": 11}, {"area": "north", "minutes": 11}],
    ids=["sooner", "fewer", "another area"],
)
def test_the_database_itself_keeps_what_was_published(run, vote_of, publish, change):
    vote_of(run, 10)
    publish()
    row = Turnout.objects.get()
    change["at"] = row.at + change.pop("minutes") * MINUTE

    with pytest.raises(IntegrityError), transaction.atomic():
        Turnout.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_tick_publishes_while_the_vote_is_open_and_once_after_it(run, vote_of, set_clock, closed):
    now = clock.now()
    said = []
    for minutes in (0, 5, 10):
        set_clock(now + minutes * MINUTE)
        said.append(publish_turnouts(now + minutes * MINUTE))
    closed()
    end = VoteRun.objects.get().closed_at
    for minutes in (10, 30):
        set_clock(end + minutes * MINUTE)
        said.append(publish_turnouts(end + minutes * MINUTE))

    assert said == ["1 published", None, "1 published", "1 published", None]


def test_tick_waits_until_people_can_vote(prepare, opened):
    soon = clock.now() + 5 * MINUTE
    opened(prepare(), opens_at=soon)

    assert publish_turnouts(clock.now()) is None
    assert Turnout.objects.count() == 0


def test_turnout_of_a_rehearsal_goes_with_it(prepare, opened, vote_of, publish):
    rehearsal = opened(prepare("rehearsal"))
    vote_of(rehearsal, 10)
    publish(rehearsal)

    EraseRehearsal(rehearsal, by=None).execute()

    assert Turnout.objects.count() == 0
