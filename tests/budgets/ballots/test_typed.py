"""What is typed becomes the ballot that was meant, or every fault is named."""

import time
from dataclasses import replace

import pytest

from civic_sourcing.budgets.ballots import (
    FAULTS,
    ApprovalLimits,
    AreaUse,
    BallotFaulty,
    CategoryLimit,
    Choice,
    CumulativeLimits,
    Dependency,
    Faulty,
    KnapsackLimits,
    RankingLimits,
    Scope,
    ScoreLimits,
    SingleChoiceLimits,
    YesNoLimits,
    check,
    examine,
    read,
    typed_of,
)

from .papers import (
    AREAS,
    EVERYWHERE,
    NORTH,
    SOUTH,
    TOWN,
    codes,
    faults,
    fields,
    rules,
    ticks,
)

POINTS = CumulativeLimits(total=100, most_points=60)


@pytest.mark.parametrize(
    ("limits", "typed", "stored"),
    [
        pytest.param(
            ApprovalLimits(), ticks("N/1", "10", "2"), '{"vote":["2","10","N/1"]}', id="approval"
        ),
        pytest.param(KnapsackLimits(), ticks("1", "2"), '{"vote":["1","2"]}', id="knapsack"),
        pytest.param(
            POINTS,
            fields("points", {"10": 1, "2": 4, "1": 1, "N/1": 0, "N/2": ""}),
            '{"points":[1,4,1],"vote":["1","2","10"]}',
            id="points 1+4+1",
        ),
        pytest.param(
            RankingLimits(most=3),
            fields("rank", {"1": 3, "10": 1, "S/1": 2}),
            '{"vote":["10","S/1","1"]}',
            id="ranking",
        ),
        pytest.param(
            ScoreLimits(),
            fields("score", {"2": 0, "1": 5}),
            '{"points":[5,0],"vote":["1","2"]}',
            id="score",
        ),
        pytest.param(SingleChoiceLimits(), ticks("S/2"), '{"vote":["S/2"]}', id="single"),
        pytest.param(
            YesNoLimits(),
            fields("answer", {"2": "no", "1": "yes", "10": "abstain"}),
            '{"points":[1,-1,0],"vote":["1","2","10"]}',
            id="yes-no",
        ),
    ],
)
def test_what_is_typed_is_what_is_cast(limits, typed, stored):
    rulebook = rules(limits)

    choice = read(rulebook, EVERYWHERE, [("csrfmiddlewaretoken", "x"), *typed, ("cast", "1")])

    assert choice.canonical() == stored
    assert read(rulebook, EVERYWHERE, typed_of(rulebook, choice)) == choice


