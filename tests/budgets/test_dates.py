from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from civic_sourcing.budgets.dates import read_days, voting_period

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("13.09.2023", (date(2023, 9, 13), date(2023, 9, 13)), id="dots"),
        pytest.param("3/9/2023", (date(2023, 9, 3), date(2023, 9, 3)), id="slashes"),
        pytest.param("2023-09-13", (date(2023, 9, 13), date(2023, 9, 13)), id="ISO"),
        pytest.param(" 2023 ", (date(2023, 1, 1), date(2023, 12, 31)), id="year"),
        pytest.param("02.2024", (date(2024, 2, 1), date(2024, 2, 29)), id="leap month"),
        pytest.param("2023-12", (date(2023, 12, 1), date(2023, 12, 31)), id="December"),
        pytest.param("31.02.2023", None, id="no such day"),
        pytest.param("0000", None, id="year nought"),
        pytest.param("9999", None, id="no year of ours"),
        pytest.param("autumn", None, id="words"),
        pytest.param("٢٠٢٣", None, id="other digits"),
        pytest.param("", None, id="empty"),
    ],
)
def test_dates_are_read_in_the_ways_files_write_them(text, days):
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("begin", "end"),
    [("02.09.2024", "15.09.2024"), ("2024-09-02", "15/09/2024")],
)
def test_voting_lasts_to_the_end_of_its_last_day(begin, end):
    period = voting_period(begin, end, before=NOW)

    assert timezone.localtime(period.opens_at).isoformat()[:16] == "2024-09-02T00:00"
    assert timezone.localtime(period.closes_at).isoformat()[:16] == "2024-09-16T00:00"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        pytest.param("", "", id="no dates"),
        pytest.param("15.09.2024", "02.09.2024", id="reversed"),
        pytest.param("2031", "2031", id="not yet begun"),
    ],
)
def test_dates_that_cannot_be_right_give_no_phase(begin, end):
    assert voting_period(begin, end, before=NOW) is None


def test_a_published_election_is_over():
    period = voting_period("2025", "2026", before=NOW)

    assert period.closes_at == NOW
