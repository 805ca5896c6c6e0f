"""A vote that is open, of whatever kind, and voters in its booth."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from civic_sourcing.budgets.actions import ChangeVoteRules
from civic_sourcing.budgets.actions.casting import OpenVote, PrepareVote
from civic_sourcing.budgets.ballots import ApprovalLimits
from civic_sourcing.budgets.models import (
    BudgetProjectPage,
    BudgetVotePage,
    Project,
    VoteArea,
    VoteCategory,
)
from civic_sourcing.core import clock
from civic_sourcing.participants.codes.actions import MakeCodeBatch
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.rules import PhaseRule
from tests.scenes import maker, scene

DAY = timedelta(days=1)

AREAS = [
    {
        "code": "town",
        "names": {"en": "Neulbom", "ko": "늘봄시"},
        "budget": 1000_00,
        "town_wide": True,
    },
    {"code": "north", "names": {"en": "Northbank", "ko": "북안동"}, "budget": 500_00},
]
CATEGORIES = [
    {"code": "green", "names": {"en": "Green spaces", "ko": "녹지"}},
    {"code": "play", "names": {"en": "Play and sport", "ko": "놀이와 운동"}},
]
PROJECTS = [
    ("1", "Benches by the river", 400, "town", "green"),
    ("2", "A climbing wall", 300, "town", "play"),
    ("10", "Trees for the market square", 200, "town", "green"),
    ("N/1", "Swings in North park", 150, "north", "play"),
    ("N/2", "강변 꽃길", 250, "north", "green"),
]


@maker
def hold(home):
    """
    ``hold(KnapsackLimits(), area_use="one")`` opens a vote with these rules; its page.

    ``before(process)`` is called while the rules are not frozen yet.
    """

    def hold(limits=None, *, projects=PROJECTS, areas=AREAS, before=None, opened=True, **rules):
        page = home.add_child(instance=BudgetVotePage(title="Your budget", slug="budget"))
        process = page.process
        ChangeVoteRules(
            process,
            by=None,
            currency="EUR",
            rule="greedy",
            limits=limits or ApprovalLimits(most=3),
            areas=areas,
            categories=CATEGORIES,
            **rules,
        ).execute()
        now = clock.now()
        phases = [PhaseRule("voting", now - DAY, now + 6 * DAY)]
        SetRules(process, by=None, phases=phases).execute()
        EligibilityRule.objects.create(process=process, verifier="signed-in")
        add_projects(page, projects)
        if before:
            before(process)
        run = PrepareVote(process, by=None, kind="real").execute()
        if opened:
            OpenVote(run, by=None).execute()
        return BudgetVotePage.objects.get(pk=page.pk)

    return hold


def add_projects(page, projects):
    areas = {area.code: area for area in VoteArea.objects.of(page.process)}
    categories = {category.code: category for category in VoteCategory.objects.of(page.process)}
    for place, (number, title, cost, area, category) in enumerate(projects, start=1):
        row = Project.objects.create(
            process=page.process,
            number=number,
            cost=cost * 100,
            position=place,
            area=areas.get(area),
            category=categories.get(category),
        )
        text = f"<p>What {title} brings to the town, told in a sentence or two.</p>"
        page.add_child(
            instance=BudgetProjectPage(
                title=title, slug=f"p{place}", project=row, description=text, place="By the lake"
            )
        )


@scene
def vote(hold):
    """A vote on which up to three projects are ticked."""
    return hold()


@scene
def run(vote):
    return vote.process.vote_runs.get()


@scene
def citizen(db):
    return get_user_model().objects.create_user("citizen", password="demo")


@scene
def neighbour(db):
    return get_user_model().objects.create_user("neighbour", password="demo")


class Booth:
    """Somebody in the booth of ``page``, with the cookies of one device."""

    def __init__(self, page, user):
        self.client = Client()
        self.url = page.get_url() + "vote/"
        if user:
            self.client.force_login(user)

    def open(self):
        """The page as it is now."""
        response = self.client.get(self.url)
        assert response.status_code == 200, response.content.decode()[:2000]
        return BeautifulSoup(response.content, "html.parser")

    def send(self, marks=(), *, step="count", fields=None, page=None, **more):
        """Send the form of ``page`` (default: opened now) with these marks and nothing else."""
        page = page or self.open()
        data = {"booth": page.find("input", {"name": "booth"})["value"], "step": step}
        for name, value in marks:
            data.setdefault(name, []).append(value)
        return self.client.post(self.url, {**data, **(fields or {})}, **more)


@pytest.fixture
def enter():
    """``enter(vote, citizen)`` lets somebody into the booth."""
    return Booth


@scene
def registrar(db):
    return get_user_model().objects.create_superuser("registrar", password="demo")


@pytest.fixture
def print_codes(registrar):
    """``print_codes(vote, 2)`` makes a batch; what stands on the cards."""

    def print_codes(vote, count=1, *, purpose="voting", register=None):
        made = MakeCodeBatch(
            vote.process,
            by=registrar,
            purpose=purpose,
            count=count,
            register=register,
            uuid=uuid4(),
        ).execute()
        return [printed.code for printed in made.codes]

    return print_codes
