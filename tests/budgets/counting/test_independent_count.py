"""
The verifier people download shares no line with the counting; on any vote both say the same.

What one of them understood otherwise than the other would show here.
"""

import importlib.util
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.counting import count_votes, plain
from civic_sourcing.budgets.counting.amounts import exact
from tests.rich import examples
from tests.shared import ROOT

from .test_vote_properties import votes


@pytest.fixture(scope="module")
def verifier():
    path = ROOT / "docs" / "verify_vote.py"
    spec = importlib.util.spec_from_file_location("verify_vote", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_file(projects, electorate, rules):
    """
    The vote as the verifier reads it: rows of text, one for each ballot.

    Money of the file is in major units, of which each has ``raise_by`` of those of the rules.
    """
    rows = [
        {
            "vote": ",".join(ballot.projects),
            "points": ",".join(map(plain, ballot.points or ())),
            "area": papers.area,
            "group": papers.group,
        }
        for papers in electorate.papers
        for ballot in papers.ballots
        for _ in range(ballot.times)
    ]
    return SimpleNamespace(
        meta={"vote_type": str(rules.vote_type)},
        projects=[
            {
                "project_id": p.id,
                "cost": plain(exact(Fraction(p.cost, rules.raise_by))),
                "withdrawn": str(int(p.withdrawn)),
            }
            for p in projects
        ],
        rows=[(str(number), tuple(row.values()), row) for number, row in enumerate(rows)],
        budget=exact(Fraction(rules.budget, rules.raise_by)),
    )


@examples(2000)
@given(vote=votes(), minor=st.sampled_from([1, 10]))
def test_two_counts_written_apart_have_the_same_winners_and_scores(verifier, vote, minor):
    projects, electorate, rules = vote
    rules = replace(rules, raise_by=minor)
    places = {project.id: (project.area, project.category) for project in projects}

    result = count_votes(projects, electorate, rules)

    document = {"count": result.to_document()}
    _chosen, wrong = verifier.check_count(
        as_file(projects, electorate, rules), rules.to_document(), places, document
    )
    assert wrong == []
