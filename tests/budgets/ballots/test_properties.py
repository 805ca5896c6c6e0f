"""For any ballot: stored and read back unchanged; for any form: a choice or its faults."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_sourcing.budgets.ballots import (
    FAULTS,
    Answer,
    BallotFaulty,
    Choice,
    Faulty,
    check,
    examine,
    read,
    remaining,
    typed_of,
)
from civic_sourcing.budgets.elections import ballot_content, cast_ballot

from .papers import EVERYWHERE, NORTH, OF_EACH_TYPE, RULES, SOUTH, TOWN, rules

IN_SUITE, IN_PROOF = 100, 5_000

ON_PAPER = [project.number for project in RULES.paper(EVERYWHERE)]
NUMBERS = st.sets(st.sampled_from(ON_PAPER))
TOTAL = st.integers(1, 60)


def points_of(numbers):
    """Points for these projects, many of them equal, 100 in all at most."""
    values = st.lists(st.sampled_from([1, 4, 1, 7, 30, 60]), min_size=len(numbers))
    return values.map(lambda drawn: dict(zip(sorted(numbers), within(drawn), strict=False)))


def within(points):
    return [value for value, sum_ in zip(points, accumulate(points), strict=True) if sum_ <= 100]


CASTABLE = {
    "approval": NUMBERS.filter(lambda n: len(n) <= 5).map(lambda n: Choice.ticked(n, ON_PAPER)),
    "knapsack": NUMBERS.map(lambda n: Choice.ticked(n, ON_PAPER)).filter(
        lambda choice: not check(rules(OF_EACH_TYPE["knapsack"]), EVERYWHERE, choice)
    ),
    "cumulative": NUMBERS.flatmap(points_of).map(lambda p: Choice.pointed(p, ON_PAPER)),
    "ordinal": st.lists(st.sampled_from(ON_PAPER), unique=True, max_size=5).map(Choice.ranked),
    "scoring": st.dictionaries(st.sampled_from(ON_PAPER), st.integers(0, 5)).map(
        lambda points: Choice.pointed(points, ON_PAPER)
    ),
    "choose-1": NUMBERS.filter(lambda n: len(n) <= 1).map(lambda n: Choice.ticked(n, ON_PAPER)),
    "yes-no": st.dictionaries(st.sampled_from(ON_PAPER), st.sampled_from(Answer)).map(
        lambda answers: Choice.answered(answers, ON_PAPER)
    ),
}


@pytest.mark.parametrize("kind", CASTABLE)
def test_every_ballot_comes_back_as_it_was_cast(kind, proving):
    rulebook = rules(OF_EACH_TYPE[kind])

    @settings(max_examples=IN_PROOF if proving else IN_SUITE)
    @given(choice=CASTABLE[kind], shuffle=st.randoms())
    def comes_back(choice, shuffle):
        typed = typed_of(rulebook, choice)
        shuffle.shuffle(typed)

        cast = read(rulebook, EVERYWHERE, typed)
        stored = cast.canonical()

        assert cast == choice
        assert Choice.load(stored) == choice
        assert Choice.load(stored).canonical() == stored
        assert ballot_content(cast_ballot(stored)) == stored

    comes_back()


def test_a_store_that_keeps_points_as_a_set_would_be_noticed():
    choice = Choice.pointed({"1": 1, "2": 4, "10": 1}, ON_PAPER)

    as_a_set = sorted(set(Choice.load(choice.canonical()).points))

    assert as_a_set != list(choice.points)
    assert Choice.load(choice.canonical()).points == (1, 4, 1)


NAMES = st.one_of(
    st.sampled_from(["vote", "points:", "score:1", "rank:", "answer:1", "csrfmiddlewaretoken"]),
    st.builds(
        str.__add__,
        st.sampled_from(["points:", "score:", "rank:", "answer:"]),
        st.sampled_from(RULES.numbers) | st.text(max_size=4),
    ),
    st.text(),
)
VALUES = st.one_of(
    st.sampled_from(RULES.numbers),
    st.sampled_from(["yes", "no", "abstain", "0", "-1", "1.5", "NaN", "1e309", "٣", "1_000"]),
    st.integers(-5, 10**20).map(str),
    st.text(st.characters()),
)
FORMS = st.lists(st.tuples(NAMES, VALUES), max_size=12)
AREAS = st.sets(st.sampled_from([TOWN, NORTH, SOUTH, "elsewhere"]))


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
@pytest.mark.parametrize("faulty", Faulty)
def test_whatever_is_typed_is_a_ballot_or_has_faults(kind, faulty, proving):
    rulebook = rules(OF_EACH_TYPE[kind], faulty=faulty)

    @settings(max_examples=1_000 if proving else 50)
    @given(typed=FORMS, areas=AREAS)
    def is_read(typed, areas):
        reading = examine(rulebook, areas, typed)
        try:
            choice = read(rulebook, areas, typed)
        except BallotFaulty as refused:
            assert refused.faults == reading.faults
            assert all(fault.code in FAULTS and str(fault) for fault in refused.faults)
        else:
            assert choice.is_void == bool(reading.faults)
            assert Choice.load(choice.canonical()) == choice
            assert not check(rulebook, areas, choice)

    is_read()


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
@settings(max_examples=50)
@given(typed=FORMS, areas=AREAS)
def test_counters_agree_with_the_faults(kind, typed, areas):
    rulebook = rules(OF_EACH_TYPE[kind])
    reading = examine(rulebook, areas, typed)

    parts = remaining(rulebook, areas, reading.choice).parts

    over = {fault.code for fault in reading.faults} & {"too-many", "over-budget", "over-total"}
    below_zero = any(
        value is not None and value < 0
        for left in parts
        for value in (left.more, left.money_left, left.points_left)
    )
    assert below_zero <= bool(over) | bool({f.code for f in reading.faults} & {"no-paper"})
