"""Whatever is sent to the screens of officials and the public page: an answer comes back."""

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.answers.actions import Adopt
from tests.odd_words import fields
from tests.rich import examples

from .desk_people import address, at_desk_scene, desk_official_scene  # noqa: F401

pytestmark = pytest.mark.django_db
FINE = {200, 302, 404, 422}

PUBLIC = ("period", "forum", "page", "export")
QUEUE = ("due", "cares", "department", "forum", "kind", "owed", "state", "q", "ordering", "p",
         "export", "status")  # fmt: skip
ANSWER = {"kind": "final", "decision": "accepted", "text": "We plant trees.", "language": "en"}
STEPS = {
    "draft": (ANSWER, ("departs_reason", "department", "partners", "next_step", "next_date",
                       "seen", "reason_codes")),
    "promise": ({"kind": "answer", "due_on": "2099-05-01"}, ("department", "owner")),
    "adopt": ({"title": "Trees"}, ("text", "owner", "department", "partners", "agreement",
                                   "budget_line", "currency", "procedure_changed", "expected_on")),
}  # fmt: skip
ABOUT_ADOPTION = {
    "plan": ({}, ("owner", "department", "expected_on", "currency", "reason", "budget_line")),
    "status": ({"status": "in_progress"}, ("reason",)),
    "news": ({"text": "It goes on."}, ("spent", "photo_1", "words_1")),
    "add_milestone": ({"title": "Dig"}, ("due_on", "done_on")),
}


@examples(40)
@given(query=fields(*PUBLIC))
def test_public_page_and_table_answer_any_query(client, owe, query):
    owe()

    page = client.get(reverse("civic_answers:kept_promises"), query)
    table = client.get(reverse("civic_answers:kept_promises_csv"), query)

    assert (page.status_code, table.status_code) == (200, 200)
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell[:1]]


@examples(40)
@given(query=fields(*QUEUE), name=st.sampled_from(["index", "adoptions", "gaps"]))
def test_lists_of_officials_answer_any_query(at_desk, owe, query, name):
    owe()

    assert at_desk.get(address(name), query).status_code in FINE


@examples(40)
@given(name=st.sampled_from(sorted(STEPS)), data=st.data())
def test_steps_of_officials_take_anything(at_desk, contribution, name, data):
    words, more = STEPS[name]
    sent = data.draw(fields(*words, *more, most=3))

    with transaction.atomic():
        answer = at_desk.post(address(name, contribution.uuid), {**words, **sent})
        page = at_desk.get(address("contribution", contribution.uuid))
        transaction.set_rollback(True)

    assert (answer.status_code in FINE, page.status_code) == (True, 200)


@pytest.fixture
def adoption(contribution, official):
    return Adopt(contribution, by=official, currency="KRW").execute()


@examples(40)
@given(name=st.sampled_from(sorted(ABOUT_ADOPTION)), data=st.data())
def test_steps_on_an_adoption_take_anything(client, at_desk, idea, adoption, name, data):
    words, more = ABOUT_ADOPTION[name]
    sent = data.draw(fields(*words, *more, most=3))

    with transaction.atomic():
        answer = at_desk.post(address(name, adoption.uuid), {**words, **sent})
        page = at_desk.get(address("adoption", adoption.uuid))
        public = client.get(idea.url)
        transaction.set_rollback(True)

    assert (answer.status_code in FINE, page.status_code, public.status_code) == (True, 200, 200)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("promise", {"kind": "answer", "due_on": "9999-12-31"}),
        ("adopt", {"title": "Trees", "expected_on": "9999-12-31"}),
    ],
    ids=["promised", "expected"],
)
def test_day_after_which_no_day_comes_is_refused(at_desk, contribution, name, words):
    answer = at_desk.post(address(name, contribution.uuid), words)

    assert answer.status_code == 422
    assert "2199" in answer.text
