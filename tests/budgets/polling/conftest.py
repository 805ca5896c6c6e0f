"""A vote on paper and online that is open now, its polling place, and the people who help."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page

from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, Voter
from civic_sourcing.budgets.actions.polling import (
    AddBatch,
    AddPollingPlace,
    CompleteList,
    EnterSheets,
    HandInEntry,
    ListVoter,
    TypedSheet,
)
from civic_sourcing.budgets.ballots import ApprovalLimits, OnPaper, Rulebook
from civic_sourcing.budgets.casting.keys import make_key
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core import clock
from civic_sourcing.processes.models import Process, RoleAssignment
from tests.budgets.ballots.papers import rules
from tests.budgets.casting.conftest import HOUR, paper
from tests.scenes import maker, scene

LIMITS = ApprovalLimits(least=1, most=3)


@scene
def process(home):
    return Process.objects.create(kind="budget", translation_key=home.translation_key)


@maker
def start(process):
    """Open a run whose rules say ``on_paper``; other rules may be given."""

    def start(on_paper=OnPaper.PAPER, kind="real", limits=LIMITS, **changes):
        rulebook: Rulebook = rules(limits, on_paper=on_paper, **changes)
        now = clock.now()
        run = VoteRun.objects.create(
            process=process,
            kind=kind,
            state="open",
            rulebook=rulebook.canonical(),
            digest=rulebook.digest,
            opens_at=now - HOUR,
            closes_at=now + HOUR,
        )
        make_key(run)
        return run

    return start


@scene
def run(start):
    return start()


@maker
def place_at(chief):
    def place_at(run, name="Town hall"):
        return AddPollingPlace(run, by=chief, title=name).execute()

    return place_at


@scene
def place(place_at, run):
    return place_at(run)


def person(home, name, role=None):
    user = get_user_model().objects.create_user(name, password="demo")
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    if role:
        RoleAssignment.objects.create(group=group, page=Page.objects.get(pk=home.pk), role=role)
    return user


@scene
def chief(db):
    """Whoever runs the vote."""
    return get_user_model().objects.create_superuser("chief", password="demo")


@scene
def ahn(home):
    return person(home, "ahn", "teller")


@scene
def bae(home):
    return person(home, "bae", "teller")


@scene
def cho(home):
    return person(home, "cho", "teller")


@scene
def stranger(home):
    """Somebody of the staff with another role."""
    return person(home, "stranger", "moderator")


@pytest.fixture
def online(request):
    """Cast a ballot online as ``who``, in ``run`` unless another is given."""

    def online(who="kim", *numbers, run=None):
        run = run or request.getfixturevalue("run")
        return CastBallot(
            run, voter=Voter(who), choice=paper(*numbers or "1"), idempotency_key=uuid4().hex
        ).execute()

    return online


@pytest.fixture
def listed(request, ahn):
    """Give ``who`` a ballot paper at ``place`` unless another is given."""

    def listed(*who, place=None):
        place = place or request.getfixturevalue("place")
        return ListVoter(place, by=ahn, identities=set(who or ["kim"])).execute()

    return listed


@pytest.fixture
def close(set_clock, ahn):
    """Let the time go by, complete all lists and close; returns how many ballots there were."""

    def close(run):
        set_clock(VoteRun.objects.get(pk=run.pk).closes_at)
        for place in run.polling_places.filter(listed_at=None):
            CompleteList(place, by=ahn).execute()
        return CloseVote(run, by=None).execute()

    return close


@pytest.fixture
def batch(run, place, close, ahn):
    """A batch of three sheets, of a closed vote."""
    close(run)
    return AddBatch(place, by=ahn, sheets=3).execute()


def sheets(*lines):
    """Sheets from the first on; ``void`` is one that is void as it lies there."""
    return [
        TypedSheet(number, "" if line == "void" else line, line == "void")
        for number, line in enumerate(lines, start=1)
    ]


@pytest.fixture
def enter(request):
    """Enter all sheets of ``batch`` unless another is given, and hand them in."""

    def enter(user, *lines, batch=None):
        batch = batch or request.getfixturevalue("batch")
        EnterSheets(batch, by=user, sheets=sheets(*lines)).execute()
        HandInEntry(batch, by=user).execute()

    return enter
