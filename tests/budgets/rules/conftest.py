"""A vote as an editor has set it up: two districts and the whole town, four projects, a week."""

from datetime import timedelta

from django.contrib.auth import get_user_model

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
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.rules import PhaseRule
from tests.scenes import scene

DAY = timedelta(days=1)

AREAS = [
    {"code": "town", "names": {"en": "Neulbom", "ko": "늘봄시"}, "budget": 1000, "town_wide": True},
    {"code": "north", "names": {"en": "North"}, "budget": 500},
    {"code": "south", "names": {"en": "South"}, "budget": 500},
]
CATEGORIES = [
    {"code": "green", "names": {"en": "Green"}, "most": 2},
    {"code": "play", "names": {"en": "Play"}},
]
PROJECTS = [
    ("A", 400, "town", "green"),
    ("B", 300, "town", "play"),
    ("N", 200, "north", "green"),
    ("S", 100, "south", "play"),
]


@scene
def vote(home):
    page = home.add_child(instance=BudgetVotePage(title="Your budget", slug="budget"))
    process = page.process
    ChangeVoteRules(
        process,
        by=None,
        currency="EUR",
        rule="greedy",
        limits=ApprovalLimits(most=3),
        area_use="own_and_town",
        areas=AREAS,
        categories=CATEGORIES,
    ).execute()
    now = clock.now()
    phases = [
        PhaseRule("projects", now - 9 * DAY, now - 2 * DAY),
        PhaseRule("voting", now - DAY, now + 6 * DAY),
        PhaseRule("counting", now + 7 * DAY, now + 9 * DAY),
    ]
    SetRules(process, by=None, phases=phases).execute()
    EligibilityRule.objects.create(process=process, verifier="signed-in")
    for place, (number, cost, area, category) in enumerate(PROJECTS):
        row = Project.objects.create(
            process=process,
            number=number,
            cost=cost,
            position=place,
            area=VoteArea.objects.get(process=process, code=area),
            category=VoteCategory.objects.get(process=process, code=category),
        )
        page.add_child(instance=BudgetProjectPage(title=f"Project {number}", project=row))
    return BudgetVotePage.objects.get(pk=page.pk)


@scene
def process(vote):
    return vote.process


@scene
def prepared(process):
    return PrepareVote(process, by=None, kind="real").execute()


@scene
def run(prepared):
    """The vote, open."""
    return OpenVote(prepared, by=None).execute()


@scene
def clerk(db):
    return get_user_model().objects.create_superuser("clerk", password="demo")
