"""Lines typed off sheets: read as the booth reads its form, void where a limit is broken."""

import json

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    AreaUse,
    BallotFaulty,
    Choice,
    RankingLimits,
    Scope,
)
from civic_sourcing.budgets.polling.lines import LONGEST, example_of, line_of, read_sheet
from tests.budgets.ballots.papers import NORTH, OF_EACH_TYPE, rules


def stored(line, rulebook, area="", **more):
    return json.loads(read_sheet(rulebook, area, line, **more).content)


@pytest.mark.parametrize(
    ("kind", "line", "content"),
    [
        ("approval", "10 1, 2", {"vote": ["1", "2", "10"]}),
        ("knapsack", "2", {"vote": ["2"]}),
        ("cumulative", "1=1 2=4 10=1", {"vote": ["1", "2", "10"], "points": [1, 4, 1]}),
        ("scoring", "2=0;1=5", {"vote": ["1", "2"], "points": [5, 0]}),
        ("ordinal", "10 1 2", {"vote": ["10", "1", "2"]}),
        ("choose-1", "N/2", {"vote": ["N/2"]}),
        ("yes-no", "1=yes 2=n 10=a", {"vote": ["1", "2", "10"], "points": [1, -1, 0]}),
        ("approval", "-", {"vote": []}),
    ],
)
def test_a_line_is_the_ballot_it_says(kind, line, content):
    rulebook = rules(OF_EACH_TYPE[kind])

    read = read_sheet(rulebook, "", line)

    assert json.loads(read.content) == content
    assert read.line == line_of(rulebook, Choice.load(read.content))
    assert read_sheet(rulebook, "", read.line) == read


@pytest.mark.parametrize(
    ("kind", "line", "codes"),
    [
        ("approval", "1 2 10 N/1 N/2 N/3", ["too-many"]),
        ("cumulative", "1=60 2=41", ["over-total"]),
        ("scoring", "1=6", ["over-score"]),
        ("choose-1", "1 2", ["too-many"]),
    ],
)
def test_a_sheet_that_breaks_a_limit_is_void(kind, line, codes):
    assert stored(line, rules(OF_EACH_TYPE[kind])) == {"vote": [], "void": codes}


def test_a_blank_sheet_is_void_where_something_must_be_chosen():
    assert stored("-", rules(ApprovalLimits(least=1))) == {"vote": [], "void": ["too-few"]}


def test_a_torn_sheet_is_void():
    assert stored("", rules(), spoiled=True) == {"vote": [], "void": ["spoiled"]}


@pytest.mark.parametrize(
    ("kind", "line", "code"),
    [
        ("approval", "1 99", "not-on-paper"),
        ("approval", "S/3", "not-on-paper"),
        ("approval", "1 1", "twice"),
        ("approval", "1=5", "not-on-paper"),
        ("cumulative", "1", "whole-number"),
        ("cumulative", "1=-5", "whole-number"),
        ("cumulative", "1=٣", "whole-number"),
        ("ordinal", "1 2 1", "twice"),
        ("yes-no", "1=perhaps", "answer-unknown"),
        ("approval", "1 " * LONGEST, "too-long"),
    ],
)
def test_a_slip_of_the_typist_is_no_sheet(kind, line, code):
    with pytest.raises(BallotFaulty) as faulty:
        read_sheet(rules(OF_EACH_TYPE[kind]), "", line)

    assert [fault.code for fault in faulty.value.faults] == [code]


def test_a_sheet_is_the_paper_of_its_area():
    own = rules(area_use=AreaUse.OWN)

    assert stored("N/1", own, NORTH) == {"vote": ["N/1"]}
    with pytest.raises(BallotFaulty):
        read_sheet(own, NORTH, "S/1")


def test_each_area_is_ranked_by_itself_where_limits_hold_by_area():
    by_area = rules(RankingLimits(most=2), scope=Scope.AREA, may_leave_area_empty=True)

    assert stored("N/2 1 N/1 2", by_area) == {"vote": ["1", "2", "N/2", "N/1"]}


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
def test_every_kind_of_ballot_shows_an_example_that_could_be_typed(kind):
    example = example_of(rules(OF_EACH_TYPE[kind]))

    with pytest.raises(BallotFaulty) as faulty:
        read_sheet(rules(OF_EACH_TYPE[kind]), "", example)
    assert {fault.code for fault in faulty.value.faults} == {"not-on-paper"}
