from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from civic_sourcing.core import clock

pytestmark = pytest.mark.django_db


def test_the_clock_tells_an_aware_time_in_utc():
    moment = clock.now()

    assert moment.tzinfo is UTC
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=30)


def test_the_clock_counts_fractions_of_a_second():
    assert any(clock.now().microsecond for _ in range(3))


def test_the_clock_moves_on_inside_a_transaction():
    with transaction.atomic(), connection.cursor() as cursor:
        before = clock.now()
        cursor.execute(
            "SELECT pg_sleep(0.01)"
            if connection.vendor == "postgresql"
            else "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000)"
            " SELECT max(i) FROM n"
        )
        after = clock.now()

    assert after > before


def test_the_clock_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        clock.now()
