"""The public page about promises: figures by department, what is overdue, a table to download."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from civic_sourcing.answers import promises
from civic_sourcing.answers.models import Promise
from civic_sourcing.core.testing import triggers_suspended

from .test_pages import put_back

pytestmark = pytest.mark.django_db

MOST_QUERIES = 16


@pytest.fixture
def read(client):
    def get(name="kept_promises", *, language="en", **query):
        with translation.override(language):
            answer = client.get(reverse(f"civic_answers:{name}"), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


@pytest.fixture
def owe_to(propose, author):
    """``owe_to("Trees", days=-3)``: an idea of that title, its answer due so many days from now."""

    def owe(title, days, *, department=None, kind="answer"):
        contribution = propose(author, title).contribution
        promise = promises.owe(
            contribution,
            cause="threshold",
            due_at=timezone.now() + timedelta(days=60),
            department=department,
            kind=kind,
        )
        return put_back(promise, 60 - days)

    return owe


def settle(promise, state, days):
    """Leave a promise as kept so many days before (or, below zero, after) it was due."""
    with triggers_suspended(of=[Promise]):
        Promise.objects.filter(pk=promise.pk).update(
            state=state, kept_at=promise.due_at - timedelta(days=days)
        )


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_page_without_any_promise_says_so(read, forum):
    assert "Nothing was promised" in read()


def test_rate_is_what_was_kept_in_time_of_all_that_came_due(read, owe_to, parks, roads):
    settle(owe_to("One", -10, department=parks), "kept", 1)
    settle(owe_to("Two", -10, department=parks), "late_kept", -1)
    owe_to("Three", -10, department=parks)
    owe_to("Four", 10, department=roads)

    rows = {row["Department"]: row for row in rows_of(read("kept_promises_csv"))}

    assert rows["Parks"] == {
        "What was promised": "an answer",
        "Department": "Parks",
        "Came due": "3",
        "In time": "1",
        "Late": "1",
        "Overdue": "1",
        "Not due yet": "0",
        "Waived": "0",
        "Given more time": "0",
        "In time, in percent": "33",
    }
    assert rows["Roads"]["In time, in percent"] == ""
    assert rows["Roads"]["Not due yet"] == "1"


def test_percentage_is_rounded_down(read, owe_to, parks):
    for title in ("One", "Two"):
        settle(owe_to(title, -10, department=parks), "kept", 1)
    settle(owe_to("Three", -10, department=parks), "late_kept", -1)

    assert rows_of(read("kept_promises_csv"))[0]["In time, in percent"] == "66"


def test_overdue_answers_are_listed_with_how_late_they_are(read, owe_to, parks):
    owe_to("Trees along the river", -5, department=parks)
    owe_to("Benches", 5)

    page = read()

    overdue = page[page.index('id="overdue"') :]
    assert "Trees along the river" in overdue
    assert "5 days late" in overdue
    assert "Parks" in overdue
    assert "Benches" not in overdue


@pytest.mark.parametrize(
    ("period", "count"), [("year", 1), ("quarter", 0), ("all", 2), ("nonsense", 1), ("", 1)]
)
def test_time_can_be_chosen_and_a_bad_value_is_the_default(read, owe_to, period, count):
    owe_to("Spring", -150)
    owe_to("Long ago", -700)

    rows = rows_of(read("kept_promises_csv", period=period))

    assert sum(int(row["Came due"]) for row in rows) == count


def test_forum_can_be_chosen(read, owe_to, forum, other_forum, propose, author):
    owe_to("Here", -5)

    here = read("kept_promises_csv", forum=str(forum.process.uuid))
    bad = read("kept_promises_csv", forum="'; DROP TABLE")

    assert rows_of(here)[0]["Overdue"] == "1"
    assert rows_of(bad)[0]["Overdue"] == "1"
    assert "valid choice" not in read(forum="'; DROP TABLE", period="9" * 300)


def test_private_forum_is_nowhere(read, owe_to, forum):
    owe_to("Secret garden", -5)
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert "Secret garden" not in read()
    assert "Nothing was promised" in read()
    assert rows_of(read("kept_promises_csv")) == []


def test_hidden_text_is_not_named(read, owe_to):
    promise = owe_to("Very rude words", -5)
    type(promise.contribution).objects.filter(pk=promise.contribution_id).update(
        state="hidden", hidden_from="published"
    )

    assert "Very rude words" not in read()


def test_deliveries_have_figures_of_their_own(read, owe_to, parks):
    owe_to("Built late", -5, department=parks, kind="delivery")

    page = read()

    assert "Deliveries by department" in page
    assert "Answers by department" not in page
    assert rows_of(read("kept_promises_csv"))[0]["What was promised"] == "a delivery"


def test_queries_do_not_grow_with_promises(read, owe_to, parks, django_assert_max_num_queries):
    for number in range(12):
        owe_to(f"Idea {number}", -5, department=parks)

    with django_assert_max_num_queries(MOST_QUERIES):
        read()


def test_only_reading_is_possible(client, forum):
    assert client.post(reverse("civic_answers:kept_promises")).status_code == 405