@pytest.mark.parametrize(
    "given",
    [
        *("-1", "1.5", "NaN", "1e309", "٣", "１", "1_000", "+3", "1 2", "9" * 400, "0x1"),
        *("1,5", "Infinity", "²", "⅕", "\u00a03", "3\n", "\t3", "\x00", "\ud800", "−1", "1e2"),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("kind", ["points", "score", "rank"])
def test_only_ascii_digits_are_a_number(kind, given):
    limits = {"points": POINTS, "score": ScoreLimits(), "rank": RankingLimits()}[kind]

    found = codes(rules(limits), fields(kind, {"1": given}))

    assert found == ["whole-number"]


@pytest.mark.parametrize(("given", "points"), [("7", 7), (" 7 ", 7), ("007", 7), ("0", None)])
def test_spaces_around_a_number_and_zeros_before_it_mean_nothing(given, points):
    choice = read(rules(POINTS), EVERYWHERE, fields("points", {"1": given}))

    assert choice.marks.get("1") == points


def test_six_picks_where_five_are_allowed():
    six = ticks("1", "2", "10", "N/1", "N/2", "N/3")

    found = faults(rules(), six)

    assert found == [("too-many", {"given": 6, "most": 5, "area": ""})]


def test_sixty_and_forty_one_of_a_hundred_points():
    found = faults(rules(POINTS), fields("points", {"1": 60, "2": 41}))

    assert found == [("over-total", {"given": 101, "total": 100, "area": ""})]


@pytest.mark.parametrize(
    ("limits", "typed", "code"),
    [
        (ApprovalLimits(least=2), ticks("1"), "too-few"),
        (ApprovalLimits(least=2, most=2), ticks("1", "2", "10"), "too-many"),
        (SingleChoiceLimits(), [], "too-few"),
        (SingleChoiceLimits(), ticks("1", "2"), "too-many"),
        (KnapsackLimits(), ticks("1", "2", "N/1", "N/3"), "over-budget"),
        (KnapsackLimits(budget=700_00), ticks("1", "2"), "over-budget"),
        (KnapsackLimits(least_percent=40), ticks("1", "N/1"), "under-budget"),
        (POINTS, fields("points", {"1": 61}), "over-project"),
        (CumulativeLimits(total=9, least_total=9), fields("points", {"1": 8}), "under-total"),
        (CumulativeLimits(total=9, most=1), fields("points", {"1": 1, "2": 1}), "too-many"),
        (CumulativeLimits(total=9, least=2), fields("points", {"1": 1, "2": 0}), "too-few"),
        (ScoreLimits(), fields("score", {"1": 6}), "over-score"),
        (ScoreLimits(least=1), fields("score", {"1": 0}), "too-few"),
        (RankingLimits(most=2), fields("rank", {"1": 1, "2": 3}), "rank-beyond"),
        (RankingLimits(), fields("rank", {"1": 0}), "rank-beyond"),
        (RankingLimits(), fields("rank", {"1": 1, "2": 1}), "rank-twice"),
        (RankingLimits(), fields("rank", {"1": 1, "2": 3}), "rank-gap"),
        (RankingLimits(), fields("rank", {"1": 2}), "rank-gap"),
        (RankingLimits(), fields("rank", {"1": 10**14}), "rank-gap"),
        (YesNoLimits(), fields("answer", {"1": "maybe"}), "answer-unknown"),
        (YesNoLimits(), fields("answer", {"1": "1"}), "answer-unknown"),
        (YesNoLimits(most=1), fields("answer", {"1": "yes", "2": "yes"}), "too-many"),
        (YesNoLimits(every=True), fields("answer", {"1": "no"}), "unanswered"),
    ],
)
def test_a_ballot_that_breaks_a_limit_is_given_back(limits, typed, code):
    assert codes(rules(limits), typed) == [code]


@pytest.mark.parametrize(
    ("limits", "typed"),
    [
        (ApprovalLimits(least=2, most=2), ticks("1", "2")),
        (KnapsackLimits(), ticks("1", "2", "10", "N/1", "N/2", "S/2")),
        (KnapsackLimits(budget=800_00), ticks("1", "2")),
        (POINTS, fields("points", {"1": 60, "2": 40})),
        (CumulativeLimits(total=9, least_total=9), fields("points", {"1": 9})),
        (ScoreLimits(), fields("score", {"1": 5})),
        (RankingLimits(most=2), fields("rank", {"1": 2, "2": 1})),
        (YesNoLimits(most=1), fields("answer", {"1": "yes", "2": "no"})),
        (SingleChoiceLimits(least=0), []),
        (ApprovalLimits(), []),
    ],
)
def test_a_ballot_on_the_very_limit_is_cast(limits, typed):
    assert codes(rules(limits), typed) == []


@pytest.mark.parametrize(
    "number",
    ["S/3", "N/1", "2", "99", "", "1 ", "１", "1\x00", "1" * 500],
    ids=[
        "withdrawn",
        "other area",
        "taken off",
        "other vote",
        "empty",
        "space",
        "wide digit",
        "NUL",
        "long",
    ],
)
@pytest.mark.parametrize(
    ("limits", "kind", "mark"),
    [
        (POINTS, "points", "3"),
        (ScoreLimits(), "score", "3"),
        (RankingLimits(), "rank", "1"),
        (YesNoLimits(), "answer", "yes"),
    ],
)
def test_what_is_not_on_the_paper_is_one_and_the_same_fault(limits, kind, mark, number):
    typed = fields(kind, {number: mark})

    found = codes(rules(limits), typed, [TOWN, SOUTH], withdrawn={"2"})

    assert found == ["not-on-paper"]


@pytest.mark.parametrize("number", ["S/3", "N/1", "2", "99"])
def test_no_word_of_the_refusal_tells_why_a_project_is_not_there(number):
    with pytest.raises(BallotFaulty) as faulty:
        read(rules(), [TOWN, SOUTH], ticks(number, "1"), withdrawn={"2"})

    assert str(faulty.value) == f"the project “{number}” is not on this ballot paper"


@pytest.mark.parametrize(
    ("limits", "typed"),
    [
        (ApprovalLimits(), ticks("1", "2", "1")),
        (SingleChoiceLimits(), ticks("1", "1")),
        (POINTS, [("points:1", "3"), ("points:1", "3")]),
        (POINTS, [("points:1", "0"), ("points:1", "3")]),
        (RankingLimits(), [("rank:1", "1"), ("rank:1", "1")]),
        (YesNoLimits(), [("answer:1", "no"), ("answer:1", "yes")]),
    ],
)
def test_a_project_twice_is_refused(limits, typed):
    assert faults(rules(limits), typed) == [("twice", {"project": "1"})]


@pytest.mark.parametrize(
    ("limits", "typed"),
    [
        (ApprovalLimits(), fields("points", {"1": 3})),
        (POINTS, ticks("1")),
        (RankingLimits(), fields("score", {"1": 3})),
        (ApprovalLimits(), [("vote", None)]),
        (ApprovalLimits(), [(7, "1")]),
        (POINTS, [("points:1", 3)]),
    ],
)
def test_the_form_of_another_ballot_is_refused(limits, typed):
    assert codes(rules(limits), typed) == ["wrong-form"]


def test_whoever_may_choose_nothing_cannot_cast_an_empty_ballot():
    assert codes(rules(ApprovalLimits()), [], areas=[]) == ["no-paper"]


def test_a_flood_of_fields_is_refused_and_quickly():
    started = time.process_time()

    found = codes(rules(), ticks(*map(str, range(100, 200_000))))

    assert found.count("too-long") == 1
    assert time.process_time() - started < 2


ONE_AREA = {"area_use": AreaUse.ONE}


@pytest.mark.parametrize(
    ("changes", "typed", "expected"),
    [
        pytest.param(ONE_AREA, ticks("N/1", "N/2"), [], id="one area"),
        pytest.param(ONE_AREA, ticks("N/1", "S/1"), ["one-area"], id="two areas"),
        pytest.param(
            {**ONE_AREA, "scope": Scope.AREA}, ticks("N/1"), [], id="one area, limits by area"
        ),
        pytest.param({**ONE_AREA, "scope": Scope.AREA}, [], ["too-few"], id="none, limits by area"),
        pytest.param(
            {"scope": Scope.AREA}, ticks("1", "N/1"), ["too-few"], id="an area left empty"
        ),
        pytest.param(
            {"scope": Scope.AREA, "may_leave_area_empty": True},
            ticks("1", "N/1"),
            [],
            id="an area may be left empty",
        ),
        pytest.param(
            {"scope": Scope.AREA, "may_leave_area_empty": True},
            [],
            ["too-few"] * 3,
            id="not the whole ballot",
        ),
    ],
)
def test_limits_hold_for_the_areas_they_are_for(changes, typed, expected):
    assert codes(rules(ApprovalLimits(least=1, most=2), **changes), typed) == expected


def test_each_area_has_its_own_limits():
    seven_and_three = (replace(AREAS[0], limits=ApprovalLimits(most=1)), *AREAS[1:])
    rulebook = rules(ApprovalLimits(most=2), areas=seven_and_three, scope=Scope.AREA)

    found = faults(rulebook, ticks("1", "2", "N/1", "N/2"))

    assert found == [("too-many", {"given": 2, "most": 1, "area": TOWN})]


@pytest.mark.parametrize("scope", Scope)
def test_a_knapsack_stays_within_the_money_of_each_area(scope):
    found = faults(rules(KnapsackLimits(), scope=scope), ticks("1", "N/1", "N/3"))

    assert found == [("over-budget", {"given": 350_00, "budget": 300_00, "area": NORTH})]


def test_a_knapsack_over_the_money_of_an_area_and_over_its_own_says_both():
    rulebook = rules(KnapsackLimits(budget=400_00))

    found = faults(rulebook, ticks("1", "N/1", "N/3"))

    assert found == [
        ("over-budget", {"given": 350_00, "budget": 300_00, "area": NORTH}),
        ("over-budget", {"given": 850_00, "budget": 400_00, "area": ""}),
    ]


def test_rankings_by_area_have_places_by_area():
    rulebook = rules(RankingLimits(most=2), scope=Scope.AREA)
    typed = fields("rank", {"S/2": 1, "N/1": 2, "10": 1, "N/3": 1})

    choice = read(rulebook, EVERYWHERE, typed)

    assert choice.projects == ("10", "N/3", "N/1", "S/2")
    assert read(rulebook, EVERYWHERE, typed_of(rulebook, choice)) == choice


CATEGORIES = (CategoryLimit(code="green", least=1, most=2), CategoryLimit(code="play", most=1))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (ticks("1", "2"), []),
        (ticks("1", "10", "2", "N/3"), []),
        (ticks("2"), ["category-few"]),
        (ticks("1", "10", "N/2"), ["category-many"]),
        (ticks("1", "2", "N/1"), ["category-many"]),
    ],
)
def test_categories_have_a_least_and_a_most(typed, expected):
    assert codes(rules(categories=CATEGORIES), typed) == expected


