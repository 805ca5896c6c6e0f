"""What everybody reads on the page of an idea: the clock, the answers, what becomes of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.context import Context
from django.utils import timezone

from civic_sourcing.answers.actions import (
    Adopt,
    ChangeAdoptionStatus,
    ContributePart,
    CorrectAnswer,
    ExtendPromise,
    PublishAnswer,
    ReportDelivery,
    SetMilestone,
    WaivePromise,
)
from civic_sourcing.answers.models import Promise
from civic_sourcing.answers.slot import show_answers
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.core.uploads import receive
from tests.core.pictures import picture

pytestmark = pytest.mark.django_db

REASON = "The soil has to be examined before anything is planted."


@pytest.fixture
def read(client, idea):
    def read(language="en", user=None):
        if user:
            client.force_login(user)
        answer = client.get(idea.get_url(), headers={"accept-language": language})
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def put_back(promise, days):
    """Leave ``promise`` as if it had been made so many days earlier."""
    earlier = timedelta(days=days)
    with triggers_suspended(of=[Promise]):
        Promise.objects.filter(pk=promise.pk).update(
            made_at=promise.made_at - earlier,
            first_due_at=promise.first_due_at - earlier,
            due_at=promise.due_at - earlier,
        )
    promise.refresh_from_db()
    return promise


def test_page_without_promise_or_answer_says_nothing(read):
    assert 'id="answers"' not in read()


def test_running_promise_says_until_when_and_who(read, owe, parks):
    owe(20, department=parks)

    page = read()

    assert "The city owes an answer by" in page
    assert "Responsible: Parks" in page
    assert "civic-notice-info" in page


def test_overdue_promise_says_so_in_words_and_in_red(read, owe):
    put_back(owe(10), 13)

    page = read()

    assert "and is overdue." in page
    assert "3 days late" in page
    assert "civic-notice-danger" in page


def test_more_time_is_shown_with_its_reason(read, owe, official):
    promise = owe(10)
    later = promise.due_at + timedelta(days=5)
    ExtendPromise(promise, by=official, due_at=later, reason=REASON).execute()

    page = read()

    assert "Put off from" in page
    assert REASON in page


def test_waived_promise_gives_its_reason(read, owe, official):
    WaivePromise(owe(), by=official, reason=REASON).execute()

    page = read()

    assert "No answer is owed any more" in page
    assert REASON in page


@pytest.mark.parametrize(
    ("days_earlier", "words"),
    [(0, "Answered in time, on"), (15, "Answered late, on")],
    ids=["in time", "late"],
)
def test_kept_promise_says_whether_it_was_in_time(read, owe, answer, days_earlier, words):
    put_back(owe(10), days_earlier)
    answer()

    assert words in read()


def test_what_is_due_at_midnight_is_due_on_the_day_before(read, contribution, owe):
    promise = owe(10)
    midnight = timezone.localtime(promise.due_at).replace(hour=0, minute=0, second=0, microsecond=0)
    Promise.objects.filter(pk=promise.pk).update(due_at=midnight + timedelta(days=1))

    day = timezone.localtime(promise.due_at).date()

    assert f"by {day.day} " in read() or f" {day.day}, " in read()


def test_answer_is_shown_with_decision_reasons_and_next_step(read, answer, parks):
    answer(
        decision="declined",
        reason_codes=["no-money"],
        departs_reason="Many people wanted this, and it would cost half the budget.",
        department=parks,
        next_step="Ask again",
        next_date=timezone.localdate() + timedelta(days=30),
    )

    page = read()

    for words in (
        "Answer of the city",
        "Declined",
        "There is no money for it",
        "it would cost half the budget",
        "Parks",
        "Ask again",
        "We plant the trees along the river in spring.",
    ):
        assert words in page


def test_draft_is_read_by_nobody_outside(read, draft, author):
    draft(text="Not ready at all.")

    assert "Not ready at all." not in read(user=author)


def test_parts_of_departments_are_shown_with_their_names(read, draft, official, parks):
    waiting = draft(partners=[parks])
    ContributePart(waiting.parts.get(), by=official, text="Our gardeners agree.").execute()
    PublishAnswer(waiting, by=official).execute()

    page = read()

    assert "together with Parks" in page
    assert "Our gardeners agree." in page


def test_correction_stands_first_and_what_it_corrects_beneath(read, answer, official):
    first = answer(text="In spring.")
    draft = CorrectAnswer(first, by=official, decision="accepted", text="In autumn.").execute()
    PublishAnswer(draft, by=official).execute()

    page = read()

    assert page.index("In autumn.") < page.index("What this answer corrects")
    assert page.index("What this answer corrects") < page.index("In spring.")


def test_adoption_is_shown_with_milestones_news_and_money(read, contribution, official, parks):
    adoption = Adopt(
        contribution,
        by=official,
        title="Twenty benches",
        text="Twenty benches of oak.",
        department=parks,
        expected_on=timezone.localdate() + timedelta(days=60),
        budget_line="Parks 4711",
        currency="KRW",
    ).execute()
    benches = receive(SimpleUploadedFile("benches.png", picture()))
    SetMilestone(adoption, by=official, title="Wood is bought").execute()
    ReportDelivery(
        adoption,
        by=official,
        text="Ten stand already.",
        spent=1_500_000,
        photos=[(benches, "Ten benches in the sun")],
    ).execute()
    ChangeAdoptionStatus(adoption, by=official, status="in_progress").execute()

    page = read()

    for words in (
        "Twenty benches of oak.",
        "in progress",
        "Parks 4711",
        "Wood is bought",
        "Ten stand already.",
        "₩1,500,000 spent so far",
        'alt="Ten benches in the sun"',
        "The city promised to deliver by",
    ):
        assert words in page


def test_page_names_departments_and_no_official(read, owe, answer, make_official):
    named = make_official("sigrid")
    owe(owner=named)
    answer()

    assert "sigrid" not in read()


def test_only_officials_of_the_place_are_led_to_the_desk(
    read, idea, author, official, foreign_official
):
    desk = f"/civic/answers/{idea.contribution.uuid}/"

    assert desk in read(user=official)
    assert desk not in read(user=foreign_official)
    assert desk not in read(user=author)


def test_page_with_nothing_costs_three_queries_more(client, idea, django_assert_num_queries, rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(3):
        show_answers(Context({"request": request}), idea.contribution)
