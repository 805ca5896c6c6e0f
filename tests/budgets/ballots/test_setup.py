"""Before a vote opens: what is missing or contradictory, and what voters will meet."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_sourcing.budgets.ballots import (
    LINES,
    OPEN_POINTS,
    ApprovalLimits,
    Area,
    AreaUse,
    CategoryLimit,
    CategoryWinners,
    Choice,
    CumulativeLimits,
    Dependency,
    KnapsackLimits,
    Least,
    Of,
    PaperProject,
    PhaseTimes,
    RankingLimits,
    Scope,
    ScoreLimits,
    SingleChoiceLimits,
    Tie,
    VoterGroup,
    WinnerRule,
    YesNoLimits,
    check,
    meets,
    open_points,
)
from civic_sourcing.budgets.ballots.possible import Reason, impossible

from .papers import AREAS, EVERYWHERE, NORTH, OF_EACH_TYPE, PROJECTS, TOWN, rules

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def day(number, hour=0):
    return datetime(2026, 5, number, hour, tzinfo=UTC)


VOTING = PhaseTimes(kind="voting", opens_at=day(4), closes_at=day(18))
PHASES = (
    PhaseTimes(kind="projects", opens_at=day(1), closes_at=day(18)),
    VOTING,
    PhaseTimes(kind="counting", opens_at=day(18), closes_at=day(20)),
    PhaseTimes(kind="results", opens_at=day(20)),
)


def whole(limits=None, **changes):
    """Rules with which a vote may open, but for the changes."""
    return rules(limits, **{"eligibility": ("register",), "phases": PHASES, **changes})


def found(rulebook, now=NOW, **facts):
    return [point.code for point in open_points(rulebook, now, **facts)]


@pytest.mark.parametrize("kind", OF_EACH_TYPE)
def test_whole_rules_have_no_open_point(kind):
    assert found(whole(OF_EACH_TYPE[kind]), eligible=1) == []


def project(number, **facts):
    return PaperProject(**{"number": number, "cost": 100, "area": NORTH, **facts})


def without(area):
    return tuple(each for each in PROJECTS if each.area != area)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"projects": ()}, ["no-projects", "area-empty", "area-empty", "area-empty"]),
        ({"projects": (*PROJECTS, project("1"))}, ["project-twice"]),
        ({"projects": (*PROJECTS, project("x", area="moon"))}, ["project-area"]),
        ({"projects": (*PROJECTS, project("x", cost=-1))}, ["project-cost"]),
        ({"projects": without(NORTH)}, ["area-empty"]),
        ({"areas": (), "projects": ()}, ["no-projects", "no-areas"]),
        ({"areas": (*AREAS, AREAS[1])}, ["area-twice"]),
        ({"areas": (AREAS[0], replace(AREAS[1], budget=0), AREAS[2])}, ["area-money"]),
        ({"areas": (AREAS[0], replace(AREAS[1], budget=99_99), AREAS[2])}, ["none-affordable"]),
        ({"areas": (AREAS[0], replace(AREAS[1], budget=100_00), AREAS[2])}, []),
        (
            {"area_use": AreaUse.OWN_AND_TOWN, "areas": (replace(AREAS[0], town_wide=False),)},
            ["project-area"] * 6 + ["town-missing"],
        ),
        ({"area_use": AreaUse.OWN}, ["town-unused"]),
        ({"area_use": AreaUse.OWN_AND_TOWN}, []),
        (
            {"areas": (replace(AREAS[0], limits=ApprovalLimits()), *AREAS[1:])},
            ["area-limits-unused"],
        ),
        (
            {
                "areas": (replace(AREAS[0], limits=RankingLimits()), *AREAS[1:]),
                "scope": Scope.AREA,
            },
            ["area-limits-kind"],
        ),
    ],
)
def test_a_paper_that_cannot_be_voted_on(changes, codes):
    assert found(whole(**changes)) == codes


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (ApprovalLimits(least=-1), "limit-negative"),
        (ApprovalLimits(most=-1), "limit-negative"),
        (ApprovalLimits(most=0), "most-zero"),
        (ApprovalLimits(least=3, most=2), "limits-order"),
        (ApprovalLimits(least=9), "least-projects"),
        (SingleChoiceLimits(most=2), "single-most"),
        (SingleChoiceLimits(most=None), "single-most"),
        (CumulativeLimits(total=0), "total-low"),
        (CumulativeLimits(total=5, most_points=0), "points-low"),
        (CumulativeLimits(total=5, least_total=6), "total-order"),
        (CumulativeLimits(total=100, least_total=100, most_points=12), "least-projects"),
        (CumulativeLimits(total=9, least_total=9, most_points=2, most=4), "least-projects"),
        (ScoreLimits(top=0), "top-low"),
        (KnapsackLimits(least_percent=101), "share-range"),
        (KnapsackLimits(least_percent=-1), "share-range"),
        (KnapsackLimits(budget=1_550_01), "budget-range"),
        (KnapsackLimits(budget=0), "budget-range"),
        (KnapsackLimits(least=7), "least-money"),
        (KnapsackLimits(budget=99_99, least=1), "least-money"),
        (KnapsackLimits(least_percent=94), "least-money"),
        (RankingLimits(least=3, most=2), "limits-order"),
        (YesNoLimits(least=9), "least-projects"),
    ],
)
def test_limits_that_no_ballot_can_keep(limits, code):
    assert found(whole(limits)) == [code]


@pytest.mark.parametrize(
    "limits",
    [
        ApprovalLimits(least=8, most=8),
        CumulativeLimits(total=96, least_total=96, most_points=12),
        KnapsackLimits(least=6),
        KnapsackLimits(budget=100_00, least=1),
        KnapsackLimits(budget=1_550_00, least_percent=93),
    ],
)
def test_limits_that_one_ballot_can_just_keep(limits):
    assert found(whole(limits)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"categories": (CategoryLimit(code="green", least=5),)}, "category-least"),
        ({"categories": (CategoryLimit(code="red", least=1),)}, "category-least"),
        ({"categories": (CategoryLimit(code="green"),) * 2}, "category-twice"),
        ({"categories": (CategoryLimit(code="green", least=2, most=1),)}, "category-order"),
        (
            {
                "categories": (
                    CategoryLimit(code="green", least=3),
                    CategoryLimit(code="play", least=3),
                )
            },
            "categories-most",
        ),
        (
            {
                "limits": ApprovalLimits(least=5),
                "categories": (
                    CategoryLimit(code="green", most=1),
                    CategoryLimit(code="play", most=1),
                ),
            },
            "least-categories",
        ),
        (
            {
                "exclusive": (("1", "10", "N/2"),),
                "categories": (CategoryLimit(code="green", least=3),),
            },
            "least-categories",
        ),
        ({"exclusive": (("1",),)}, "exclusive-small"),
        ({"exclusive": (("1", "1"),)}, "exclusive-small"),
        ({"exclusive": (("1", "99"),)}, "exclusive-unknown"),
        (
            {
                "limits": ApprovalLimits(least=5, most=8),
                "exclusive": (("1", "2", "10"), ("N/1", "N/2", "N/3")),
            },
            "least-exclusive",
        ),
        ({"dependencies": (Dependency(project="1", needs="99"),)}, "dependency-unknown"),
        ({"dependencies": (Dependency(project="1", needs="S/3"),)}, "dependency-unknown"),
        ({"dependencies": (Dependency(project="1", needs="1"),)}, "dependency-cycle"),
        (
            {
                "dependencies": (
                    Dependency(project="1", needs="2"),
                    Dependency(project="2", needs="10"),
                    Dependency(project="10", needs="1"),
                )
            },
            "dependency-cycle",
        ),
        (
            {
                "dependencies": (
                    Dependency(project="1", needs="2"),
                    Dependency(project="2", needs="10"),
                ),
                "exclusive": (("1", "10"),),
            },
            "needs-excluded",
        ),
        (
            {
                "dependencies": (
                    Dependency(project="1", needs="2"),
                    Dependency(project="1", needs="10"),
                ),
                "exclusive": (("2", "10"),),
            },
            "needs-excluded",
        ),
        (
            {
                "area_use": AreaUse.OWN_AND_TOWN,
                "dependencies": (Dependency(project="1", needs="N/1"),),
            },
            "needs-elsewhere",
        ),
    ],
)
def test_sets_and_categories_that_contradict_each_other(changes, code):
    assert found(whole(**changes)) == [code]


FOUR_GREEN = CategoryWinners("green", least=4)
POORER_TOWN = (replace(AREAS[0], budget=600_00), *AREAS[1:])


@pytest.mark.parametrize(
    ("winners", "changes", "codes"),
    [
        ((FOUR_GREEN,), {}, []),
        ((CategoryWinners("green", most=1),), {"areas": POORER_TOWN}, []),
        ((FOUR_GREEN,), {"area_use": AreaUse.OWN_AND_TOWN}, []),
        ((FOUR_GREEN, CategoryWinners("green")), {}, ["winners-twice"]),
        ((CategoryWinners("green", 2, 1),), {}, ["winners-order"]),
        ((CategoryWinners("green", 5),), {}, ["winners-least"]),
        ((FOUR_GREEN,), {"exclusive": (("1", "10"),)}, ["winners-sets"]),
        ((FOUR_GREEN,), {"areas": POORER_TOWN}, ["winners-money"]),
        ((FOUR_GREEN, CategoryWinners("play", 3)), {}, ["winners-money"]),
    ],
    ids=[
        "as many as there are", "a most", "over all areas", "twice", "order", "too few projects",
        "exclusive", "one too dear", "too dear together",
    ],
)  # fmt: skip
def test_winners_of_categories_that_contradict_each_other(winners, changes, codes):
    assert found(whole(category_winners=winners, **changes)) == codes


def test_a_district_project_may_need_one_of_the_town():
    needs = (Dependency(project="N/1", needs="1"),)

    assert found(whole(area_use=AreaUse.OWN_AND_TOWN, dependencies=needs)) == []


def test_a_chain_of_needs_longer_than_a_ballot_leaves_nothing_to_choose():
    chain = (
        Dependency(project="1", needs="2"),
        Dependency(project="2", needs="10"),
        Dependency(project="10", needs="1"),
    )
    one_area = rules(ApprovalLimits(least=1, most=2), dependencies=chain)

    assert impossible(one_area, [TOWN]) is Reason.DEPENDENCIES


def test_where_an_area_may_be_left_empty_each_must_be_possible_by_itself():
    limits = ApprovalLimits(least=3, most=3)
    by_area = {"scope": Scope.AREA, "may_leave_area_empty": True}

    (point,) = open_points(whole(limits, **by_area), NOW)

    assert (point.code, point.context) == ("least-projects", {"areas": "south"})


@pytest.mark.parametrize("use", [AreaUse.ONE, AreaUse.OWN_AND_TOWN])
def test_the_paper_on_which_nothing_can_be_cast_is_named(use):
    limits = ApprovalLimits(least=3 if use == AreaUse.ONE else 6)

    points = open_points(whole(limits, area_use=use), NOW)

    expected = "south" if use == AreaUse.ONE else "town, south"
    assert [(point.code, point.context) for point in points] == [
        ("least-projects", {"areas": expected})
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"eligibility": ()}, "no-eligibility"),
        (
            {"groups": (VoterGroup(code="a", weight=50), VoterGroup(code="b", weight=49))},
            "weights-sum",
        ),
        ({"groups": (VoterGroup(code="a", weight=Fraction(199, 2)),)}, "weights-sum"),
        ({"groups": (VoterGroup(code="a", weight=50),) * 2}, "group-twice"),
        (
            {"groups": (VoterGroup(code="a", weight=100), VoterGroup(code="b", weight=0))},
            "weight-range",
        ),
        ({"winner": WinnerRule(name="")}, "winner-missing"),
        ({"tie": Tie.LOT}, "lot-seed"),
        ({"threshold": Least(value=Fraction(201, 2), of=Of.PERCENT)}, "threshold-range"),
        ({"threshold": Least(value=-1)}, "threshold-range"),
        ({"quorum": Least(value=101, of=Of.PERCENT)}, "quorum-range"),
        ({"phases": ()}, "no-voting"),
        ({"phases": (VOTING, VOTING)}, "phase-twice"),
        ({"phases": (replace(VOTING, closes_at=None),)}, "voting-endless"),
        ({"phases": (replace(VOTING, closes_at=VOTING.opens_at),)}, "phase-ends-first"),
        ({"phases": (VOTING, replace(PHASES[2], opens_at=day(17, 23)))}, "count-before-close"),
        ({"phases": (VOTING, replace(PHASES[3], opens_at=day(17)))}, "count-before-close"),
        ({"phases": (VOTING, replace(PHASES[2], opens_at=day(3)))}, "phase-order"),
        ({"phases": (replace(PHASES[0], opens_at=day(5)), VOTING)}, "phase-order"),
    ],
)
def test_who_votes_who_wins_and_when(changes, code):
    assert found(whole(**changes)) == [code]


def test_weights_of_50_40_and_10_are_whole():
    weights = {"citizens": 50, "committee": 40, "graduates": 10}
    groups = tuple(VoterGroup(code=code, weight=weight) for code, weight in weights.items())

    assert found(whole(groups=groups)) == []


@pytest.mark.parametrize(
    ("now", "codes"),
    [
        (VOTING.closes_at - timedelta(microseconds=1), []),
        (VOTING.closes_at, ["voting-over"]),
        (day(30), ["voting-over"]),
    ],
)
def test_a_vote_does_not_open_once_its_time_is_over(now, codes):
    assert found(whole(), now) == codes


@pytest.mark.parametrize(("eligible", "codes"), [(None, []), (1, []), (0, ["nobody-eligible"])])
def test_somebody_must_be_able_to_vote(eligible, codes):
    assert found(whole(), eligible=eligible) == codes


def test_no_group_may_be_without_people():
    groups = (VoterGroup(code="citizens", weight=90), VoterGroup(code="graduates", weight=10))

    assert found(whole(groups=groups)) == []
    assert found(whole(groups=groups), without_people=["graduates"]) == ["group-nobody"]


SMALL = [
    PaperProject(number=str(number), cost=cost, area=TOWN, category=category)
    for number, (cost, category) in enumerate(
        [(10, "a"), (20, "a"), (30, "b"), (40, "b"), (50, ""), (60, "a")]
    )
]
NUMBERS = st.sampled_from([project.number for project in SMALL])


@st.composite
def small_rules(draw):
    """Rules of six projects, possible or not."""
    least = draw(st.integers(0, 5))
    kind = draw(st.sampled_from([ApprovalLimits, KnapsackLimits]))
    share = {"least_percent": draw(st.integers(0, 100))} if kind is KnapsackLimits else {}
    pairs = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] != pair[1])
    return rules(
        kind(least=least, most=draw(st.none() | st.integers(least, 6)), **share),
        areas=(Area(code=TOWN, budget=draw(st.integers(1, 120)), town_wide=True),),
        projects=tuple(SMALL),
        categories=tuple(
            CategoryLimit(code=code, least=draw(st.integers(0, 2)), most=draw(st.integers(1, 3)))
            for code in draw(st.sets(st.sampled_from("ab")))
        ),
        exclusive=tuple(
            map(tuple, draw(st.lists(st.sets(NUMBERS, min_size=2, max_size=4), max_size=3)))
        ),
        dependencies=tuple(
            Dependency(project=one, needs=other) for one, other in draw(st.lists(pairs, max_size=3))
        ),
    )


def ballots_of(projects):
    for bits in range(2 ** len(projects)):
        yield Choice(tuple(p.number for place, p in enumerate(projects) if bits >> place & 1))


@settings(max_examples=200)
@given(rulebook=small_rules())
def test_rules_are_called_impossible_exactly_when_no_ballot_keeps_them(rulebook):
    any_ballot = any(not check(rulebook, [TOWN], ballot) for ballot in ballots_of(SMALL))

    assert (impossible(rulebook, [TOWN]) is None) == any_ballot


def test_a_hundred_projects_full_of_rules_are_looked_through_in_a_moment():
    projects = tuple(
        PaperProject(number=str(n), cost=10_000 + 37 * n, area=TOWN, category="abcde"[n % 5])
        for n in range(150)
    )
    rulebook = whole(
        KnapsackLimits(least=5, most=12, least_percent=Fraction(999, 10)),
        areas=(Area(code=TOWN, budget=150_001, town_wide=True),),
        projects=projects,
        categories=tuple(CategoryLimit(code=code, least=1, most=3) for code in "abcde"),
        exclusive=tuple((str(n), str(n + 1), str(n + 40)) for n in range(0, 100, 3)),
        dependencies=tuple(Dependency(project=str(n), needs=str(n + 1)) for n in range(1, 90, 3)),
    )
    started = time.process_time()

    open_points(rulebook, NOW)

    assert time.process_time() - started < 5


def test_thirty_exclusive_pairs_leave_thirty_projects_and_not_one_more():
    projects = tuple(PaperProject(number=str(n), cost=n, area=TOWN) for n in range(60))
    pairs = tuple((str(n), str(n + 30)) for n in range(30))

    def reason(least):
        limits = ApprovalLimits(least=least)
        return impossible(rules(limits, projects=projects, exclusive=pairs), [TOWN])

    assert reason(30) is None
    assert reason(31) is Reason.EXCLUSIVE


def test_every_open_point_and_every_line_has_a_sentence():
    broken = whole(
        ApprovalLimits(least=9, most=3),
        eligibility=(),
        phases=(),
        tie=Tie.LOT,
        groups=(VoterGroup(code="a", weight=0),),
        exclusive=(("1", "99"), ("1",)),
        dependencies=(Dependency(project="1", needs="1"),),
    )

    told = [*open_points(broken, NOW), *meets(broken)]

    assert all(point.message and "{" not in point.message for point in told)
    assert {point.code for point in told} <= set(OPEN_POINTS) | set(LINES)


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        (ApprovalLimits(), ["choose-freely"]),
        (ApprovalLimits(least=2), ["choose-at-least"]),
        (ApprovalLimits(most=2), ["choose-at-most"]),
        (ApprovalLimits(least=1, most=2), ["choose-between"]),
        (ApprovalLimits(least=2, most=2), ["choose-exactly"]),
        (SingleChoiceLimits(), ["choose-exactly"]),
        (
            KnapsackLimits(budget=900_00, least_percent=50),
            ["choose-freely", "spend-at-most", "spend-at-least", "spend-within-areas"],
        ),
        (
            CumulativeLimits(total=9, least_total=3, most_points=2),
            ["choose-freely", "points", "points-at-least", "points-per-project"],
        ),
        (ScoreLimits(), ["choose-freely", "score"]),
        (YesNoLimits(every=True), ["choose-freely", "answer-every"]),
    ],
)
def test_voters_meet_the_limits_of_their_ballot(limits, codes):
    lines = [line.code for line in meets(whole(limits))]

    between = lines[lines.index("areas") + 1 : lines.index("faulty-refuse")]
    assert between == codes


def test_a_project_that_can_never_be_paid_is_named_without_keeping_the_vote_shut():
    rulebook = whole(projects=(*PROJECTS, project("N/9", cost=300_01)))

    lines = [(line.code, line.context.get("project")) for line in meets(rulebook)]

    assert ("too-dear", "N/9") in lines
    assert ("withdrawn", "S/3") in lines
    assert found(rulebook) == []


def test_everything_that_was_set_is_told():
    rulebook = whole(
        area_use=AreaUse.OWN_AND_TOWN,
        scope=Scope.AREA,
        may_leave_area_empty=True,
        areas=(replace(AREAS[0], limits=ApprovalLimits(most=7)), *AREAS[1:]),
        categories=(CategoryLimit(code="green", least=1), CategoryLimit(code="play", most=2)),
        exclusive=(("1", "2"),),
        dependencies=(Dependency(project="10", needs="2"),),
        groups=(VoterGroup(code="citizens", weight=100),),
        threshold=Least(value=Fraction(5, 2), of=Of.PERCENT),
        quorum=Least(value=1000),
        tie=Tie.LOT,
        lot_seed="the lottery of 5 May",
        mandate="binding",
        winner=WinnerRule(name="equal-shares", utility="cost", completion="add1"),
        category_winners=(
            CategoryWinners("green", 1),
            CategoryWinners("play", 1, 2),
            CategoryWinners("", most=3),
        ),
    )

    lines = meets(rulebook)

    assert {line.code for line in lines} == {
        *("ballot", "money", "withdrawn", "areas", "choose-between", "choose-at-most"),
        *("limits-by-area", "area-may-be-empty", "category", "category-open", "exclusive"),
        *("needs", "faulty-refuse", "winner", "tie", "lot", "threshold-percent", "quorum-count"),
        *("utility", "completion", "funded-at-least", "funded-between", "funded-at-most"),
        *("group", "eligibility", "mandate", "phase", "phase-open"),
    }
    assert tuple(line.context["area"] for line in lines if line.code == "money") == EVERYWHERE
