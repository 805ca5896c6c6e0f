"""How the city keeps its word, by department: each promise counts once, where it is due."""

import pytest

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import ExtendPromise, WaivePromise
from civic_sourcing.answers.compliance import Period, Row, compliance, total
from civic_sourcing.answers.models import Promise
from civic_sourcing.attribution.actions import HideContribution, RestoreContribution
from civic_sourcing.core import clock

from .conftest import DAY, REASON
from .test_promises import let_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(propose, author, official, parks, roads):
    """Parks: kept, late, waived, extended and open. Roads: overdue. Nobody: open."""

    def owe(title, department, passed=0):
        idea = propose(author, title)
        due_at = clock.now() + 10 * DAY
        contribution = idea.contribution
        return let_pass(
            promises.owe(contribution, cause="threshold", due_at=due_at, department=department),
            passed,
        )

    promises.keep(owe("One", parks).contribution, clock.now())
    promises.keep(owe("Two", parks, 11).contribution, clock.now())
    WaivePromise(owe("Three", parks), by=official, reason=REASON).execute()
    extended = owe("Four", parks)
    ExtendPromise(extended, by=official, due_at=extended.due_at + DAY, reason=REASON).execute()
    owe("Five", roads, 11)
    owe("Six", None)


def test_each_promise_counts_once(town, parks, roads):
    rows = compliance()

    assert rows == [
        Row(parks, kept=1, late=1, waived=1, open=1, extended=1),
        Row(roads, overdue=1),
        Row(None, open=1),
    ]
    assert [row.rate for row in rows] == [0.5, 0.0, None]
    assert total(rows).all == 6


def test_period_takes_what_is_due_in_it(town):
    now = clock.now()

    past = total(compliance(period=Period(until=now)))
    future = total(compliance(period=Period(since=now)))

    assert (past.late, past.overdue, past.all) == (1, 1, 2)
    assert (future.all, future.came_due) == (4, 1)


def test_other_processes_are_left_out(town, forum, other_forum):
    assert not compliance([other_forum.process])
    assert total(compliance([forum.process])).all == 6


def test_names_are_in_the_language_of_the_reader(town, parks, korean):
    translated = parks.copy_for_translation(korean)
    translated.name = "공원과"
    translated.save()

    assert [str(row.department) for row in compliance(language="ko")] == ["Roads", "공원과", "None"]


def test_it_takes_two_queries(town, django_assert_num_queries):
    at = clock.now()

    with django_assert_num_queries(2):
        compliance(at=at)


def test_what_is_owed_to_a_hidden_text_does_not_count_until_it_is_back(town, roads):
    contribution = Promise.objects.get(department=roads).contribution

    HideContribution(contribution, by=None).execute()
    hidden = total(compliance())
    RestoreContribution(contribution, by=None).execute()

    assert (hidden.overdue, total(compliance()).overdue) == (0, 1)


def test_answer_of_a_department_counts_for_it_where_the_promise_was_nobodys(owe, answer, parks):
    owe(20)

    answer(department=parks)

    assert compliance() == [Row(parks, kept=1)]


def test_answer_of_another_department_leaves_a_promise_with_its_own(owe, answer, parks, roads):
    owe(20, department=roads)

    answer(department=parks)

    assert compliance() == [Row(roads, kept=1)]
