"""The arithmetic of the public numbers."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from civic_sourcing.challenges.numbers.figures import Figures, Told, fiscal_year, median

JULY, AUGUST = datetime(2020, 7, 1, tzinfo=UTC), datetime(2020, 8, 1, tzinfo=UTC)


def test_a_challenge_counts_for_each_of_its_types():
    figures = Figures([Told(types=["ideas", "software"]), Told(types=["ideas"]), Told()])

    assert [(row.key, row.challenges) for row in figures.by_type] == [("ideas", 2), ("software", 1)]
    assert figures.without_type == 1


def test_mean_and_median_leave_out_challenges_without_a_sum():
    money = Figures([Told(amount=1), Told(amount=2), Told(amount=6), Told()]).money

    assert (money.total, money.mean, money.median, money.blank) == (9, 3, 2, 1)


def test_challenges_with_other_prizes_are_counted_apart():
    figures = Figures([Told(amount=10), Told(amount=4, has_other_prizes=True)])

    assert (figures.money_alone.mean, figures.money_and_more.mean) == (10, 4)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param(JULY, 1, id="at the opening"),
        pytest.param(AUGUST, 0, id="at the close"),
    ],
)
def test_a_window_covers_its_opening_and_not_its_close(moment, number):
    figures = Figures([Told(opens_at=JULY, closes_at=AUGUST), Told(closes_at=AUGUST)])

    assert figures.open_on(moment) == number


@pytest.mark.parametrize(
    ("numbers", "middle"), [([], None), ([3], 3), ([1, 2], Fraction(3, 2)), ([1, 2, 9], 2)]
)
def test_the_median_of_an_even_number_is_between_the_middle_two(numbers, middle):
    assert median(numbers) == middle


@pytest.mark.parametrize(
    ("month", "starts", "year"), [(9, 10, 2020), (10, 10, 2021), (1, 1, 2020), (12, 1, 2020)]
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(month, starts, year):
    assert fiscal_year(datetime(2020, month, 1, tzinfo=UTC), starts) == year
