"""The ballot papers of two real votes that the how-to says how to set up."""

from dataclasses import replace

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    AreaUse,
    CategoryLimit,
    PaperProject,
    Scope,
)

from .papers import faults, rules, ticks

FIELDS = ("welfare", "culture", "traffic", "safety", "parks")
SEOUL_2015 = rules(
    ApprovalLimits(least=5, most=5),
    areas=(Area(code="town", budget=50_000, town_wide=True),),
    projects=tuple(
        PaperProject(number=f"{field}{number}", cost=1000, area="town", category=field)
        for field in FIELDS
        for number in (1, 2, 3)
    ),
    categories=tuple(CategoryLimit(code=field, least=1, most=1) for field in FIELDS),
)
SEOUL_2019 = rules(
    ApprovalLimits(least=1, most=7),
    areas=(
        Area(code="town", budget=50_000, town_wide=True, limits=ApprovalLimits(most=7)),
        Area(code="jongno", budget=9_000, limits=ApprovalLimits(most=3)),
        Area(code="mapo", budget=9_000, limits=ApprovalLimits(most=3)),
    ),
    projects=tuple(
        PaperProject(number=f"{area}{number}", cost=1000, area=area)
        for area in ("town", "jongno", "mapo")
        for number in range(1, 10)
    ),
    area_use=AreaUse.OWN_AND_TOWN,
    scope=Scope.AREA,
    may_leave_area_empty=True,
)
OF_MAPO = SEOUL_2019.areas_of("mapo")


def picks(area, most, start=1):
    return [f"{area}{number}" for number in range(start, start + most)]


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        pytest.param([f"{field}2" for field in FIELDS], False, id="one of each field"),
        pytest.param(
            ["welfare1", "welfare2", *(f"{f}1" for f in FIELDS[2:])], True, id="two of one"
        ),
        pytest.param([f"{field}2" for field in FIELDS[:4]], True, id="one field left out"),
        pytest.param([*(f"{f}1" for f in FIELDS), "parks2"], True, id="a sixth"),
    ],
)
def test_five_projects_one_of_each_field(chosen, wrong):
    assert bool(faults(SEOUL_2015, ticks(*chosen), ("town",))) is wrong


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        pytest.param(picks("town", 7) + picks("mapo", 3), False, id="seven and three"),
        pytest.param(picks("town", 2), False, id="two of the town"),
        pytest.param(picks("town", 8), True, id="eight of the town"),
        pytest.param(picks("town", 6) + picks("mapo", 4), True, id="four of the district"),
        pytest.param(picks("town", 7) + picks("jongno", 3), True, id="three of another district"),
    ],
)
def test_seven_projects_of_the_town_and_three_of_ones_own_district(chosen, wrong):
    assert bool(faults(SEOUL_2019, ticks(*chosen), OF_MAPO)) is wrong


def test_both_can_be_frozen_and_read_again():
    for rulebook in (SEOUL_2015, SEOUL_2019):
        assert type(rulebook).load(rulebook.canonical()) == replace(rulebook)
