"""
*add1* raises shares by a euro, wherever money is counted in cents.

Steps of a cent would fund 4, 1 and 3 here, and so would steps of a hundred euros.
"""

import pytest

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.ballots import ApprovalLimits
from civic_sourcing.budgets.desk.trying import trials
from tests.budgets.results.conftest import counted

pytestmark = pytest.mark.django_db

AREAS = [{"code": "town", "names": {"en": "Neulbom"}, "budget": 6_00, "town_wide": True}]
PROJECTS = [
    (str(number), f"Bench {number}", cost, "town", "green")
    for number, cost in enumerate((2, 2, 3, 1), start=1)
]
BALLOTS = [("", ("1", "4"), 1), ("", ("1", "2", "3", "4"), 2), ("", ("3",), 1), ("", (), 1)]
FILE = """META
key;value
description;Benches
currency;EUR
num_projects;4
num_votes;5
budget;6
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
1;2;Bench 1
2;2;Bench 2
3;3;Bench 3
4;1;Bench 4
VOTES
voter_id;vote
1;1,4
2;1,2,3,4
3;1,2,3,4
4;3
5;
"""
SHARES = "equal-shares cardinality add1u"
BY_EUROS = ["4", "1", "2"]


@pytest.fixture
def held_here(hold, cast, set_clock):
    limits = ApprovalLimits(most=4)

    def held_here(path):
        page = hold(limits, areas=AREAS, projects=PROJECTS)
        run = page.process.vote_runs.get()
        cast(run, BALLOTS)
        set_clock(run.closes_at)
        CloseVote(run, by=None).execute()
        return counted(page)

    return held_here


@pytest.fixture
def imported(import_election):
    def imported(path):
        path.write_text(FILE)
        return import_election(path)

    return imported


@pytest.fixture(params=["held_here", "imported"])
def vote(request, settings, tmp_path):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "VOTE_OTHER_RULES": True}
    return request.getfixturevalue(request.param)(tmp_path / "benches.pb")


def test_what_other_rules_would_have_funded_is_told_by_steps_of_a_euro(vote):
    others = vote.latest_count.document["others"]

    assert [other["selected"] for other in others if other["utility"] == "cardinality"] == [
        BY_EUROS
    ]


def test_a_trial_of_a_past_vote_takes_steps_of_a_euro(vote):
    tried = trials.tried(trials.scene_of_vote(vote, vote.latest_count), [SHARES]).tried

    assert [list(each.comparison.count.selected) for each in tried] == [BY_EUROS]
