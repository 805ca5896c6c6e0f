"""Finding one's way on a long paper: search, filter, order, comparison, large text."""

from collections import Counter
from uuid import uuid4

import pytest

from civic_sourcing.budgets.booth.order import shuffled
from civic_sourcing.budgets.casting.keys import keys_of
from tests.budgets.booth.papers import benches


def titles_on(page):
    cards = page.select("[data-civic-card]")
    return [card.h3.get_text() for card in cards if not card.has_attr("hidden")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param({"find-words": "RIVER bench"}, {"Benches by the river"}, id="words"),
        pytest.param({"find-words": "꽃길"}, {"강변 꽃길"}, id="korean"),
        pytest.param({"find-words": "N/1"}, {"Swings in North park"}, id="number"),
        pytest.param({"find-area": "north"}, {"Swings in North park", "강변 꽃길"}, id="area"),
        pytest.param(
            {"find-category": "play", "find-area": "town"}, {"A climbing wall"}, id="category"
        ),
        pytest.param({"find-chosen": "1"}, {"A climbing wall"}, id="chosen"),
        pytest.param({"find-words": "volcano"}, set(), id="nothing"),
    ],
)
def test_projects_are_found_and_marks_on_hidden_ones_stay(vote, enter, citizen, fields, found):
    booth = enter(vote, citizen)

    sent = booth.send([("vote", "2")], step="find", fields=fields)
    page = booth.open()

    assert sent["Location"] == booth.url + "#projects"
    assert set(titles_on(page)) == found
    assert page.find("input", {"name": "vote", "value": "2"}).has_attr("checked")
    assert page.select_one("[data-civic-none]").has_attr("hidden") is bool(found)
    booth.send([("vote", "2")], step="all", fields=fields)
    assert len(titles_on(booth.open())) == 5


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("number", "Benches by the river", "강변 꽃길"),
        ("cost", "Swings in North park", "Benches by the river"),
    ],
)
def test_voter_can_have_another_order(vote, enter, citizen, order, first, last):
    booth = enter(vote, citizen)

    booth.send(step="find", fields={"order": order})

    titles = titles_on(booth.open())
    assert (titles[0], titles[-1]) == (first, last)


def test_shuffle_stays_put_for_one_voter_and_is_fair_among_all(run):
    keys = keys_of(run, using="default")
    voters = [uuid4().hex for _ in range(2_000)]

    orders = [shuffled("ABCDE", keys, voter) for voter in voters]

    assert orders == [shuffled("ABCDE", keys, voter) for voter in voters]
    for place in range(5):
        stands = Counter(order[place] for order in orders)
        assert all(275 < stands[letter] < 525 for letter in "ABCDE"), (place, stands)


def test_up_to_three_projects_are_compared(vote, enter, citizen):
    booth = enter(vote, citizen)

    booth.send([("compare", number) for number in ("1", "2", "10", "N/1")], step="compare")
    page = booth.open()

    heads = [head.get_text() for head in page.select("#compare thead a")]
    rows = [head.get_text() for head in page.select("#compare tbody th")]
    assert heads == ["Benches by the river", "A climbing wall", "Trees for the market square"]
    assert rows[:2] == ["Cost", "Area"]
    assert "first three" in page.find(id="compare").get_text()
    booth.send(step="compare-none")
    assert booth.open().find(id="compare") is None


def test_large_text_stays_until_it_is_turned_off(vote, enter, citizen):
    booth = enter(vote, citizen)

    booth.send(step="large")
    booth.send(step="find")
    large = booth.open().select_one(".civic-booth-large")
    booth.send(step="usual")

    assert large is not None
    assert booth.open().select_one(".civic-booth-large") is None


@pytest.mark.parametrize("many", [5, 60])
def test_longer_paper_takes_no_more_queries(
    hold, enter, citizen, many, django_assert_max_num_queries
):
    booth = enter(hold(projects=benches(many)), citizen)
    booth.open()

    with django_assert_max_num_queries(25):
        booth.open()
