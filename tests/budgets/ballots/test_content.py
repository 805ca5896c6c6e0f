"""What is stored of a ballot: the same text for the same choice, and the same choice back."""

import json
from fractions import Fraction

import pytest

from civic_sourcing.budgets.ballots import Answer, Choice, ContentError
from civic_sourcing.budgets.counting import Ballot
from civic_sourcing.budgets.elections import ballot_content, cast_ballot

PAPER = ("1", "2", "10", "ä/3")


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        pytest.param(Choice.ticked({"10", "2"}, PAPER), '{"vote":["2","10"]}', id="ticked"),
        pytest.param(Choice.ticked([], PAPER), '{"vote":[]}', id="nothing ticked"),
        pytest.param(
            Choice.pointed({"10": 1, "1": 1, "2": 4}, PAPER),
            '{"points":[1,4,1],"vote":["1","2","10"]}',
            id="1+4+1",
        ),
        pytest.param(
            Choice.pointed({"2": Fraction(5, 2), "1": Fraction(4, 2)}, PAPER),
            '{"points":[2,"2.5"],"vote":["1","2"]}',
            id="decimals of a file",
        ),
        pytest.param(Choice.pointed({}, PAPER), '{"points":[],"vote":[]}', id="no points"),
        pytest.param(Choice.ranked(["10", "ä/3"]), '{"vote":["10","ä/3"]}', id="ranked"),
        pytest.param(
            Choice.answered({"2": Answer.NO, "1": Answer.YES, "10": Answer.ABSTAIN}, PAPER),
            '{"points":[1,-1,0],"vote":["1","2","10"]}',
            id="answered",
        ),
        pytest.param(
            Choice.voided(["too-many", "exclusive", "too-many"]),
            '{"void":["exclusive","too-many"],"vote":[]}',
            id="void",
        ),
    ],
)
def test_a_choice_is_stored_as_canonical_text_and_read_back(choice, text):
    stored = choice.canonical()

    assert stored == text
    assert Choice.load(stored) == choice


def test_the_order_of_typing_leaves_no_trace_but_in_a_ranking():
    first = Choice.ticked(["10", "1", "2"], PAPER)
    second = Choice.ticked(["2", "10", "1"], PAPER)

    assert first.canonical() == second.canonical()
    assert Choice.ranked(["10", "1"]).canonical() != Choice.ranked(["1", "10"]).canonical()


@pytest.mark.parametrize(
    "ballot",
    [
        Ballot(("2", "10")),
        Ballot(()),
        Ballot(("1", "2", "10"), (1, 4, 1)),
        Ballot(("1", "2"), (Fraction(5, 2), 0)),
        Ballot(("1",), (-3,)),
    ],
    ids=["ticks", "empty", "points", "decimals", "below zero"],
)
def test_ballots_of_a_published_file_pass_into_the_same_form(ballot):
    text = ballot_content(ballot)

    choice = Choice.load(text)

    assert (choice.projects, choice.points) == (ballot.projects, ballot.points)
    assert choice.canonical() == text
    assert cast_ballot(choice.canonical()) == ballot


def test_whoever_counts_takes_a_void_ballot_for_one_without_projects():
    void = Choice.voided(["too-many"])

    assert cast_ballot(void.canonical()) == Ballot(())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"vote":"1"}',
        '{"vote":[1]}',
        '{"vote":["1","1"]}',
        '{"vote": ["1"]}',
        '{"vote":["1"],"points":[1]}',
        '{"points":[1,2],"vote":["1"]}',
        '{"points":[1.0],"vote":["1"]}',
        '{"points":[true],"vote":["1"]}',
        '{"points":["1"],"vote":["1"]}',
        '{"points":["2.50"],"vote":["1"]}',
        '{"points":[NaN],"vote":["1"]}',
        '{"points":[1e309],"vote":["1"]}',
        '{"points":null,"vote":["1"]}',
        '{"void":[],"vote":[]}',
        '{"void":["too-many"],"vote":["1"]}',
        '{"void":["too-many"]}',
        '{"voter":"me","vote":["1"]}',
        '{"vote":["1"],"vote":["1"]}',
        "[" * 100_000,
        '{"points":[' + "9" * 5_000 + '],"vote":["1"]}',
    ],
    ids=lambda text: text[:40] or "empty",
)
def test_a_text_that_no_ballot_is_stored_as_is_refused(text):
    with pytest.raises(ContentError):
        Choice.load(text)


def test_what_a_ballot_is_for_has_more_than_no_points():
    choice = Choice.pointed({"1": 0, "2": 3, "10": -1}, PAPER)

    assert choice.chosen == ("2",)
    assert choice.marks == {"1": 0, "2": 3, "10": -1}


def test_answers_are_read_back_as_answers():
    said = {"1": Answer.YES, "2": Answer.NO, "10": Answer.ABSTAIN}

    choice = Choice.load(Choice.answered(said, PAPER).canonical())

    assert choice.answers == said


def test_a_void_ballot_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError, match="names what is wrong"):
        Choice.voided([])


def test_stored_text_is_json_for_everybody():
    choice = Choice.pointed({"ä/3": 2, "1": 7}, PAPER)

    assert json.loads(choice.canonical()) == {"vote": ["1", "ä/3"], "points": [7, 2]}
