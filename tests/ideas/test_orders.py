"""Trending, the fair shuffle and the map: rules anybody can check by hand."""

from datetime import UTC, datetime, timedelta
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.mapping import Bounds, Frame, read_bounds
from civic_sourcing.ideas import trend
from civic_sourcing.ideas.listing.orders import PRIME, place

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HALF_LIFE = timedelta(days=trend.HALF_LIFE_DAYS)

days = st.floats(-2_000, 5_000)
times = st.lists(days.map(lambda day: NOON + timedelta(days=day)), min_size=1)
latitudes, longitudes = st.floats(-80, 80), st.floats(-180, 180)


def test_a_point_loses_half_of_its_worth_in_three_days():
    score = trend.score([NOON])

    assert trend.points(score, NOON) == pytest.approx(1)
    assert trend.points(score, NOON + HALF_LIFE) == pytest.approx(0.5)
    assert trend.points(score, NOON + 2 * HALF_LIFE) == pytest.approx(0.25)


def test_two_fresh_points_weigh_as_much_as_four_old_ones():
    fresh = trend.score([NOON] * 2)
    old = trend.score([NOON - HALF_LIFE] * 4)

    assert fresh == pytest.approx(old)


@given(times, days)
def test_support_never_lowers_a_score(given_at, day):
    more = [*given_at, NOON + timedelta(days=day)]

    assert trend.score(more) >= trend.score(given_at)


@given(times)
def test_order_of_support_does_not_matter(given_at):
    assert trend.score(given_at) == pytest.approx(trend.score(sorted(given_at)))


def test_equal_points_of_one_moment_add_up():
    assert trend.score([NOON] * 8) - trend.score([NOON]) == pytest.approx(log2(8))


@given(st.integers(1, PRIME - 1), st.integers(0, PRIME - 1), st.integers(1, 10**6))
def test_shuffle_gives_no_two_ideas_one_place(factor, shift, first):
    keys = range(first, first + 200)

    assert len({place(key, (factor, shift)) for key in keys}) == len(keys)


def test_shuffle_puts_every_idea_on_top_about_equally_often():
    draws = [min(range(1, 6), key=lambda key: place(key, seed)) for seed in seeds(2_000)]

    assert all(300 < draws.count(key) < 500 for key in range(1, 6))


def seeds(number):
    for each in range(number):
        yield 1 + each * 1_234_567_891 % (PRIME - 1), each * 987_654_321 % PRIME


@given(latitudes, longitudes, st.floats(0.01, 20), st.floats(0.01, 20))
def test_what_is_picked_on_a_map_is_what_was_drawn(latitude, longitude, height, width):
    bounds = Bounds(latitude, longitude, min(latitude + height, 85), longitude + width)
    frame = Frame.showing(bounds)

    assert frame.locate(*frame.project(latitude, longitude)) == pytest.approx(
        (latitude, longitude), abs=1e-6
    )


@given(latitudes, longitudes, st.floats(0.01, 4), st.floats(0.01, 20))
def test_all_of_the_bounds_is_on_the_sheet(latitude, longitude, height, width):
    bounds = Bounds(latitude, longitude, latitude + height, longitude + width)
    frame = Frame.showing(bounds)

    for corner in ((bounds.south, bounds.west), (bounds.north, bounds.east)):
        x, y = frame.project(*corner)
        assert -0.01 <= x <= frame.width + 0.01
        assert -0.01 <= y <= frame.height + 0.01


def test_cells_part_the_whole_sheet_evenly():
    frame = Frame.showing(Bounds(37.0, 127.0, 38.0, 128.0))

    edges = [frame.project(37.5, longitude)[0] for longitude in frame.columns]

    assert edges == pytest.approx(list(range(28, frame.width, 28)))
    assert sorted(frame.rows, reverse=True) == frame.rows


def test_tiles_cover_the_sheet():
    frame = Frame.showing(Bounds(37.4, 126.8, 37.7, 127.2))

    tiles = list(frame.tiles())

    assert min(tile.left for tile in tiles) <= 0
    assert max(tile.left + tile.size for tile in tiles) >= frame.width
    assert min(tile.top for tile in tiles) <= 0
    assert max(tile.top + tile.size for tile in tiles) >= frame.height
    assert len(tiles) < 40


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "a,b,c,d", "1,2,1,3", "nan,1,2,3", "0,0,inf,1", "9" * 500, "0,-90,1,90", "\x00"],
)
def test_nonsense_is_no_part_of_the_world(text):
    assert read_bounds(text) is None


def test_bounds_are_read_as_they_are_written():
    bounds = Bounds(37.41111, 126.8, 37.7, 127.2)

    assert read_bounds(str(bounds)) == bounds