@pytest.mark.parametrize(
    ("limits", "typed", "expected"),
    [
        (ApprovalLimits(), ticks("1", "10"), []),
        (ApprovalLimits(), ticks("1", "2"), ["exclusive"]),
        (RankingLimits(), fields("rank", {"1": 1, "2": 2}), ["exclusive"]),
        (ScoreLimits(), fields("score", {"1": 5, "2": 0}), []),
        (YesNoLimits(), fields("answer", {"1": "yes", "2": "no"}), []),
        (YesNoLimits(), fields("answer", {"1": "yes", "2": "yes"}), ["exclusive"]),
    ],
)
def test_a_ballot_is_for_one_project_of_an_exclusive_set(limits, typed, expected):
    assert codes(rules(limits, exclusive=(("1", "2"),)), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (ticks("2"), []),
        (ticks("10", "2"), []),
        (ticks("10"), [("needs", {"project": "10", "needs": "2"})]),
    ],
)
def test_a_project_is_chosen_together_with_what_it_needs(typed, expected):
    rulebook = rules(dependencies=(Dependency(project="10", needs="2"),))

    assert faults(rulebook, typed) == expected


def test_every_fault_is_named_at_once():
    rulebook = rules(POINTS, exclusive=(("1", "2"),))
    typed = fields("points", {"1": 70, "2": 41, "10": "x", "99": 1})

    reading = examine(rulebook, EVERYWHERE, typed)

    found = {fault.code for fault in reading.faults}
    assert found == {"whole-number", "not-on-paper", "over-total", "over-project", "exclusive"}
    assert reading.choice.marks == {"1": 70, "2": 41}


