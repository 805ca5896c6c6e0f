"""A vote of three areas that was held, closed and counted."""

import pytest
from bs4 import BeautifulSoup

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, Voter
from civic_sourcing.budgets.actions.count import PublishCount
from civic_sourcing.budgets.ballots import Choice
from civic_sourcing.budgets.models import BudgetVotePage
from tests.budgets.booth.conftest import AREAS, PROJECTS, citizen, hold

__all__ = ["citizen", "hold"]

THREE_AREAS = [
    *({**area, "population": 500} for area in AREAS),
    {"code": "south", "names": {"en": "Southbank", "ko": "남안동"}, "budget": 300_00}
    | {"population": 100},
]
FOUR_PLACES = [*PROJECTS, ("S/1", "A table for chess", 100, "south", "play")]
"""Costs: 1 400, 2 300, 10 200 of the town's 1,000; N/1 150, N/2 250 of 500; S/1 100 of 300."""

BALLOTS = [("north", ("1", "N/1"), 12), ("north", ("2", "N/1"), 11), ("south", ("1", "10"), 4)]


@pytest.fixture
def cast():
    """``cast(run, BALLOTS)``: so many people of an area vote for these numbers."""

    def cast(run, ballots):
        for place, (area, numbers, times) in enumerate(ballots):
            for voter in range(times):
                who = f"{place} {voter}"
                CastBallot(
                    run,
                    voter=Voter(who, area=area),
                    choice=Choice(numbers).canonical(),
                    idempotency_key=who,
                ).execute()

    return cast


@pytest.fixture
def closed(hold, cast, set_clock):
    """``closed()``: the page of a vote that was held and closed; rules as ``hold`` takes them."""

    def closed(ballots=BALLOTS, **rules):
        page = hold(areas=THREE_AREAS, projects=FOUR_PLACES, **rules)
        run = page.process.vote_runs.get()
        cast(run, ballots)
        set_clock(run.closes_at)
        CloseVote(run, by=None).execute()
        return page

    return closed


def counted(page):
    """Count once more and publish; the page as it then is."""
    PublishCount(CountBallots(page.process, by=None).execute(), by=None).execute()
    return BudgetVotePage.objects.get(pk=page.pk)


def soup_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())
