"""A vote that is open now, the people who run it, and the database's clock."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    PrepareVote,
    Voter,
)
from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    PaperProject,
    Rulebook,
    WinnerRule,
)
from civic_sourcing.budgets.models import BudgetRules, Project, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.processes.models import Process
from tests.scenes import maker, scene

HOUR = timedelta(hours=1)


def rulebook_with(**given):
    """A rulebook of one area, with the projects A to C and P0 to P999; ticks without limits."""
    numbers = [*"ABC", *(f"P{number}" for number in range(1000))]
    rules = {
        "vote": "casting",
        "currency": "EUR",
        "limits": ApprovalLimits(),
        "areas": (Area(code="town", budget=1000, town_wide=True),),
        "projects": tuple(PaperProject(number=n, cost=400, area="town") for n in numbers),
        "winner": WinnerRule(name="greedy"),
    }
    return Rulebook(**{**rules, **given})


RULEBOOK = rulebook_with()


def paper(*numbers):
    """The canonical JSON of a ballot with ticks."""
    return json.dumps({"vote": list(numbers)}, separators=(",", ":"))


def state_of(run):
    return VoteRun.objects.get(pk=run.pk).state


@scene
def process(db):
    process = Process.objects.create(kind="budget", translation_key=uuid4())
    BudgetRules.objects.create(
        process=process, amount=1000, currency="EUR", ballot_type="approval", rule="greedy"
    )
    for position, number in enumerate("ABC", start=1):
        Project.objects.create(process=process, number=number, cost=400, position=position)
    return process


@maker
def prepare(process):
    def prepare(kind="real"):
        return PrepareVote(process, by=None, kind=kind).execute()

    return prepare


@maker
def opened():
    """Open a run as it stands after ``OpenVote``, without the pages that a rulebook is made of."""

    def opened(run, *, rulebook=RULEBOOK, **times):
        now = clock.now()
        VoteRun.objects.filter(pk=run.pk).update(
            state="open",
            rulebook=rulebook.canonical(),
            digest=rulebook.digest,
            **{"opens_at": now - HOUR, "closes_at": now + HOUR, **times},
        )
        run.refresh_from_db()
        return run

    return opened


@scene
def run(prepare, opened):
    """A real vote, open since an hour and for another one."""
    return opened(prepare())


@pytest.fixture
def cast(run):
    """Cast a ballot as somebody; every call is another form unless ``form`` says so."""

    def cast(who="kim", *numbers, form=None, run=run):
        return CastBallot(
            run,
            voter=Voter(who),
            choice=paper(*numbers),
            idempotency_key=form or uuid4().hex,
        ).execute()

    return cast


@pytest.fixture
def closed(run, set_clock):
    """Let the time of the vote go by and close it; returns how many ballots there were."""

    def closed(run=run):
        set_clock(VoteRun.objects.get(pk=run.pk).closes_at)
        return CloseVote(run, by=None).execute()

    return closed


@scene
def clerk(db):
    return get_user_model().objects.create_superuser("clerk", password="demo")


@scene
def second_clerk(db):
    return get_user_model().objects.create_superuser("second_clerk", password="demo")


@pytest.fixture
def long_ago():
    return datetime(2020, 1, 1, tzinfo=UTC)
