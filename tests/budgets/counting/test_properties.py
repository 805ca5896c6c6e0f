"""What holds for any election, tried on made-up ones."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civic_sourcing.budgets.counting import (
    RULES,
    Ballot,
    Election,
    PabulibError,
    Project,
    VoteType,
    count,
    plain,
    read_pabulib,
)
from tests.rich import examples

from .elections import as_pb, small, stream

ids = st.text("abc12/._-é한\";' ", min_size=1, max_size=6).map(str.strip).filter(bool)
money = st.integers(0, 1000) | st.integers(0, 10**6).map(lambda cents: exact(cents, 100))
grades = st.integers(0, 10) | st.integers(0, 100).map(lambda tenths: exact(tenths, 10))


def exact(number: int, parts: int) -> int | Fraction:
    value = Fraction(number, parts)
    return int(value) if value.denominator == 1 else value


@st.composite
def elections(draw: st.DrawFn) -> Election:
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    projects = tuple(
        Project(name, draw(money), draw(ids), position=place) for place, name in enumerate(names)
    )
    vote_type = draw(st.sampled_from(VoteType))
    longest = 1 if vote_type is VoteType.CHOOSE_1 else len(names)
    picks = st.lists(st.sampled_from(names), max_size=longest, unique=True)
    ballots = []
    for chosen in draw(st.lists(picks, max_size=12)):
        if vote_type is not VoteType.ORDINAL:
            chosen.sort(key=names.index)
        points = tuple(draw(grades) for _ in chosen) if vote_type.has_points else None
        ballots.append(Ballot(tuple(chosen), points))
    return Election(projects, tuple(ballots), draw(money), vote_type, rule="greedy")


@examples(2000)
@given(elections())
def test_written_election_is_read_back_as_it_was(election):
    again = read_pabulib(stream(as_pb(election)), keep_order=True)

    assert list(again.iter_ballots()) == list(election.iter_ballots())
    assert [(p.id, p.cost, p.name) for p in again.projects] == [
        (p.id, p.cost, p.name) for p in election.projects
    ]
    assert (again.budget, again.vote_type) == (election.budget, election.vote_type)


@examples(2000)
@given(elections(), st.sampled_from(sorted(RULES)))
def test_reading_and_merging_never_changes_the_count(election, rule):
    again = read_pabulib(stream(as_pb(election)))

    assert count(again, rule) == count(election, rule)


@examples(2000)
@given(elections(), st.sampled_from(["greedy", "greedy-no-skip"]), grades)
def test_budget_is_never_exceeded(election, rule, threshold):
    result = count(election, rule, threshold)

    assert result.left >= 0
    assert result.spent + result.left == election.budget


@examples(2000)
@given(elections(), grades)
def test_partial_last_exceeds_the_budget_by_a_quarter_at_most(election, threshold):
    result = count(election, "greedy-partial-last", threshold)

    assert -4 * result.left <= election.budget


@examples(2000)
@given(elections(), st.sampled_from(sorted(RULES)), st.randoms())
def test_order_of_ballots_never_matters(election, rule, random):
    ballots = list(election.ballots)
    random.shuffle(ballots)
    shuffled = Election(
        election.projects, tuple(ballots), election.budget, election.vote_type, rule="greedy"
    )

    assert count(shuffled, rule) == count(election, rule)


@example(
    Election(
        (Project("wanted", 1, "", position=0), Project("unwanted", 0, "", position=1)),
        (Ballot(("wanted",)),),
        1,
        VoteType.APPROVAL,
        rule="greedy",
    ),
    "equal-shares",
    0,
)
@examples(2000)
@given(elections(), st.sampled_from(sorted(RULES)), grades)
def test_steps_replay_to_the_result(election, rule, threshold):
    result = count(election, rule, threshold)

    left = election.budget
    for step in result.steps:
        assert step.left_before == left
        left -= step.cost if step.outcome.is_funded else 0
    assert left == result.left
    assert sorted(step.project for step in result.steps) == sorted(result.scores)
    if rule.startswith("greedy"):
        assert [step.score for step in result.steps] == sorted(result.scores.values(), reverse=True)


@examples(2000)
@given(elections(), grades)
def test_greedy_leaves_nothing_that_would_still_fit(election, threshold):
    result = count(election, "greedy", threshold)

    passed_over = [step for step in result.steps if not step.outcome.is_funded]
    assert all(not s.score or s.score < threshold or s.cost > result.left for s in passed_over)


@pytest.mark.parametrize("name", ["approval", "cumulative", "scoring", "ordinal", "single-choice"])
@examples(2000)
@given(changes=st.data())
def test_mutated_file_is_read_or_refused_but_never_crashes(name, changes):
    content = bytearray(small(name).read_bytes())
    for _ in range(changes.draw(st.integers(1, 4))):
        start = changes.draw(st.integers(0, len(content)))
        end = start + changes.draw(st.integers(0, 30))
        piece = st.binary(max_size=6) | st.sampled_from(
            [b"", b'"', b";", b",", b"\n", b"\r", b"\0", b"VOTES\n", b"-1", b"9" * 20, b"None"]
        )
        content[start:end] = changes.draw(piece)

    refusal = None
    try:
        count(read_pabulib(stream(bytes(content))))
    except PabulibError as error:
        refusal = error

    assert refusal is None or (refusal.line >= 1 and refusal.field)


@examples(2000)
@given(st.binary(max_size=400))
def test_garbage_is_refused(garbage):
    with pytest.raises(PabulibError):
        read_pabulib(stream(garbage))


@examples(2000)
@given(st.integers(-(10**21), 10**21), st.integers(0, 6))
def test_exact_decimals_are_written_as_they_are(digits, decimals):
    number = exact(digits, 10**decimals)

    assert Fraction(plain(number)) == number
    assert "e" not in plain(number).lower()
