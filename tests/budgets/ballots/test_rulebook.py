"""The rulebook: written as one text, read back as the same rules, refused if it is not one."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    AreaUse,
    CategoryLimit,
    CategoryWinners,
    Dependency,
    Faulty,
    KnapsackLimits,
    Least,
    Of,
    OnPaper,
    PhaseTimes,
    Rulebook,
    RulebookError,
    Scope,
    Tie,
    VoterGroup,
    WinnerRule,
)

from .papers import AREAS, EVERYWHERE, NORTH, OF_EACH_TYPE, RULES, SOUTH, TOWN, rules

SEOUL = timezone(timedelta(hours=9))

FULL = rules(
    KnapsackLimits(budget=900_00, least_percent=Fraction(5, 2), least=1, most=7),
    areas=(replace(AREAS[0], limits=KnapsackLimits(most=3)), *AREAS[1:]),
    area_use=AreaUse.OWN_AND_TOWN,
    scope=Scope.AREA,
    may_leave_area_empty=True,
    categories=(CategoryLimit(code="green", least=1), CategoryLimit(code="play", most=2)),
    exclusive=(("1", "2"), ("N/1", "N/2", "N/3")),
    dependencies=(Dependency(project="10", needs="2"),),
    groups=(
        VoterGroup(code="citizens", weight=50),
        VoterGroup(code="committee", weight=Fraction(75, 2)),
    ),
    faulty=Faulty.VOID,
    on_paper=OnPaper.PAPER,
    threshold=Least(value=Fraction(5, 2), of=Of.PERCENT),
    quorum=Least(value=1000),
    tie=Tie.LOT,
    lot_seed="the lottery of 5 May",
    eligibility=("register", "age"),
    mandate="binding",
    winner=WinnerRule(name="equal-shares", utility="cost", completion="add1"),
    phases=(
        PhaseTimes(
            kind="voting",
            opens_at=datetime(2026, 5, 4, 9, tzinfo=SEOUL),
            closes_at=datetime(2026, 5, 18, 20, tzinfo=SEOUL),
        ),
        PhaseTimes(kind="delivery", opens_at=datetime(2026, 6, 1, tzinfo=UTC)),
    ),
    category_winners=(CategoryWinners("green", least=1), CategoryWinners("play", most=2)),
)


@pytest.mark.parametrize(
    "rulebook",
    [
        pytest.param(FULL, id="everything"),
        *(pytest.param(rules(limits), id=name) for name, limits in OF_EACH_TYPE.items()),
    ],
)
def test_rules_come_back_from_their_text_as_they_were(rulebook):
    text = rulebook.canonical()

    again = Rulebook.from_document(json.loads(text))

    assert again == rulebook
    assert again.canonical() == text
    assert again.digest == rulebook.digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "rules",
        " " + RULES.canonical(),
        json.dumps(RULES.document()),
        "[" * 100_000,
        "9" * 5_000,
    ],
    ids=["empty", "list", "word", "space", "other order", "deep", "number"],
)
def test_a_text_that_is_not_canonical_is_not_loaded(text):
    with pytest.raises(RulebookError):
        Rulebook.load(text)


def test_the_canonical_text_is_loaded():
    assert Rulebook.load(FULL.canonical()) == FULL


def test_a_whole_share_is_written_as_a_whole_number():
    halves = VoterGroup(code="citizens", weight=Fraction(4, 2))

    rulebook = rules(groups=(halves,))

    assert rulebook.document()["groups"] == [{"code": "citizens", "weight": 2}]
    assert Rulebook.load(rulebook.canonical()) == rulebook


def test_the_digest_is_what_anybody_computes_from_the_text():
    assert FULL.digest == hashlib.sha256(FULL.canonical().encode("utf-8")).hexdigest()


def test_the_text_of_today_stays_the_text():
    digest = RULES.digest

    assert digest == "0e8dce9231fc78cf29bef762c74dcf4311659bc13cd871395b001d70ac04772f"


def test_winners_of_categories_are_written_only_where_there_are_any():
    document = RULES.document()

    assert "category_winners" not in document
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_document({**document, "category_winners": []})
    assert refused.value.place == "category_winners"


@pytest.mark.parametrize(
    "change",
    [
        {"mandate": "advisory"},
        {"faulty": Faulty.REFUSE},
        {"on_paper": OnPaper.NONE},
        {"threshold": Least(value=Fraction(5, 2))},
        {"limits": ApprovalLimits(most=7)},
        {"projects": FULL.projects[::-1]},
        {"exclusive": ()},
        {"category_winners": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_rule_is_another_digest(change):
    assert replace(FULL, **change).digest != FULL.digest


def test_the_same_moment_in_another_time_zone_is_the_same_rule():
    moved = tuple(replace(phase, opens_at=phase.opens_at.astimezone(UTC)) for phase in FULL.phases)

    assert replace(FULL, phases=moved).digest == FULL.digest


def test_a_time_without_a_zone_is_not_written():
    naive = PhaseTimes(kind="voting", opens_at=datetime(2026, 5, 4))  # noqa: DTZ001

    with pytest.raises(ValueError, match="aware"):
        rules(phases=(naive,)).document()


def spoiled(place, value):
    document = json.loads(FULL.canonical())
    target = document
    *path, last = (int(key) if key.isdigit() else key for key in place.split("."))
    for key in path:
        target = target[key]
    target[last] = value
    return document


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("version", 2),
        ("version", True),
        ("vote", None),
        ("currency", 7),
        ("may_leave_area_empty", 1),
        ("area_use", "everywhere"),
        ("area_use", ["own"]),
        ("areas", {}),
        ("areas.0.budget", "100"),
        ("areas.0.budget", 1.5),
        ("areas.0.budget", True),
        ("areas.0.colour", "red"),
        ("limits", None),
        ("limits", "approval"),
        ("limits.ballot", "lottery"),
        ("limits.ballot", []),
        ("limits.total", 5),
        ("limits.least_percent", "2.50"),
        ("limits.least_percent", "25"),
        ("limits.least_percent", 2.5),
        ("groups.0.weight", "1e2"),
        ("exclusive.0", "12"),
        ("exclusive.0", [1, 2]),
        ("phases.0.opens_at", "2026-05-04T09:00:00+09:00"),
        ("phases.0.opens_at", "2026-13-04T09:00:00.000000Z"),
        ("phases.0.opens_at", 0),
        ("threshold", []),
        ("category_winners", None),
        ("category_winners.0.least", "1"),
        ("category_winners.1.most", True),
    ],
)
def test_a_document_that_is_no_rulebook_is_refused_with_the_place(place, value):
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_document(spoiled(place, value))

    assert refused.value.place.startswith(place.rpartition(".")[0])


@pytest.mark.parametrize("document", [None, [], "rules", {}, {"version": 1}])
def test_anything_else_is_no_rulebook_either(document):
    with pytest.raises(RulebookError):
        Rulebook.from_document(document)


def test_a_missing_key_is_named():
    document = FULL.document()
    del document["areas"][1]["budget"]

    with pytest.raises(RulebookError) as refused:
        Rulebook.from_document(document)

    assert refused.value.place == "areas.1.budget"


@pytest.mark.parametrize(
    ("use", "own", "areas"),
    [
        (AreaUse.OWN, NORTH, {NORTH}),
        (AreaUse.OWN, "elsewhere", set()),
        (AreaUse.ONE, NORTH, set(EVERYWHERE)),
        (AreaUse.OWN_AND_TOWN, SOUTH, {SOUTH, TOWN}),
        (AreaUse.OWN_AND_TOWN, "", {TOWN}),
        (AreaUse.ALL, "", set(EVERYWHERE)),
    ],
)
def test_the_use_of_areas_says_what_is_on_a_voters_paper(use, own, areas):
    assert rules(area_use=use).areas_of(own) == areas


def test_the_paper_leaves_out_what_was_withdrawn_before_and_after_the_freeze():
    paper = RULES.paper([SOUTH], withdrawn={"S/1"})

    assert [project.number for project in paper] == ["S/2"]
