"""The program people check a vote with counts as the town does, whatever the rules."""

import random
from fractions import Fraction

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    AreaUse,
    Dependency,
    Least,
    PaperProject,
    Rulebook,
    Tie,
    VoterGroup,
    WinnerRule,
)
from civic_sourcing.budgets.counting import (
    AreaMoney,
    Ballot,
    CategoryWinners,
    CountRules,
    Electorate,
    GroupWeight,
    Need,
    Of,
    Papers,
    Project,
    VoteType,
    count_votes,
)
from civic_sourcing.budgets.counting import AreaUse as CountedUse
from civic_sourcing.budgets.counting import Least as CountedLeast
from civic_sourcing.budgets.counting import Tie as CountedTie
from civic_sourcing.budgets.counting.plan import COMPLETIONS, UTILITIES
from civic_sourcing.budgets.counting_votes import rules_of_vote

AREAS = ("n", "s", "t")
THRESHOLDS = [
    None,
    CountedLeast(2, Of.COUNT),
    CountedLeast(3, Of.SCORE),
    CountedLeast(Fraction(25, 2), Of.PERCENT),
]


def a_vote(draw):
    """Projects, ballots and rules as odd as they come, with many ties."""
    codes = AREAS if draw.random() < 0.5 else ("",)
    projects = [
        Project(
            id=f"{draw.choice(['', 'A', '0'])}{place}",
            cost=draw.choice([0, 5, 10, 10, 15, 20, 33]),
            position=place,
            withdrawn=draw.random() < 0.08,
            area=draw.choice(codes),
            category=draw.choice(["", "c", "d"]),
        )
        for place in range(1, draw.randint(2, 10))
    ]
    ids = [project.id for project in projects]
    kind = draw.choice(list(VoteType))
    grouped = draw.random() < 0.3
    papers = {}
    for _voter in range(draw.randint(0, 25)):
        key = (draw.choice(codes) if len(codes) > 1 else "", draw.choice("ggh") * grouped)
        papers.setdefault(key, []).append(a_ballot(draw, ids, kind))
    rules = CountRules(
        areas=tuple(AreaMoney(code, draw.randint(0, 60), code == "t") for code in codes),
        vote_type=kind,
        area_use=draw.choice(list(CountedUse)) if len(codes) > 1 else CountedUse.ALL,
        apart=len(codes) > 1 and draw.random() < 0.5,
        tie=draw.choice(list(CountedTie)),
        seed="4 8 15 16 23 42",
        groups=(GroupWeight("g", 30), GroupWeight("h", 70)) if grouped else (),
        **winning(draw),
        **conditions(draw, ids),
    )
    made = tuple(Papers(tuple(each), *key) for key, each in sorted(papers.items()))
    return projects, Electorate(made or (Papers(()),), eligible=60), rules


def a_ballot(draw, ids, kind):
    most = 1 if kind is VoteType.CHOOSE_1 else min(4, len(ids))
    picks = draw.sample(ids, draw.randint(0, most))
    if kind is not VoteType.ORDINAL:
        picks.sort(key=ids.index)
    points = tuple(draw.choice([-1, 0, 1, 2, Fraction(1, 2)]) for _pick in picks)
    return Ballot(tuple(picks), points if kind.has_points else None, draw.randint(1, 3))


def winning(draw):
    quorum = draw.choice([None, None, CountedLeast(12), CountedLeast(20, Of.PERCENT)])
    told = {"threshold": draw.choice(THRESHOLDS), "quorum": quorum}
    if draw.random() < 0.4:
        rule = draw.choice(["greedy", "greedy-no-skip", "greedy-partial-last"])
        return {**told, "rule": rule}
    options = {"utility": draw.choice(UTILITIES), "completion": str(draw.choice(COMPLETIONS))}
    return {**told, "rule": "equal-shares", **options}


def conditions(draw, ids):
    if draw.random() < 0.5 or len(ids) < 3:
        return {}
    return {
        "categories": (CategoryWinners("c", draw.randint(0, 2), draw.choice([None, 1, 2])),),
        "exclusive": (tuple(draw.sample(ids, 2)),),
        "dependencies": tuple(Need(*draw.sample(ids, 2)) for _each in range(draw.randint(0, 2))),
    }


def as_file(projects, electorate, rules):
    rows = [
        (each.area, each.group, ",".join(ballot.projects), ",".join(map(str, ballot.points or ())))
        for each in electorate.papers
        for ballot in each.ballots
        for _one in range(ballot.times)
    ]
    lines = [
        *("META", "key;value", f"budget;{rules.budget}", f"vote_type;{rules.vote_type}"),
        *("PROJECTS", "project_id;cost;withdrawn"),
        *(f"{each.id};{each.cost};{int(each.withdrawn)}" for each in projects),
        *("VOTES", "voter_id;area;group;vote;points"),
        *(";".join([str(number), *row]) for number, row in enumerate(rows)),
    ]
    return "\n".join(lines) + "\n"


def test_it_counts_as_the_town_does_whatever_the_rules(verifier, proving):
    for seed in range(5000 if proving else 250):
        projects, electorate, rules = a_vote(random.Random(seed))
        expected = count_votes(projects, electorate, rules)

        ballots = verifier.Ballots(as_file(projects, electorate, rules))
        places = {each.id: (each.area, each.category) for each in projects}
        chosen, _wrong = verifier.check_count(ballots, rules.to_document(), places, None, 60)

        assert tuple(chosen) == expected.selected, (seed, rules)


@pytest.mark.parametrize(
    "change", ["", "tie", "threshold", "areas", "groups", "dependencies", "categories"]
)
def test_a_count_by_other_rules_than_were_frozen_is_named(verifier, change):
    rulebook = Rulebook(
        vote="v",
        currency="EUR",
        limits=ApprovalLimits(),
        areas=(Area(code="n", budget=500), Area(code="t", budget=1000, town_wide=True)),
        projects=tuple(PaperProject(number=number, cost=400, area="n") for number in "ABC"),
        winner=WinnerRule(name="equal-shares", utility="cost", completion="add1"),
        area_use=AreaUse.OWN_AND_TOWN,
        exclusive=(("A", "B"),),
        dependencies=(Dependency(project="C", needs="A"),),
        groups=(VoterGroup(code="g", weight=Fraction(5, 2)), VoterGroup(code="h", weight=10)),
        threshold=Least(value=Fraction(5, 2), of="percent"),
        tie=Tie.LOT,
        category_winners=(CategoryWinners("green", least=1),),
    )
    applied = rules_of_vote(rulebook, drawn="7").to_document()
    if change:
        applied[change] = "cost" if change == "tie" else []

    frozen = verifier.rules_of_rulebook(rulebook.document())
    other = [name for name, value in frozen.items() if not verifier.same(applied[name], value)]

    assert other == ([change] if change else [])
