"""Ranking entries from score sheets: sums, ties, knock-outs, shares."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.challenges.judging.agreement import kendall
from civic_sourcing.challenges.judging.points import Criterion, Sheet, points_of
from civic_sourcing.challenges.judging.ranking import Method, Out, Ranking, Shares, Tie, rank

USE = Criterion("use", 20)
COST = Criterion("cost", 10, weight=30)
EXTRA = Criterion("extra", 5, bonus=True)


def sheet(judge: str, entry: str, use, cost=0, extra=0, *, failed: bool = False) -> Sheet:
    return Sheet(judge, entry, {"use": use, "cost": cost, "extra": extra}, failed)


def ranked(*sheets: Sheet, **options) -> Ranking:
    entries = list(dict.fromkeys(one.entry for one in sheets))
    return rank((USE, COST, EXTRA), sheets, options.pop("entries", entries), **options)


def places(ranking: Ranking) -> dict[str, int | None]:
    return {line.entry: line.place for line in ranking.lines}


def test_a_criterion_weighs_its_points_unless_said_otherwise_and_a_bonus_adds():
    ranking = ranked(sheet("ann", "a", 20, 10, 5))

    assert ranking.full == 50
    assert ranking.lines[0].raw == 55


def test_sums_are_exact():
    third = Criterion("third", 3, weight=1)

    points = points_of([third, USE], [Sheet("ann", "a", {"third": 1, "use": Decimal("0.1")})])

    assert points == [Fraction(1, 3) + Fraction(1, 10)]


@pytest.mark.parametrize(
    "values",
    [
        {"use": 21, "cost": 0, "extra": 0},
        {"use": -1, "cost": 0, "extra": 0},
        {"use": Decimal("20.01"), "cost": 0, "extra": 0},
        {"use": 20, "cost": 0},
        {"use": 20, "cost": 0, "extra": 0, "charm": 1},
    ],
    ids=["21 of 20", "below 0", "a hundredth too much", "one missing", "one unknown"],
)
def test_a_sheet_out_of_bounds_is_refused(values):
    with pytest.raises(ValueError, match="must|takes"):
        points_of((USE, COST, EXTRA), [Sheet("ann", "a", values)])


def test_one_judge_scores_an_entry_once():
    with pytest.raises(ValueError, match="once"):
        ranked(sheet("ann", "a", 1), sheet("ann", "a", 2))


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (Tie.SHARED, {"a": 1, "b": 1, "c": 3}),
        (Tie.CRITERION, {"b": 1, "a": 2, "c": 3}),
        (Tie.EARLIER, {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_equal_totals_are_decided_as_announced(tie, expected):
    sheets = [sheet("ann", "a", 3, 2), sheet("ann", "b", 9, 0), sheet("ann", "c", 0, 0)]

    assert places(ranked(*sheets, tie=tie)) == expected


def test_criteria_that_are_equal_too_share_the_place():
    ranking = ranked(sheet("ann", "a", 3, 2), sheet("ann", "b", 3, 2), tie=Tie.CRITERION)

    assert places(ranking) == {"a": 1, "b": 1}
    assert all(line.tied for line in ranking.lines)


def test_an_entry_is_out_when_more_than_half_of_its_judges_say_so():
    half = [sheet("ann", "a", 20, failed=True), sheet("bea", "a", 20)]
    most = [sheet(judge, "b", 20, failed=judge != "cem") for judge in ("ann", "bea", "cem")]

    ranking = ranked(*half, *most, entries=["a", "b", "c"])

    assert [(line.entry, line.place, line.out, line.failed) for line in ranking.lines] == [
        ("a", 1, Out.NO, 1),
        ("b", None, Out.KNOCKED_OUT, 2),
        ("c", None, Out.NOT_JUDGED, 0),
    ]


def test_the_public_has_its_share_of_the_full_points():
    sheets = [sheet("ann", "a", 20, 10), sheet("ann", "b", 10, 5)]
    shares = Shares(public=Fraction(1, 4), peer=Fraction(1, 4))

    ranking = ranked(*sheets, shares=shares, public={"b": Fraction(1)}, peer={"a": Fraction(1, 2)})

    assert {line.entry: line.total for line in ranking.lines} == {"a": 31.25, "b": 25}


def test_shares_are_no_more_than_the_whole():
    with pytest.raises(ValueError, match="Shares"):
        Shares(public=Fraction(3, 4), peer=Fraction(1, 2))


SCORES = st.dictionaries(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("pqrstu")),
    st.tuples(st.integers(0, 20), st.integers(0, 10), st.integers(0, 5)),
    min_size=1,
)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_sheets_never_matters(scores, dice):
    sheets = [sheet(judge, entry, *values) for (judge, entry), values in scores.items()]
    entries = sorted({entry for _judge, entry in scores})
    shuffled = dice.sample(sheets, len(sheets))

    assert ranked(*sheets, entries=entries) == ranked(*shuffled, entries=entries)


@given(
    st.lists(
        st.tuples(*[st.tuples(st.integers(0, 20), st.integers(0, 10))] * 3), min_size=1, max_size=8
    )
)
def test_judges_who_all_saw_everything_are_corrected_to_the_raw_order(table):
    sheets = [
        sheet(judge, f"{number}", use, cost)
        for number, row in enumerate(table)
        for judge, (use, cost) in zip("ABC", row, strict=True)
    ]

    raw = ranked(*sheets, method=Method.RAW)
    corrected = ranked(*sheets, method=Method.CORRECTED)

    assert places(raw) == places(corrected)
    assert [line.corrected - line.raw for line in corrected.lines] == pytest.approx(
        [0] * len(table), abs=1e-6
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [4, 5, 6], 1),
        ([1, 2, 3], [6, 5, 4], -1),
        ([1, 2, 3, 4], [1, 2, 4, 3], 4 / 6),
        ([1, 1, 2], [1, 2, 3], 2 / 6**0.5),
        ([1, 1], [1, 2], 0),
    ],
    ids=["same", "reverse", "one swap of six", "a tie", "all ties"],
)
def test_kendalls_tau_by_hand(one, other, expected):
    assert kendall(one, other) == pytest.approx(expected)
