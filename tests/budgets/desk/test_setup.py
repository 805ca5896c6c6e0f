"""Setting up a vote: what editors type is what holds, and what they see again."""

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    CategoryWinners,
    CumulativeLimits,
    KnapsackLimits,
    RankingLimits,
    ScoreLimits,
    SingleChoiceLimits,
    YesNoLimits,
)
from civic_sourcing.budgets.models import BudgetRules, ExclusiveSet, VoteArea, VoteRun
from civic_sourcing.budgets.rulebooks import rulebook_of
from tests.budgets.desk.conftest import rows, shown
from tests.odd_words import fields
from tests.rich import examples

pytestmark = pytest.mark.django_db

TOWN = {"name_en": "Whole town", "name_ko": "시 전체", "budget": "400,000", "town_wide": "on"}
NORTH = {"name_en": "North", "budget": "250,000", "population": "4300"}
SOUTH = {"name_en": "South", "budget": "350,000"}


def money(*areas, **typed):
    return {"currency": "KRW", "area_use": "own_and_town", **typed, **rows("areas", *areas)}


def test_money_of_areas_is_theirs_and_together_that_of_the_vote(desk, process):
    response = desk("money", money(TOWN, NORTH, SOUTH))

    assert response.status_code == 302
    areas = VoteArea.objects.of(process)
    assert [(area.code, area.budget, area.town_wide) for area in areas] == [
        ("whole-town", 400_000, True), ("north", 250_000, False), ("south", 350_000, False)
    ]  # fmt: skip
    assert BudgetRules.objects.get().amount == 1_000_000


