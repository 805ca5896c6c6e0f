"""Ballot papers of Neulbom for the tests: two districts and the town, nine projects."""

from dataclasses import replace

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    BallotFaulty,
    CumulativeLimits,
    KnapsackLimits,
    PaperProject,
    RankingLimits,
    Rulebook,
    ScoreLimits,
    SingleChoiceLimits,
    WinnerRule,
    YesNoLimits,
    read,
)

TOWN, NORTH, SOUTH = "town", "north", "south"
EVERYWHERE = (TOWN, NORTH, SOUTH)

PROJECTS = (
    PaperProject(number="1", cost=500_00, area=TOWN, category="green"),
    PaperProject(number="2", cost=300_00, area=TOWN, category="play"),
    PaperProject(number="10", cost=200_00, area=TOWN, category="green"),
    PaperProject(number="N/1", cost=100_00, area=NORTH, category="play"),
    PaperProject(number="N/2", cost=150_00, area=NORTH, category="green"),
    PaperProject(number="N/3", cost=250_00, area=NORTH),
    PaperProject(number="S/1", cost=100_00, area=SOUTH, category="play"),
    PaperProject(number="S/2", cost=200_00, area=SOUTH, category="green"),
    PaperProject(number="S/3", cost=50_00, area=SOUTH, withdrawn=True),
)
AREAS = (
    Area(code=TOWN, budget=1_000_00, town_wide=True),
    Area(code=NORTH, budget=300_00),
    Area(code=SOUTH, budget=250_00),
)

RULES = Rulebook(
    vote="0b8e0f3c-6c7a-4a53-9c0e-0b6f2f2d6a11",
    currency="EUR",
    limits=ApprovalLimits(least=1, most=5),
    areas=AREAS,
    projects=PROJECTS,
    winner=WinnerRule(name="greedy"),
)

OF_EACH_TYPE = {
    "approval": ApprovalLimits(most=5),
    "knapsack": KnapsackLimits(),
    "cumulative": CumulativeLimits(total=100, most_points=60),
    "ordinal": RankingLimits(most=5),
    "scoring": ScoreLimits(top=5),
    "choose-1": SingleChoiceLimits(least=0),
    "yes-no": YesNoLimits(),
}


def rules(limits=None, **changes):
    """The rules of Neulbom with other limits or with whatever else is changed."""
    return replace(RULES, **({"limits": limits} if limits else {}), **changes)


def ticks(*numbers):
    return [("vote", number) for number in numbers]


def fields(kind, marks):
    """The fields of a form on which each project has one of its own."""
    return [(f"{kind}:{number}", str(value)) for number, value in marks.items()]


def faults(rulebook, typed, areas=EVERYWHERE, **more):
    """Code and context of everything that is wrong; an empty list if the ballot can be cast."""
    try:
        read(rulebook, areas, typed, **more)
    except BallotFaulty as faulty:
        return [(fault.code, dict(fault.context)) for fault in faulty.faults]
    return []


def codes(rulebook, typed, areas=EVERYWHERE, **more):
    return [code for code, _ in faults(rulebook, typed, areas, **more)]
