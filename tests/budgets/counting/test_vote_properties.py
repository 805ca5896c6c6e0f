"""What holds for any vote with areas, groups and conditions, under every rule."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.counting import (
    AreaMoney,
    AreaUse,
    Ballot,
    CategoryWinners,
    Count,
    CountRules,
    Electorate,
    GroupWeight,
    Least,
    Need,
    Of,
    Papers,
    Project,
    Tie,
    VoteType,
    count_votes,
    every_rule,
)
from tests.rich import examples

NAMES = ("1", "2", "10", "A2", "A10", "b")
RULES = every_rule(CountRules(areas=()))

names = st.sampled_from(NAMES)
small = st.integers(0, 6)
several = st.lists(names, min_size=2, max_size=3, unique=True).map(tuple)
leasts = st.none() | st.builds(
    Least, small | small.map(lambda n: Fraction(n, 3)), st.sampled_from([Of.COUNT, Of.PERCENT])
)


@st.composite
def votes(draw: st.DrawFn) -> tuple[list[Project], Electorate, CountRules]:
    projects = [
        Project(
            name,
            draw(small),
            position=place,
            withdrawn=draw(st.integers(0, 9)) == 0,
            area=draw(st.sampled_from("ns")),
            category=draw(st.sampled_from(["", "green"])),
        )
        for place, name in enumerate(NAMES)
    ]
    vote_type = draw(st.sampled_from(VoteType))
    papers = tuple(
        Papers(tuple(draw(st.lists(ballots(vote_type), max_size=5))), area, group)
        for area, group in draw(st.lists(st.tuples(*[st.sampled_from("nsx")] * 2), max_size=4))
    )
    rules = replace(
        draw(st.sampled_from(RULES)),
        areas=(AreaMoney("n", draw(small)), AreaMoney("s", draw(small), town_wide=True)),
        vote_type=vote_type,
        tie=draw(st.sampled_from(Tie)),
        seed="s",
        threshold=draw(leasts),
        quorum=draw(st.none() | st.just(Least(2))),
        area_use=draw(st.sampled_from(AreaUse)),
        apart=draw(st.booleans()),
        categories=draw(st.just(()) | st.just((CategoryWinners("green", 1, 2),))),
        exclusive=tuple(draw(st.lists(several, max_size=2))),
        dependencies=tuple(
            Need(a, b) for a, b in draw(st.lists(st.tuples(names, names), max_size=2)) if a != b
        ),
        groups=draw(st.just(()) | st.just((GroupWeight("n", 1), GroupWeight("s", Fraction(2, 3))))),
    )
    return projects, Electorate(papers), rules


@st.composite
def ballots(draw: st.DrawFn, vote_type: VoteType) -> Ballot:
    most = 1 if vote_type is VoteType.CHOOSE_1 else 4
    picks = draw(st.lists(names, max_size=most, unique=True))
    if vote_type is not VoteType.ORDINAL:
        picks.sort(key=NAMES.index)
    points = tuple(draw(st.integers(-1, 3)) for _ in picks) if vote_type.has_points else None
    return Ballot(tuple(picks), points, draw(st.integers(1, 3)))


@examples(2000)
@given(votes(), st.randoms())
def test_neither_order_nor_merging_of_ballots_matters(vote, random):
    projects, electorate, rules = vote
    papers = [
        Papers((ballot._replace(times=1),), each.area, each.group)
        for each in electorate.papers
        for ballot in each.ballots
        for _ in range(ballot.times)
    ]
    random.shuffle(papers)

    again = count_votes(projects, Electorate(tuple(papers)), rules)

    assert again == count_votes(projects, electorate, rules)


@examples(2000)
@given(votes(), st.randoms())
def test_order_of_projects_matters_only_where_it_is_the_tie_rule(vote, random):
    projects, electorate, rules = vote
    if rules.tie == Tie.ORDER:
        rules = replace(rules, tie=Tie.NUMBER)
    shuffled = list(projects)
    random.shuffle(shuffled)
    moved = [replace(project, position=place) for place, project in enumerate(shuffled)]

    again = count_votes(moved, electorate, rules)

    before = count_votes(projects, electorate, rules)
    assert (again.selected, again.steps) == (before.selected, before.steps)


@examples(2000)
@given(votes())
def test_winners_keep_to_all_the_rules(vote):
    projects, electorate, rules = vote

    result = count_votes(projects, electorate, rules)

    won = set(result.selected)
    known = {project.id: project for project in projects}
    assert sorted(step.project for step in result.steps) == sorted(known)
    assert all(not known[name].withdrawn and result.scores[name] > 0 for name in won)
    assert all(area.left >= 0 for area in result.areas) or rules.rule == "greedy-partial-last"
    assert all(len(won & set(names)) <= 1 for names in rules.exclusive)
    assert all(need.needs in won for need in rules.dependencies if need.project in won)
    assert sum(known[name].category == "green" for name in won) <= 2 or not rules.categories
    assert not won or rules.quorum is None or electorate.ballot_count >= 2


@examples(2000)
@given(votes())
def test_any_count_survives_being_written_down(vote):
    result = count_votes(*vote)

    assert Count.from_document(json.loads(json.dumps(result.to_document()))) == result
