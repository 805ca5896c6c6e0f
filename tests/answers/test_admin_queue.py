"""What officials see in their lists: what is owed, what is adopted, what is missing, as tables."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import Adopt
from civic_sourcing.answers.models import Promise
from civic_sourcing.attribution.actions import HideContribution

from .desk_people import (  # noqa: F401
    address,
    at_desk_scene,
    desk_gardener_scene,
    desk_official_scene,
    desk_stranger_scene,
    let_in,
)
from .test_pages import put_back

pytestmark = pytest.mark.django_db

REASON = "The soil has to be examined before anything is planted."


@pytest.fixture
def owe_to(propose, author):
    """``owe_to("Trees", -3)``: an idea of that title whose answer is due so many days from now."""

    def owe(title, days, **arguments):
        contribution = propose(author, title).contribution
        due_at = timezone.now() + timedelta(days=60)
        values = {"cause": "threshold", **arguments}
        promise = promises.owe(contribution, due_at=due_at, **values)
        return put_back(promise, 60 - days)

    return owe


@pytest.fixture
def listed(at_desk):
    """Titles in a list of officials, in order."""

    def listed(name="index", **query):
        answer = at_desk.get(address(name), query)
        assert answer.status_code == 200
        return [row.contribution.title for row in answer.context["object_list"]]

    return listed


@pytest.fixture
def table(at_desk):
    def table(name="index", **query):
        answer = at_desk.get(address(name), {**query, "export": "csv"})
        assert answer.status_code == 200
        return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    return table


def test_what_is_due_first_stands_first(listed, owe_to):
    owe_to("Later", 20)
    owe_to("Overdue", -3)
    owe_to("Soon", 2)

    assert listed() == ["Overdue", "Soon", "Later"]


def test_overdue_says_so_in_words(at_desk, owe_to):
    owe_to("Overdue", -3)

    page = at_desk.get(address("index")).content.decode()

    assert "3 days late" in page
    assert "civic-late" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"due": "overdue"}, ["Overdue"]),
        ({"due": "soon"}, ["Soon"]),
        ({"due": ["overdue", "later"]}, ["Overdue", "Later"]),
        ({"cares": "mine"}, ["Soon"]),
        ({"cares": "nobody"}, ["Overdue", "Later"]),
        ({"owed": "delivery"}, ["Later"]),
        ({"state": "kept"}, []),
        ({"state": "all"}, ["Overdue", "Soon", "Later"]),
        ({"q": "over"}, ["Overdue"]),
        ({"due": "nonsense"}, ["Overdue", "Soon", "Later"]),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_list_is_filtered(listed, owe_to, desk_official, query, titles):
    owe_to("Overdue", -3)
    owe_to("Soon", 2, owner=desk_official)
    owe_to("Later", 20, kind="delivery")

    assert listed(**query) == titles


def test_departments_are_filtered_by_what_they_are_called(listed, owe_to, parks, roads):
    owe_to("Trees", 5, department=parks)
    owe_to("Potholes", 5, department=roads)

    assert listed(department=str(parks.translation_key)) == ["Trees"]


def test_other_forums_are_not_listed(client, desk_stranger, owe_to):
    owe_to("Overdue", -3)
    client.force_login(desk_stranger)

    page = client.get(address("index")).content.decode()

    assert "Overdue" not in page.replace(">overdue<", "")
    assert "All promises are kept." in page


def test_sorting_by_what_nobody_offers_is_the_default(listed, owe_to):
    owe_to("Later", 20)
    owe_to("Overdue", -3)

    assert listed(ordering="owner__password") == ["Overdue", "Later"]


def test_table_says_how_late_and_whose(table, owe_to, desk_official, parks):
    owe_to("Overdue", -3, department=parks, owner=desk_official)

    row = table()[0]

    assert (row["Title"], row["Department"], row["State"]) == ("Overdue", "Parks", "overdue")
    assert (row["Days late"], row["Why"]) == ("3", "Enough people supported it")
    assert "@" not in str(row)


def test_no_cell_of_a_table_is_a_formula(table, owe_to):
    owe_to('=HYPERLINK("http://example.org")', 5)

    assert table()[0]["Title"].startswith("'=")


def test_list_costs_the_same_queries_however_long(
    at_desk, owe_to, parks, django_assert_num_queries, django_assert_max_num_queries
):
    owe_to("First", 5, department=parks)
    with django_assert_max_num_queries(25) as few:
        at_desk.get(address("index"))
    for number in range(8):
        owe_to(f"Idea {number}", 5, department=parks)

    with django_assert_num_queries(len(few)):
        at_desk.get(address("index"))


def test_menu_says_how_much_is_overdue(at_desk, owe_to):
    owe_to("Overdue", -3)

    assert "Answers (1)" in at_desk.get("/admin/").content.decode()


def test_promise_is_made_handed_over_extended_and_waived(
    at_desk, contribution, desk_official, parks
):
    day = timezone.localdate() + timedelta(days=10)
    values = {"kind": "answer", "due_on": day.isoformat(), "department": parks.pk}
    at_desk.post(address("promise", contribution.uuid), values)
    promise = Promise.objects.get()
    assert timezone.localtime(promise.due_at - timedelta(seconds=1)).date() == day

    def step(name, **values):
        at_desk.post(address(name, contribution.uuid, promise.uuid), values)
        promise.refresh_from_db()

    step("assign", owner=desk_official.pk, department=parks.pk)
    assert promise.owner == desk_official
    step("extend", due_on=(day + timedelta(days=5)).isoformat(), reason=REASON)
    assert promise.is_extended
    step("waive", reason=REASON)
    assert promise.state == "waived"


def test_overdue_promise_is_not_extended_and_the_reason_stays(at_desk, owe_to):
    promise = owe_to("Overdue", -3)
    later = timezone.localdate() + timedelta(days=9)

    url = address("extend", promise.contribution.uuid, promise.uuid)
    answer = at_desk.post(url, {"due_on": later.isoformat(), "reason": REASON})

    assert answer.status_code == 409
    assert "overdue already" in answer.content.decode()
    assert REASON in answer.content.decode()


def test_promise_of_another_contribution_is_missing(at_desk, owe_to, contribution):
    promise = owe_to("Another", 5)

    url = address("waive", contribution.uuid, promise.uuid)

    assert at_desk.get(url, follow=True).status_code == 404


def test_stranger_cannot_be_given_a_promise(at_desk, owe_to, author):
    promise = owe_to("Trees", 5)

    url = address("assign", promise.contribution.uuid, promise.uuid)
    answer = at_desk.post(url, {"owner": author.pk})

    assert answer.status_code == 422


def test_gaps_name_what_is_missing(at_desk, contribution, official):
    Adopt(contribution, by=official, title="Twenty benches").execute()

    page = at_desk.get(address("gaps")).content.decode()

    assert "Twenty benches" in page
    assert "somebody who cares for it, a day" in page


def test_what_is_accepted_without_a_plan_is_a_gap(at_desk, answer):
    answer(decision="accepted")

    page = at_desk.get(address("gaps")).content.decode()

    assert "nothing is made of it" in page
    assert "Benches by the river" in page


def test_adopted_things_are_listed_and_exported(table, listed, contribution, official, parks):
    day = timezone.localdate() + timedelta(days=30)
    plan = {"department": parks, "expected_on": day, "budget_line": "Parks 4711"}
    Adopt(contribution, by=official, title="Twenty benches", **plan).execute()

    assert listed("adoptions") == ["Twenty benches"]
    row = table("adoptions")[0]
    assert (row["Expected"], row["Budget line"]) == (day.isoformat(), "Parks 4711")


def test_person_of_a_department_reads_what_it_owes(client, desk_gardener, owe_to, parks):
    promise = owe_to("Trees", 5, department=parks)
    client.force_login(desk_gardener)

    page = client.get(address("contribution", promise.contribution.uuid)).content.decode()

    assert "The city owes an answer by" in page
    assert "Write an answer" not in page
    assert client.get(address("index")).status_code in (302, 403)


def test_queue_leaves_out_what_moderators_have_hidden(listed, owe_to):
    owe_to("Trees", 3)
    promise = owe_to("Very rude words", -3)
    HideContribution(promise.contribution, by=None).execute()

    assert listed() == ["Trees"]