VOID = {"faulty": Faulty.VOID}


def test_where_the_town_says_so_a_ballot_that_breaks_a_limit_is_void():
    rulebook = rules(POINTS, exclusive=(("1", "2"),), **VOID)

    choice = read(rulebook, EVERYWHERE, fields("points", {"1": 60, "2": 41}))

    assert choice == Choice.voided(["over-total", "exclusive"])


@pytest.mark.parametrize(
    ("limits", "typed"),
    [
        (ApprovalLimits(), ticks("99")),
        (ApprovalLimits(most=1), ticks("1", "2", "S/3")),
        (ApprovalLimits(), ticks("1", "1")),
        (POINTS, fields("points", {"1": "1.5"})),
        (POINTS, ticks("1")),
        (YesNoLimits(), fields("answer", {"1": "maybe"})),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_void(limits, typed):
    with pytest.raises(BallotFaulty) as faulty:
        read(rules(limits, **VOID), EVERYWHERE, typed)

    assert any(fault.is_unreadable for fault in faulty.value.faults)


@pytest.mark.parametrize(
    ("limits", "choice", "code"),
    [
        (ApprovalLimits(), Choice(("1", "1")), "twice"),
        (ApprovalLimits(), Choice(("1",), (1,)), "wrong-form"),
        (POINTS, Choice(("1",)), "wrong-form"),
        (POINTS, Choice(("1",), (-1,)), "whole-number"),
        (YesNoLimits(), Choice(("1",), (2,)), "answer-unknown"),
        (ApprovalLimits(), Choice(("S/3",)), "not-on-paper"),
    ],
)
def test_a_choice_that_no_form_made_is_checked_just_as_well(limits, choice, code):
    assert [fault.code for fault in check(rules(limits), EVERYWHERE, choice)] == [code]


def test_a_choice_is_checked_again_on_the_paper_as_it_is_now():
    rulebook = rules()
    choice = read(rulebook, EVERYWHERE, ticks("1", "2"))

    found = check(rulebook, EVERYWHERE, choice, withdrawn={"2"})

    assert [fault.code for fault in found] == ["not-on-paper"]


def test_a_void_ballot_has_nothing_left_to_check():
    assert check(rules(), EVERYWHERE, Choice.voided(["too-many"])) == []


def test_every_fault_has_a_sentence_with_its_values():
    rulebook = rules(POINTS, exclusive=(("1", "2"),))
    typed = [*fields("points", {"1": 70, "2": 41, "10": "x", "99": 1}), ("points:1", "1")]

    found = examine(rulebook, EVERYWHERE, typed).faults

    assert all(fault.message and "{" not in fault.message for fault in found)
    assert {fault.code for fault in found} <= set(FAULTS)


def test_what_was_typed_is_shown_without_control_characters_and_short():
    with pytest.raises(BallotFaulty) as faulty:
        read(rules(POINTS), EVERYWHERE, fields("points", {"1": "\u202e" + "9" * 400}))

    given = faulty.value.faults[0].context["given"]
    assert len(given) == 40
    assert given.isprintable()


@pytest.mark.parametrize("areas", [[NORTH], [SOUTH, NORTH], {TOWN}, ("nowhere", TOWN)])
def test_areas_can_come_in_any_collection(areas):
    number = {"north": "N/1", "south": "S/1"}.get(next(iter(areas)), "1")

    assert codes(rules(), ticks(number), areas) == []
