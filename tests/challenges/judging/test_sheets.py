"""What a score sheet may say: the bounds of every kind of criterion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.challenges.judging.sheets import Fault, Kind, Mark, Measure, faults_of

TWENTY = Measure("reach", points=20)
SCALE = Measure("idea", Kind.RATING, points=10, levels=frozenset({0, 5, 10}))
KNOCKOUT = Measure("legal", Kind.YES_NO)
TALKED = Measure("team", points=5, needs_comment=True)


@pytest.mark.parametrize(
    ("measure", "mark", "fault"),
    [
        (TWENTY, Mark(0), None),
        (TWENTY, Mark(20), None),
        (TWENTY, Mark(21), Fault.ABOVE),
        (TWENTY, Mark(-1), Fault.BELOW),
        (TWENTY, Mark(), Fault.MISSING),
        (SCALE, Mark(5), None),
        (SCALE, Mark(6), Fault.NO_LEVEL),
        (SCALE, Mark(11), Fault.ABOVE),
        (KNOCKOUT, Mark(1), None),
        (KNOCKOUT, Mark(2), Fault.ABOVE),
        (TALKED, Mark(3, "They have built one."), None),
        (TALKED, Mark(3, "  "), Fault.NO_COMMENT),
    ],
    ids=str,
)
def test_a_whole_sheet_keeps_the_bounds_of_each_criterion(measure, mark, fault):
    faults = faults_of([measure], {measure.id: mark}, whole=True)

    assert faults == ([(measure.id, fault)] if fault else [])


def test_a_draft_may_have_gaps_but_no_points_out_of_bounds():
    marks = {"reach": Mark(21), "team": Mark(2)}

    assert faults_of([TWENTY, SCALE, TALKED], marks, whole=False) == [("reach", Fault.ABOVE)]


def test_a_criterion_of_another_phase_is_refused():
    assert faults_of([TWENTY], {"reach": Mark(1), "old": Mark(1)}, whole=True) == [
        ("old", Fault.UNKNOWN)
    ]


@given(st.lists(st.integers(-3, 30), min_size=6, max_size=6))
def test_no_sheet_without_fault_has_106_of_105_points(points):
    five = [Measure(str(number), points=20) for number in range(5)]
    measures = [*five, Measure("bonus", points=5)]
    marks = {measure.id: Mark(given) for measure, given in zip(measures, points, strict=True)}

    assert faults_of(measures, marks, whole=True) or sum(points) <= 105
