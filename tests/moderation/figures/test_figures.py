"""Counts, times and frozen documents."""

import json
import subprocess
import sys
from datetime import date

import pytest

from civic_sourcing.moderation.figures import (
    Fact,
    Facts,
    Figures,
    Period,
    Quarter,
    freeze,
    quarter_of,
    spread_of,
)

SPRING = Quarter(2026, 2)
FORUM = "forum-a"


def decisions(number, rule="r1", outcome="hide", *, forum=FORUM, quarter=SPRING, by="none"):
    fact = Fact.of("decision", quarter, forum=forum, rule=rule, outcome=outcome, automation=by)
    return [fact] * number


def frozen(*facts, waits=(), part="q2", forums=(FORUM,), earlier=()):
    all_facts = Facts.gathered([fact for some in facts for fact in some], waits)
    return freeze(all_facts, Period(2026, part), forums, earlier=earlier)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), Quarter(2026, 1)),
        (date(2026, 3, 31), Quarter(2026, 1)),
        (date(2026, 4, 1), Quarter(2026, 2)),
        (date(2026, 12, 31), Quarter(2026, 4)),
    ],
    ids=["first day", "end of March", "start of April", "last day"],
)
def test_day_lies_in_its_quarter(day, quarter):
    assert quarter_of(day) == quarter
    assert quarter.first_day <= day <= quarter.last_day


def test_year_is_made_of_its_quarters():
    assert list(Period(2026, "year")) == [Quarter(2026, number) for number in (1, 2, 3, 4)]
    assert Period(2026, "h2").last_day == date(2026, 12, 31)


@pytest.mark.parametrize("part", ["q5", "", "month"])
def test_unknown_part_of_a_year_is_refused(part):
    with pytest.raises(ValueError, match="part of a year"):
        Period(2026, part)


@pytest.mark.parametrize(
    ("durations", "median", "ninetieth"),
    [
        ([3.0], 3.0, 3.0),
        ([1.0, 2.0], 1.5, 2.0),
        (list(range(1, 11)), 5.5, 9),
        (list(range(1, 12)), 6, 10),
    ],
    ids=["one", "two", "ten", "eleven"],
)
def test_median_and_ninetieth_percentile(durations, median, ninetieth):
    spread = spread_of(durations)

    assert (spread.median, spread.ninetieth) == (median, ninetieth)


def test_no_durations_have_no_spread():
    assert spread_of([]) is None


def test_cells_are_counted_by_rule_and_outcome_with_totals():
    figures = frozen(decisions(7), decisions(6, "r2", "no_breach"))

    assert figures.count("decision", rule="r1", outcome="hide") == 7
    assert figures.count("decision", rule="r1", outcome="no_breach") == 0
    assert figures.count("decision", outcome="no_breach") == 6
    assert figures.count("decision") == 13
    assert figures.values("decision", "rule") == ["r1", "r2"]


def test_other_quarters_and_forums_do_not_count():
    figures = frozen(
        decisions(7),
        decisions(9, quarter=Quarter(2026, 3)),
        decisions(9, forum="forum-b"),
        decisions(9, quarter=Quarter(2025, 2)),
    )

    assert figures.count("decision") == 7


def test_cell_under_five_is_left_out_with_a_second_one_of_its_row():
    figures = frozen(decisions(3), decisions(8, outcome="mask"), decisions(9, outcome="warn"))

    assert figures.count("decision", outcome="hide") is None
    assert figures.count("decision", outcome="mask") is None
    assert figures.count("decision", outcome="warn") == 9
    assert figures.count("decision") == 20


def test_total_goes_where_it_alone_could_tell():
    figures = frozen(decisions(2), decisions(2, "r2"))

    assert figures.count("decision") is None


def test_zero_beside_gaps_is_left_out_too():
    figures = frozen(
        decisions(2), decisions(9, outcome="mask"), decisions(3, "r2"), decisions(9, "r2", "mask"),
        decisions(2, "r3", "warn"), decisions(3, "r1", "warn"), decisions(30, "r4", "mask"),
    )  # fmt: skip

    assert figures.count("decision", rule="r2", outcome="warn") is None
    assert figures.count("decision", rule="r4", outcome="warn") == 0


def test_a_forum_alone_is_not_counted_twice():
    figures = frozen(decisions(7))

    assert figures.values("decision", "forum") == []


def test_forums_are_counted_apart_and_together():
    figures = frozen(decisions(7), decisions(8, forum="forum-b"), forums=(FORUM, "forum-b"))

    assert figures.count("decision", forum="forum-b", rule="r1") == 8
    assert figures.count("decision", rule="r1") == 15


def test_share_of_automation_is_counted():
    figures = frozen(decisions(7), decisions(5, by="detected"))

    assert figures.count("decision", automation="detected") == 5


def test_times_are_those_of_the_period():
    waits = [(SPRING, FORUM, float(hours)) for hours in range(1, 11)]
    waits.append((Quarter(2026, 3), FORUM, 999.0))

    figures = frozen(decisions(10), waits=waits)

    assert figures.waits == {"": (5.5, 9.0)}


def test_times_of_fewer_than_five_are_not_told():
    figures = frozen(decisions(10), waits=[(SPRING, FORUM, 2.0)] * 4)

    assert figures.waits == {}


def test_document_comes_back_as_it_was():
    figures = frozen(decisions(7), decisions(2, "r2"), waits=[(SPRING, FORUM, 2.5)] * 7)

    document = json.loads(json.dumps(figures.as_document()))

    assert Figures.from_document(document) == figures


def test_figures_are_counted_without_django():
    code = "import sys, civic_sourcing.moderation.figures; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
