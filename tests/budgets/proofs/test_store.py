"""Ballots of every kind leave the store as they came: cast, sealed, opened at the close."""

import json
from collections import Counter
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import given, settings

from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, PrepareVote, Voter
from civic_sourcing.budgets.casting import box
from civic_sourcing.budgets.casting.keys import keys_of
from civic_sourcing.budgets.models import Ballot, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.processes.models import Process
from tests.budgets.ballots.papers import OF_EACH_TYPE, rules
from tests.budgets.ballots.test_properties import CASTABLE, IN_PROOF

pytestmark = [pytest.mark.django_db, pytest.mark.prove]

IN_SUITE = 20
HOUR = timedelta(hours=1)


@pytest.fixture
def open_under(db):
    """Open a vote under a rulebook that no rows stand behind."""

    def open_under(rulebook):
        process = Process.objects.create(kind="budget", translation_key=uuid4())
        run = PrepareVote(process, by=None, kind=VoteRun.Kind.REAL).execute()
        now = clock.now()
        run.state, run.opens_at, run.closes_at = VoteRun.State.OPEN, now - HOUR, now + HOUR
        run.rulebook, run.digest = rulebook.canonical(), rulebook.digest
        run.save()
        return run

    return open_under


def store_and_load(run, choices, number, set_clock):
    """Cast so many ballots, each by somebody else; what comes out at the close is what went in."""
    cast, people = [], count(1)

    @settings(max_examples=number)
    @given(choice=choices)
    def is_kept(choice):
        step = CastBallot(
            run,
            voter=Voter(f"voter {next(people)}"),
            choice=choice.canonical(),
            idempotency_key=uuid4().hex,
        )
        cast.append((step.execute().tracker, choice.canonical()))

    is_kept()
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    keys = keys_of(run, using="default")
    kept = Ballot.objects.filter(run=run).values_list("mark", "content")
    assert Counter(kept) == Counter(
        (keys.value("mark", tracker), content) for tracker, content in cast
    )


@pytest.mark.parametrize("kind", CASTABLE)
def test_what_is_cast_is_what_is_counted(kind, open_under, set_clock, proving):
    run = open_under(rules(OF_EACH_TYPE[kind]))

    store_and_load(run, CASTABLE[kind], IN_PROOF if proving else IN_SUITE, set_clock)


def test_a_store_that_keeps_equal_points_once_is_found_out(open_under, set_clock, monkeypatch):
    def as_a_set(value):
        if isinstance(value, dict) and "content" in value:
            content = json.loads(value["content"])
            content["points"] = sorted(set(content.get("points", ())))
            value = {**value, "content": json.dumps(content)}
        return json.dumps(value)

    monkeypatch.setattr(box, "canonical_json", as_a_set)
    run = open_under(rules(OF_EACH_TYPE["cumulative"]))

    with pytest.raises(AssertionError):
        store_and_load(run, CASTABLE["cumulative"], IN_SUITE, set_clock)
