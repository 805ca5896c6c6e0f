"""A counted vote held here, with what everybody can fetch of it."""

import importlib.util
from uuid import uuid4

import pytest

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    ProposeSettingAside,
    SetBallotAside,
    Voter,
)
from civic_sourcing.budgets.actions.count import PublishCount
from civic_sourcing.budgets.ballots import ApprovalLimits, Choice
from tests.budgets.booth.conftest import hold  # noqa: F401
from tests.shared import ROOT

BALLOTS = ["1 2", "1", "2 10", "1 10", "10", "1", "1 2 10", "N/1 1", "N/1 N/2", "2", "1 2", ""]


@pytest.fixture(scope="session")
def verifier():
    """The file people download, as a module."""
    spec = importlib.util.spec_from_file_location("verify_vote", ROOT / "docs" / "verify_vote.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cast_all():
    """Cast ballots of ``texts`` (numbers, parted by spaces) as so many people; the trackers."""

    def cast_all(run, texts):
        return [
            CastBallot(
                run,
                voter=Voter(f"voter-{place}"),
                choice=Choice(tuple(text.split())).canonical(),
                idempotency_key=uuid4().hex,
            )
            .execute()
            .tracker
            for place, text in enumerate(texts)
        ]

    return cast_all


@pytest.fixture
def clerks(django_user_model):
    return [django_user_model.objects.create_superuser(name) for name in ("clerk", "other")]


@pytest.fixture
def counted(hold, cast_all, clerks, set_clock):  # noqa: F811
    """A vote in two areas, one ballot set aside, counted and published; its page."""

    def counted(texts=BALLOTS, *, publish=True, **rules):
        page = hold(ApprovalLimits(most=3), **rules)
        run = page.process.vote_runs.get()
        trackers = cast_all(run, texts)
        set_clock(run.closes_at)
        CloseVote(run, by=None).execute()
        by, other = clerks
        proposed = ProposeSettingAside(
            run, by=by, tracker=trackers[1], reason="Two letters to one person."
        ).execute()
        SetBallotAside(proposed, by=other).execute()
        count = CountBallots(page.process, by=None).execute()
        if publish:
            PublishCount(count, by=None).execute()
        return type(page).objects.get(pk=page.pk)

    return counted


@pytest.fixture
def fetched(client):
    """The files of a vote by name, as anybody fetches them."""

    def fetched(page):
        ways = {
            "ballots": "results/ballots/",
            "result": "results/json/",
            "rulebook": "rules/json/",
            "bulletin": "bulletin/json/",
        }
        answers = {name: client.get(page.get_url() + way) for name, way in ways.items()}
        assert {answer.status_code for answer in answers.values()} == {200}
        return {name: answer.getvalue().decode() for name, answer in answers.items()}

    return fetched
