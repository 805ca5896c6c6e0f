"""Votes with as many projects as one likes, opened without anybody at a desk."""

from datetime import timedelta
from itertools import count
from typing import Any

from wagtail.models import Page

from civic_sourcing.budgets.actions.casting import OpenVote, PrepareVote
from civic_sourcing.budgets.ballots.documents import written
from civic_sourcing.budgets.ballots.limits import ApprovalLimits, Limits
from civic_sourcing.budgets.models import (
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    Project,
    VoteRun,
)
from civic_sourcing.core import clock
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import PhaseRule

COST = 1_000_000
MONEY = 10 * COST
DAY = timedelta(days=1)
TEXT = "<p>People want to sit down in the shade, and children want to play there. </p>" * 8

numbers = count(1)


def make_vote(
    home: Page, projects: int, limits: Limits | None = None, *, lasts: timedelta = DAY
) -> BudgetVotePage:
    """A vote below ``home`` that people may vote in from now on, with so many projects."""
    limits = limits or ApprovalLimits(most=5)
    name = f"budget-{next(numbers)}"
    vote = home.add_child(instance=BudgetVotePage(title=name, slug=name, locale=home.locale))
    BudgetRules.objects.create(
        process=vote.process,
        amount=MONEY,
        currency="EUR",
        ballot_type=str(limits.ballot_type),
        limits=written(limits),
        rule="greedy",
    )
    EligibilityRule.objects.create(process=vote.process, verifier="signed-in")
    for position in range(1, projects + 1):
        add_project(vote, position)
    now = clock.now()
    phases = [PhaseRule("voting", now - DAY, now + lasts)]
    SetRules(vote.process, by=None, mandate="binding", phases=phases).execute()
    return BudgetVotePage.objects.get(pk=vote.pk)


def add_project(vote: BudgetVotePage, position: int) -> None:
    row = Project.objects.create(
        process=vote.process, number=str(position), cost=COST, position=position
    )
    title = f"Benches and shade, number {position}"
    page = BudgetProjectPage(
        title=title, slug=f"p{position}", project=row, description=TEXT, locale=vote.locale
    )
    vote.add_child(instance=page)


def open_run(process: Process) -> VoteRun:
    """Prepare and open the vote of ``process``."""
    run = PrepareVote(process, by=None, kind=VoteRun.Kind.REAL).execute()
    opened: Any = OpenVote(run, by=None).execute()
    return opened