def test_vote_without_areas_has_one_purse(desk):
    desk("money", money(currency="EUR", amount="1,000.50"))

    assert BudgetRules.objects.get().amount == 100_050


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        pytest.param(money(), "Say how much money there is", id="no money"),
        pytest.param(money(amount="12.5"), "no such small amounts", id="half a won"),
        pytest.param(money(amount="5", currency="won"), "not a currency code", id="currency"),
        pytest.param(money({"name_en": "North", "budget": "1e9"}), "in digits", id="exponent"),
        pytest.param(money({"budget": "5"}), "in one language at least", id="nameless"),
    ],
)
def test_money_that_cannot_be_is_refused_with_what_was_typed(desk, sent, sentence):
    response = desk("money", sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not BudgetRules.objects.exists()


def test_rows_added_and_left_empty_are_passed_over(desk, process):
    desk("money", money(NORTH, {}))

    assert VoteArea.objects.of(process).count() == 1


BALLOTS = [
    ({"ballot": "approval", "least": "1", "most": "5"}, ApprovalLimits(least=1, most=5)),
    (
        {"ballot": "knapsack", "budget": "500,000", "least_percent": "80"},
        KnapsackLimits(budget=500_000, least_percent=80),
    ),
    (
        {"ballot": "cumulative", "total": "10", "least_total": "1", "most_points": "5"},
        CumulativeLimits(total=10, least_total=1, most_points=5),
    ),
    ({"ballot": "ordinal", "most": "3"}, RankingLimits(most=3)),
    ({"ballot": "scoring", "top": "7"}, ScoreLimits(top=7)),
    ({"ballot": "choose-1", "least": "0"}, SingleChoiceLimits(least=0)),
    ({"ballot": "yes-no", "every": "on"}, YesNoLimits(every=True)),
]


@pytest.mark.parametrize(("typed", "limits"), BALLOTS, ids=[row[0]["ballot"] for row in BALLOTS])
def test_ballot_is_as_typed_and_stays_so_when_sent_again(desk, set_up, typed, limits):
    desk("ballot", {"faulty": "refuse", **typed})
    desk("ballot", shown(desk("ballot")))

    assert rulebook_of(set_up).limits == limits


def test_limits_of_an_area_are_its_own(desk, set_up):
    desk("money", money(NORTH, SOUTH, area_use="all"))

    desk("ballot", {
        "ballot": "approval", "most": "5", "scope": "area", "faulty": "void",
        "may_leave_area_empty": "on", "own-south-most": "2",
    })  # fmt: skip
    desk("ballot", shown(desk("ballot")))

    limits = {area.code: area.limits for area in rulebook_of(set_up).areas}
    assert limits == {"north": None, "south": ApprovalLimits(most=2)}


def test_limits_of_areas_follow_the_kind_of_ballot(desk, set_up):
    desk("money", money(NORTH, SOUTH, area_use="all"))
    area = {"scope": "area", "faulty": "refuse", "own-south-most": "2"}

    desk("ballot", {"ballot": "approval", **area})
    desk("ballot", {"ballot": "scoring", "top": "5", **area})

    south = VoteArea.objects.get(code="south")
    assert south.ballot_limits == ScoreLimits(most=2, top=5)


def test_points_without_a_number_are_refused(desk, set_up):
    response = desk("ballot", {"ballot": "cumulative", "faulty": "refuse"})

    assert response.status_code == 422
    assert "how many points" in response.content.decode()


def choices(categories=(), exclusive=(), dependencies=()):
    return {
        **rows("categories", *categories),
        **rows("exclusive", *exclusive),
        **rows("dependencies", *dependencies),
    }


def test_conditions_are_kept_and_shown_again(desk, set_up):
    play = {"name_en": "Play", "most": "2"}
    green = {"name_en": "Green", "winners_least": "1", "winners_most": "2"}
    sent = choices([play, green], [{"numbers": "1, 2"}], [{"project": "1", "needs": "3"}])

    desk("choices", sent)
    desk("choices", shown(desk("choices")))

    rulebook = rulebook_of(set_up)
    assert rulebook.exclusive == (("1", "2"),)
    assert [(each.project, each.needs) for each in rulebook.dependencies] == [("1", "3")]
    assert [(each.code, each.most) for each in rulebook.categories] == [("play", 2)]
    assert rulebook.category_winners == (CategoryWinners("green", 1, 2),)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"least": "3", "most": "2"}, "most", "“At most” is below “at least”."),
        ({"winners_least": "3", "winners_most": "2"}, "winners_most", "below “at least”"),
        ({"winners_most": "0"}, "winners_most", "greater than or equal to 1"),
        ({"winners_least": "-1"}, "winners_least", "greater than or equal to 0"),
        ({"winners_least": "two"}, "winners_least", "whole number"),
    ],
    ids=["ballot", "order", "none", "negative", "word"],
)
def test_numbers_of_a_category_that_cannot_be_are_named_at_their_field(
    desk, set_up, typed, field, sentence
):
    response = desk("choices", choices([{"name_en": "Green", **typed}]))

    assert response.status_code == 422
    form = response.context["lists"][0]["rows"].forms[0]
    assert sentence in str(form.errors[field])
    assert f'aria-describedby="id_categories-0-{field}' in response.content.decode()
    assert not rulebook_of(set_up).category_winners


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        pytest.param(choices(exclusive=[{"numbers": "1, 9"}]), "no project “9”", id="unknown"),
        pytest.param(choices(exclusive=[{"numbers": "1"}]), "two projects at least", id="alone"),
        pytest.param(
            choices(dependencies=[{"project": "1", "needs": "1"}]), "need itself", id="itself"
        ),
    ],
)
def test_conditions_that_mean_nothing_are_refused(desk, set_up, sent, sentence):
    response = desk("choices", sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ExclusiveSet.objects.exists()


def test_counting_is_as_typed_and_stays_so_when_sent_again(desk, set_up):
    groups = rows(
        "groups", {"name_en": "Citizens", "weight": "60"}, {"name_en": "Committee", "weight": "40"}
    )
    typed = {
        "rule": "equal-shares", "utility": "cardinality", "completion": "add1u",
        "tie": "lot", "lot_seed": "The draw of 3 May", "quorum": "10",
        "quorum_of": "percent", "threshold": "2.5", "threshold_of": "percent",
        "paper_rule": "last",
    }  # fmt: skip

    desk("counting", {**typed, **groups})
    desk("counting", shown(desk("counting")))

    document = rulebook_of(set_up).document()
    assert document["threshold"] == {"value": "2.5", "of": "percent"}
    assert document["winner"] == {
        "name": "equal-shares", "utility": "cardinality", "completion": "add1u"
    }  # fmt: skip
    assert document["quorum"] == {"value": 10, "of": "percent"}
    assert document["groups"] == [
        {"code": "citizens", "weight": 60}, {"code": "committee", "weight": 40}
    ]  # fmt: skip
    assert (document["tie"], document["lot_seed"]) == ("lot", "The draw of 3 May")


def test_money_comes_first(desk, at):
    response = desk("ballot")

    assert response.headers["Location"] == at("money")


@pytest.mark.parametrize(("button", "leads_to"), [("", "money"), ("go_on", "ballot")])
def test_saving_stays_and_going_on_goes_on(desk, at, button, leads_to):
    response = desk("money", money(amount="5") | ({button: "1"} if button else {}))

    assert response.headers["Location"] == at(leads_to)


def test_currency_stays_once_there_are_projects(desk, set_up):
    response = desk("money", money(currency="EUR", amount="5"))

    assert response.status_code == 409
    assert BudgetRules.objects.get().currency == "KRW"


def test_area_with_projects_stays_and_what_was_typed_too(desk, set_up, projects):
    desk("money", money(NORTH, SOUTH, area_use="all"))
    projects.update(area=VoteArea.objects.get(code="north"))

    response = desk("money", money({**SOUTH, "code": "south", "budget": "777"}))

    assert response.status_code == 409
    assert 'value="777"' in response.content.decode()
    assert VoteArea.objects.count() == 2


def test_change_of_somebody_else_is_noticed_before_it_is_lost(desk, set_up):
    mine = money(amount="5") | {"seen": desk("money").context["seen"]}
    desk("money", money(amount="7"))

    first = desk("money", mine)
    desk("money", mine | {"seen": first.context["seen"]})

    assert first.status_code == 409
    assert 'value="5"' in first.content.decode()
    assert BudgetRules.objects.get().amount == 5


OUTLINE = '{"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}'


@pytest.fixture
def full(desk, set_up):
    """A vote with something in every list; what a browser would send of each screen."""
    desk("money", money(NORTH, {**SOUTH, "outline": OUTLINE}))
    desk("choices", choices([{"name_en": "Play"}], [{"numbers": "1, 2"}]))
    return {screen: shown(desk(screen)) for screen in ("money", "ballot", "choices", "counting")}


@examples(40)
@given(data=st.data())
def test_every_screen_takes_anything(desk, full, data):
    screen = data.draw(st.sampled_from(sorted(full)))
    odd = data.draw(fields(*sorted(full[screen]), most=3))

    with transaction.atomic():
        answer = desk(screen, full[screen] | odd)
        after = desk("check")
        transaction.set_rollback(True)

    assert answer.status_code in {302, 409, 422}
    assert after.status_code == 200


def test_frozen_rules_are_shown_and_refused(desk, set_up):
    desk("open", {})
    assert VoteRun.objects.of(set_up).state == "open"

    response = desk("money", money(amount="5"))

    assert response.status_code == 409
    assert "disabled" in desk("money").content.decode()
    assert BudgetRules.objects.get().amount == 1_000_000


def test_every_language_leads_to_the_same_desk(client, editor, page, korean_home, korean, at):
    translated = page.copy_for_translation(korean)
    client.force_login(editor)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[translated.pk])).content.decode()

    assert f'href="{at("money")}"' in html


def test_imported_vote_is_shown_and_stays(client, editor, vote, at):
    client.force_login(editor)
    screens = ("money", "ballot", "choices", "counting", "check", "vote", "open")

    shown = {client.get(at(screen, process=vote.process)).status_code for screen in screens}
    sent = client.post(at("money", process=vote.process), money(amount="5", currency="EUR"))
    opened = client.post(at("open", process=vote.process))

    assert shown == {200}
    assert (sent.status_code, opened.status_code) == (409, 409)
    assert BudgetRules.objects.get(process=vote.process).amount == 100_050
