"""Moving projects in a ranking with buttons: no typing, no dragging, no scripts."""

import pytest

from civic_sourcing.budgets.ballots import RankingLimits

from .test_filling import marks_on

RANKED = [("rank:2", "1"), ("rank:1", "2"), ("rank:10", "3")]


def listed(page):
    return [link.get_text(strip=True) for link in page.select("#ranking li > a")]


@pytest.fixture
def booth(hold, enter, citizen):
    return enter(hold(RankingLimits(most=4)), citizen)


@pytest.mark.parametrize(
    ("step", "order"),
    [
        pytest.param("up:10", ["2", "10", "1"], id="up"),
        pytest.param("down:2", ["1", "2", "10"], id="down"),
        pytest.param("up:2", ["2", "1", "10"], id="the first stays first"),
        pytest.param("down:10", ["2", "1", "10"], id="the last stays last"),
        pytest.param("out:1", ["2", "10"], id="out, and the others move up"),
        pytest.param("up:N/1", ["2", "1", "10"], id="one without a place stays without"),
        pytest.param("up:no such", ["2", "1", "10"], id="no project"),
    ],
)
def test_button_moves_a_project_and_counts_the_places_anew(booth, step, order):
    sent = booth.send(RANKED, step=step)

    marks = sorted(marks_on(booth.open()), key=lambda mark: int(mark[1]))
    assert sent["Location"] == booth.url + "#ranking"
    assert marks == [(f"rank:{number}", str(place)) for place, number in enumerate(order, 1)]


def test_ranking_stands_in_its_order_and_what_cannot_be_read_stays_typed(booth):
    booth.send([("rank:1", "2"), ("rank:2", "2"), ("rank:10", "1"), ("rank:N/1", "1.5")])

    booth.send(
        [("rank:1", "2"), ("rank:2", "2"), ("rank:10", "1"), ("rank:N/1", "1.5")], step="up:2"
    )

    page = booth.open()
    assert listed(page) == [
        "Trees for the market square",
        "A climbing wall",
        "Benches by the river",
    ]
    assert ("rank:N/1", "1.5") in marks_on(page)


def test_ranking_moves_with_the_counters_where_there_are_scripts(booth):
    update = booth.send(RANKED, headers={"HX-Request": "true"}).content.decode()

    assert 'id="ranking"' in update
    assert update.index("A climbing wall") < update.index("Benches by the river")


def test_areas_with_rankings_of_their_own_move_by_themselves(hold, enter, citizen):
    booth = enter(hold(RankingLimits(most=3), scope="area", may_leave_area_empty=True), citizen)

    booth.send(
        [("rank:1", "1"), ("rank:2", "2"), ("rank:N/1", "1"), ("rank:N/2", "2")], step="up:N/2"
    )

    marks = dict(marks_on(booth.open()))
    assert marks == {"rank:1": "1", "rank:2": "2", "rank:N/2": "1", "rank:N/1": "2"}
