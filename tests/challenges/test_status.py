"""The status of a challenge and the phases of its process, from its rounds alone."""

from datetime import UTC, datetime, timedelta

import pytest

from civic_sourcing.challenges.status import (
    Decided,
    RoundDates,
    first_disorder,
    status_of,
    windows_of,
)

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def day(number):
    return START + timedelta(days=number)


ONE = RoundDates(day(0), day(10), day(20))
TWO = RoundDates(day(30), day(40), day(50))
WORK = RoundDates(day(30), day(60), takes_entries=False)
OPEN_END = RoundDates(day(0), day(10))


@pytest.mark.parametrize(
    ("rounds", "at", "said", "status"),
    [
        ([], day(0), {}, "upcoming"),
        ([RoundDates(None, None)], day(0), {}, "upcoming"),
        ([ONE], day(0) - SECOND, {}, "upcoming"),
        ([ONE], day(0), {}, "open"),
        ([ONE], day(10) - SECOND, {}, "open"),
        ([ONE], day(10), {}, "judging"),
        ([ONE], day(20) - SECOND, {}, "judging"),
        ([ONE], day(20), {}, "closed"),
        ([ONE], day(12), {"decided": True}, "closed"),
        ([OPEN_END], day(900), {}, "judging"),
        ([OPEN_END], day(900), {"judged_here": False}, "closed"),
        ([ONE, TWO], day(25), {}, "judging"),
        ([ONE, TWO], day(25), {"decided": True}, "judging"),
        ([ONE, TWO], day(30), {}, "open"),
        ([ONE, WORK], day(31), {}, "judging"),
        ([ONE, WORK], day(60), {}, "closed"),
        ([ONE], day(5), {"archived": True}, "archived"),
    ],
)
def test_status_follows_from_the_rounds(rounds, at, said, status):
    assert status_of(rounds, at, **said) == status


def told(windows):
    return [
        (each.kind, (each.opens_at - START).days, each.closes_at and (each.closes_at - START).days)
        for each in windows
    ]


@pytest.mark.parametrize(
    ("rounds", "said", "phases"),
    [
        ([], {"announced_at": day(-5)}, []),
        ([ONE], {}, [("entering", 0, 10), ("judging", 10, 20)]),
        (
            [ONE],
            {"announced_at": day(-5)},
            [("announced", -5, 0), ("entering", 0, 10), ("judging", 10, 20)],
        ),
        ([ONE], {"announced_at": day(3)}, [("entering", 0, 10), ("judging", 10, 20)]),
        ([OPEN_END], {}, [("entering", 0, 10), ("judging", 10, None)]),
        (
            [OPEN_END, TWO],
            {},
            [("entering", 0, 10), ("judging", 10, 30), ("entering", 30, 40), ("judging", 40, 50)],
        ),
        ([ONE, WORK], {}, [("entering", 0, 10), ("judging", 10, 20), ("working", 30, 60)]),
        (
            [ONE],
            {"decided": Decided(day(15), day(25))},
            [
                ("entering", 0, 10),
                ("judging", 10, 15),
                ("verification", 15, 25),
            ],
        ),
    ],
)
def test_phases_follow_one_another(rounds, said, phases):
    assert told(windows_of(rounds, **said)) == phases


@pytest.mark.parametrize(
    ("rounds", "fault"),
    [
        ([ONE, TWO], None),
        ([ONE, WORK], None),
        ([ONE, RoundDates(day(30), None, takes_entries=False)], None),
        ([RoundDates(None, day(1))], (0, "no-opening")),
        ([RoundDates(day(1), None)], (0, "no-closing")),
        ([RoundDates(day(1), day(1))], (0, "reversed")),
        ([RoundDates(day(1), day(3), day(2))], (0, "judging-before-close")),
        ([ONE, RoundDates(day(5), day(40))], (1, "before-predecessor")),
        ([TWO, ONE], (1, "before-predecessor")),
    ],
)
def test_a_round_out_of_order_is_named(rounds, fault):
    assert first_disorder(rounds) == fault
