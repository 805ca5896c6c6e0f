"""Several at the same moment: published once, kept once, owed once, reminded and escalated once."""

import pytest
from django.db import transaction

from civic_sourcing.answers import promises
from civic_sourcing.answers.actions import (
    Adopt,
    DraftAnswer,
    EscalatePromise,
    KeepPromise,
    PublishAnswer,
    RemindOfPromise,
)
from civic_sourcing.answers.jobs import watch_promises
from civic_sourcing.answers.models import Adoption, OfficialAnswer, Promise
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.notifications.models import Notification
from tests.racing import Gathering

from .conftest import DAY, TEXT
from .test_promises import let_pass

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


class Unlocked:
    """The control: all look at the rows before any lock is held, and never again."""

    gathering: Gathering

    def fresh_subject(self):
        seen = type(self.subject).objects.get(pk=self.subject.pk)
        self.gathering.wait()
        return seen


@pytest.fixture(autouse=True)
def gathering(monkeypatch):
    monkeypatch.setattr(Unlocked, "gathering", Gathering(4), raising=False)


class UnlockedPublish(Unlocked, PublishAnswer):
    """Only looks whether it would publish: the database would refuse the second time."""

    verb = "publish_unlocked"
    digest = None

    def perform(self):
        return self.subject


class UnlockedRemind(Unlocked, RemindOfPromise):
    verb = "remind_unlocked"


class UnlockedEscalate(Unlocked, EscalatePromise):
    verb = "escalate_unlocked"


class UnlockedKeep(Unlocked, KeepPromise):
    verb = "keep_unlocked"


def outcomes(results):
    """Codes of what was refused, and ``done`` for what was not."""
    for result in results:
        assert not isinstance(result, Exception) or isinstance(result, ActionRefused), result
    return sorted(
        result.code if isinstance(result, ActionRefused) else "done" for result in results
    )


def logged(verb):
    return AuditEntry.objects.filter(action=f"civic_answers.{verb}").count()


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (PublishAnswer, ["done", "is-published", "is-published", "is-published"]),
        (UnlockedPublish, ["done"] * 4),
    ],
    ids=["locked", "control"],
)
def test_answer_is_published_once(run_in_parallel, draft, official, action, expected):
    begun = draft()

    def publish(number):
        return action(OfficialAnswer.objects.get(pk=begun.pk), by=official).execute()

    assert outcomes(run_in_parallel(4, publish)) == expected


def test_two_answers_at_once_keep_the_promise_once_and_have_two_numbers(
    run_in_parallel, owe, draft, official, author
):
    promise = owe()
    begun = [draft(), draft()]

    def publish(number):
        return PublishAnswer(begun[number], by=official).execute()

    assert outcomes(run_in_parallel(2, publish)) == ["done", "done"]
    promise.refresh_from_db()
    first = OfficialAnswer.objects.get(number=1)
    assert (promise.state, promise.kept_at) == ("kept", first.published_at)
    assert (logged("keep_promise"), OfficialAnswer.objects.filter(number=2).count()) == (1, 1)


def test_promise_is_kept_once(run_in_parallel, owe, contribution):
    owe()

    def keep(number):
        return promises.keep(Contribution.objects.get(pk=contribution.pk), clock.now())

    kept = run_in_parallel(4, keep)

    assert sorted(len(each) for each in kept) == [0, 0, 0, 1]
    assert logged("keep_promise") == 1


def test_without_the_lock_it_would_be_kept_more_than_once(run_in_parallel, owe):
    promise = owe()

    def keep(number):
        with transaction.atomic():
            return UnlockedKeep(promise, by=None, kept_at=promise.made_at).execute()

    results = run_in_parallel(4, keep)

    assert len([each for each in results if isinstance(each, Promise)]) > 1


def test_what_several_thresholds_owe_at_once_is_owed_once(run_in_parallel, contribution):
    due_at = clock.now() + 10 * DAY

    def owe(number):
        fresh = Contribution.objects.get(pk=contribution.pk)
        return promises.owe(fresh, cause="threshold", due_at=due_at)

    assert len({promise.pk for promise in run_in_parallel(4, owe)}) == 1
    assert logged("promise") == 1


def test_idea_is_adopted_once(run_in_parallel, contribution, official):
    def adopt(number):
        return Adopt(Contribution.objects.get(pk=contribution.pk), by=official).execute()

    assert outcomes(run_in_parallel(4, adopt)) == ["adopted-already"] * 3 + ["done"]
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "passed", "verb", "subject"),
    [
        (3, 0, "remind_of_promise", "Due soon: “Benches by the river”"),
        (10, 11, "escalate_promise", "Overdue: “Benches by the river”"),
    ],
    ids=["reminder", "escalation"],
)
def test_ticks_at_once_tell_once(run_in_parallel, owe, official, days, passed, verb, subject):
    let_pass(owe(days), passed)

    run_in_parallel(4, lambda number: watch_promises(clock.now()))

    assert logged(verb) == 1
    assert Notification.objects.filter(user=official, subject=subject).count() == 1


@pytest.mark.parametrize(
    ("action", "days", "passed", "subject"),
    [
        (UnlockedRemind, 3, 0, "Due soon: “Benches by the river”"),
        (UnlockedEscalate, 10, 11, "Overdue: “Benches by the river”"),
    ],
    ids=["reminder", "escalation"],
)
def test_without_the_lock_they_would_be_told_more_than_once(
    run_in_parallel, owe, official, action, days, passed, subject
):
    promise = let_pass(owe(days), passed)

    run_in_parallel(4, lambda number: action(promise, by=None).execute())

    assert Notification.objects.filter(user=official, subject=subject).count() > 1


def test_double_click_makes_one_draft(run_in_parallel, contribution, official):
    def begin(number):
        return DraftAnswer(
            Contribution.objects.get(pk=contribution.pk),
            by=official,
            text=TEXT,
            idempotency_key="one form",
        ).execute()

    assert len({answer.pk for answer in run_in_parallel(3, begin)}) == 1
