"""The promise clock: owed once, kept once, extended before the day, reminded and escalated once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import (
    AssignPromise,
    ExtendPromise,
    KeepPromise,
    MakePromise,
    WaivePromise,
)
from civic_sourcing.answers.jobs import watch_promises
from civic_sourcing.answers.models import Promise, PromiseState
from civic_sourcing.answers.places import promises_for
from civic_sourcing.answers.signals import promise_kept, promise_overdue
from civic_sourcing.attribution.actions import RestoreContribution
from civic_sourcing.attribution.history import history_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.notifications.models import Notification
from tests.ideas.conftest import hide

from .conftest import DAY, REASON

pytestmark = pytest.mark.django_db


def let_pass(promise, days):
    """Let ``days`` go by since ``promise`` was made."""
    past = {
        name: getattr(promise, name) - days * DAY for name in ("made_at", "first_due_at", "due_at")
    }
    with triggers_suspended(of=[Promise]):
        Promise.objects.filter(pk=promise.pk).update(**past)
    promise.refresh_from_db()
    return promise


def told(user):
    return list(
        Notification.objects.filter(user=user).order_by("pk").values_list("subject", flat=True)
    )


def code_of(action):
    with pytest.raises(ActionRefused) as refused:
        action.execute()
    return refused.value.code


def test_what_is_owed_twice_for_one_cause_is_owed_once(owe):
    first = owe(10)

    assert owe(20) == first
    assert owe(20, key="second threshold") != first


def test_officials_hear_what_is_owed(owe, author, official):
    owe()

    assert told(author) == []
    assert told(official) == ["Please answer “Benches by the river”"]


def test_owner_hears_instead_of_all_officials(owe, official, make_official):
    colleague = make_official("colleague")

    owe(owner=colleague)

    assert (len(told(colleague)), told(official)) == (1, [])


def test_department_hears_instead_of_all_officials(owe, official, gardener, parks):
    owe(department=parks)

    assert (len(told(gardener)), told(official)) == (1, [])


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, "kept"), (9, "kept"), (11, "late_kept")],
    ids=["now", "last day", "late"],
)
def test_answer_keeps_the_promise_in_time_or_late(owe, answer, days, state):
    promise = let_pass(owe(10), days)

    published = answer()

    promise.refresh_from_db()
    assert (promise.state, promise.kept_at) == (state, published.published_at)


def test_at_the_very_moment_it_is_in_time(owe, contribution):
    promise = owe(10)

    kept = promises.keep(contribution, promise.due_at)

    assert [each.state for each in kept] == [PromiseState.KEPT]


def test_interim_answer_keeps_nothing(owe, answer):
    promise = owe()

    answer(kind="interim", decision="")

    promise.refresh_from_db()
    assert promise.is_running


def test_keeping_again_changes_nothing(owe, contribution, django_capture_on_commit_callbacks):
    promise, heard = owe(), []
    promise_kept.connect(lambda subject, **kwargs: heard.append(subject), weak=False)

    with django_capture_on_commit_callbacks(execute=True):
        first = promises.keep(contribution, clock.now())
        again = promises.keep(contribution, clock.now() + DAY)

    assert (first, again, heard) == ([promise], [], [promise])


def test_kept_promise_is_over(owe, contribution, official):
    promise = owe()
    promises.keep(contribution, clock.now())

    codes = {
        code_of(action)
        for action in (
            KeepPromise(promise, by=None, kept_at=clock.now()),
            WaivePromise(promise, by=official, reason=REASON),
            ExtendPromise(promise, by=official, due_at=clock.now() + 90 * DAY, reason=REASON),
        )
    }

    assert codes == {"not-running"}


def test_same_cause_may_owe_again_later(owe, contribution):
    first = owe()
    promises.keep(contribution, clock.now())

    assert owe() != first


def test_more_time_is_given_with_a_reason_and_begins_the_reminders_anew(owe, official, author):
    promise = owe(3)
    watch_promises(clock.now())
    later = promise.due_at + 10 * DAY

    extension = ExtendPromise(promise, by=official, due_at=later, reason=REASON).execute()

    promise.refresh_from_db()
    assert (promise.due_at, promise.reminded_at, promise.is_extended) == (later, None, True)
    assert (extension.due_before, extension.reason) == (promise.first_due_at, REASON)
    assert told(author)[-1] == "The city takes more time for “Benches by the river”"


@pytest.mark.parametrize(
    ("passed", "days", "reason", "code"),
    [
        (11, 30, REASON, "overdue"),
        (0, -1, REASON, "not-later"),
        (0, 0, REASON, "not-later"),
        (0, 30, " ", "no-reason"),
        (0, 30, "Busy.", "no-reason"),
    ],
    ids=["overdue", "less time", "the same day", "no reason", "a short reason"],
)
def test_more_time_is_refused(owe, official, passed, days, reason, code):
    promise = let_pass(owe(10), passed)
    due_at = promise.due_at + days * DAY

    assert code_of(ExtendPromise(promise, by=official, due_at=due_at, reason=reason)) == code


def test_waived_promise_says_why(owe, official):
    promise = owe()

    WaivePromise(promise, by=official, reason=REASON).execute()

    promise.refresh_from_db()
    assert (promise.state, promise.waived_reason) == (PromiseState.WAIVED, REASON)


def test_reminder_goes_out_once(owe, official):
    owe(3)

    said = [watch_promises(clock.now()) for _each in range(2)]

    assert [each.split(",")[0] for each in said] == ["1 reminded", "0 reminded"]
    assert told(official).count("Due soon: “Benches by the river”") == 1


@override_settings(CIVIC_SOURCING={"PROMISE_REMIND_DAYS": 0})
def test_town_without_reminders_gets_none(owe):
    owe(1)

    assert watch_promises(clock.now()).startswith("0 reminded")


def test_overdue_promise_is_escalated_once(
    owe, official, gardener, parks, administrator, django_capture_on_commit_callbacks
):
    promise, heard = let_pass(owe(10, department=parks), 11), []
    promise_overdue.connect(lambda subject, **kwargs: heard.append(subject), weak=False)

    with django_capture_on_commit_callbacks(execute=True):
        said = [watch_promises(clock.now()) for _each in range(2)]

    assert said[0].endswith("1 told of what is overdue")
    assert said[1].endswith("0 told of what is overdue")
    assert heard == [promise]
    for user in (official, gardener, administrator):
        assert told(user).count("Overdue: “Benches by the river”") == 1


def test_extended_promise_is_not_escalated(owe, official):
    promise = let_pass(owe(10), 9)
    ExtendPromise(promise, by=official, due_at=promise.due_at + 9 * DAY, reason=REASON).execute()

    assert not Promise.objects.overdue(clock.now() + 5 * DAY).exists()
    assert Promise.objects.overdue(clock.now() + 11 * DAY).exists()


def test_only_somebody_of_the_place_owns_a_promise(
    owe, official, foreign_official, gardener, parks
):
    promise = owe()

    assert code_of(AssignPromise(promise, by=official, owner=foreign_official)) == "stranger"
    AssignPromise(promise, by=official, owner=gardener, department=parks).execute()

    promise.refresh_from_db()
    assert promise.owner == gardener
    assert told(gardener) == ["“Benches by the river” is yours to care for now"]


@pytest.mark.parametrize("who", ["author", "gardener", "foreign_official"])
def test_others_do_not_move_the_clock(request, owe, parks, who):
    user, promise = request.getfixturevalue(who), owe(department=parks)

    for action in (
        ExtendPromise(promise, by=user, due_at=clock.now() + 90 * DAY, reason=REASON),
        WaivePromise(promise, by=user, reason=REASON),
        AssignPromise(promise, by=user),
        MakePromise(promise.contribution, by=user, due_at=clock.now() + DAY),
    ):
        with pytest.raises(ActionForbidden):
            action.execute()
    assert not promises_for(user).exists()


def test_author_hears_what_is_promised_by_hand(contribution, official, author):
    MakePromise(contribution, by=official, due_at=clock.now() + DAY).execute()

    assert told(author) == ["The city will answer “Benches by the river”"]


def test_official_promises_by_hand_for_the_future(contribution, official):
    due_at = timezone.now() + 5 * DAY

    promise = MakePromise(contribution, by=official, due_at=due_at).execute()

    assert (promise.cause, promise.first_due_at) == ("by-hand", due_at)
    assert code_of(MakePromise(contribution, by=official, due_at=due_at - 6 * DAY)) == "past"
    assert code_of(MakePromise(contribution, by=official, due_at=due_at)) == "promised-already"


CHANGES = {
    "less time": lambda promise: {"due_at": promise.due_at - timedelta(seconds=1)},
    "another first day": lambda promise: {"first_due_at": promise.first_due_at - DAY},
    "kept when it was late": lambda promise: {
        "state": "kept",
        "kept_at": promise.due_at + timedelta(seconds=1),
    },
    "another cause": lambda promise: {"cause": "by-hand"},
    "waived without a reason": lambda promise: {"state": "waived", "waived_at": promise.made_at},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_database_keeps_what_was_promised(owe, change):
    promise = owe()

    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**change(promise))


def test_database_keeps_what_has_ended(owe, contribution):
    promise = owe()
    promises.keep(contribution, clock.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(state="running", kept_at=None)


def test_owner_can_leave(owe, make_official, contribution):
    colleague = make_official("colleague")
    promise = owe(owner=colleague)
    promises.keep(contribution, clock.now())

    colleague.delete()

    promise.refresh_from_db()
    assert promise.owner is None


def test_history_tells_the_clock(owe, contribution, official):
    promise = owe(10)
    ExtendPromise(promise, by=official, due_at=promise.due_at + DAY, reason=REASON).execute()
    promise.refresh_from_db()
    let_pass(promise, 20)

    events = history_of(contribution)

    codes = sorted(event.code for event in events if event.code != "filed")
    assert codes == ["extended", "overdue", "promised"]


def test_history_tells_to_whom_it_was_forwarded(owe, contribution, official, parks, roads):
    promise = owe(10, department=parks)

    for department in (roads, roads, None):
        AssignPromise(promise, by=official, department=department).execute()

    events = {event.code: event for event in history_of(contribution)}
    assert events["promised"].by == parks.name
    assert events["forwarded"].sentence == "Forwarded to Roads"
    promise.refresh_from_db()
    assert [each["name"] for each in promise.handed_over] == ["Roads", ""]


def test_nobody_is_reminded_of_what_is_owed_to_a_hidden_text(idea, owe, official):
    let_pass(owe(10), 40)
    before = told(official)
    hide(idea)

    assert watch_promises(clock.now()).endswith("0 told of what is overdue")
    assert told(official) == before


def test_clock_of_a_hidden_text_goes_on_once_it_is_back(idea, owe):
    let_pass(owe(10), 40)
    hide(idea)
    RestoreContribution(idea.contribution, by=None).execute()

    assert watch_promises(clock.now()).endswith("1 told of what is overdue")
