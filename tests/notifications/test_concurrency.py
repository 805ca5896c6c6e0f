"""Several workers at once, on a real PostgreSQL."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from civic_sourcing.notifications import delivery
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.digests import gather
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.notifications.outbox import notify

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two_hundred(make_citizen, tell):
    people = [make_citizen(f"citizen{number}") for number in range(200)]
    tell(*people)
    return people


def mails():
    return Counter(letter.to[0] for letter in mail.outbox)


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_side_by_side_send_every_message_once(two_hundred, run_in_parallel, workers):
    outcomes = run_in_parallel(workers, lambda _number: deliver())

    assert sum(outcome.sent for outcome in outcomes) == 200
    assert sum(outcome.sent > 0 for outcome in outcomes) > 1
    assert mails() == dict.fromkeys((user.email for user in two_hundred), 1)


def test_control_without_the_claim_people_get_mail_twice(two_hundred, run_in_parallel, monkeypatch):
    def look_and_take():
        message = OutboxMessage.objects.due(timezone.now()).first()
        if message is not None:
            OutboxMessage.objects.filter(pk=message.pk).update(state="sending", claim=message.uuid)
            message.refresh_from_db()
        return message

    monkeypatch.setattr(delivery, "claim", look_and_take)

    run_in_parallel(2, lambda _number: deliver())

    assert max(mails().values()) > 1


def test_same_news_told_by_many_at_once_reach_everybody_once(make_citizen, run_in_parallel):
    people = [make_citizen(f"citizen{number}") for number in range(20)]

    told = run_in_parallel(
        8,
        lambda number: notify(
            people[number:] + people[:number], category="tests.news", subject="x", dedupe="x"
        ),
    )

    assert sum(told) == 20
    assert Notification.objects.count() == OutboxMessage.objects.count() == 20


def test_digest_gathered_by_many_at_once_is_one_mail(
    tell, citizen, neighbour, let_time_pass, run_in_parallel
):
    for number in range(5):
        tell(citizen, neighbour, category="tests.gossip", subject=f"Number {number}")
    let_time_pass(days=1)

    written = run_in_parallel(8, lambda _number: gather(timezone.now()))

    assert sum(written) == OutboxMessage.objects.count() == 2
    assert not Notification.objects.filter(message=None).exists()


def test_message_is_not_taken_from_a_worker_that_is_late_but_alive(tell, citizen, monkeypatch):
    """After its lease a worker no longer marks what another has taken over."""
    tell(citizen)
    first = delivery.claim()
    OutboxMessage.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    delivery.release_abandoned(timezone.now())
    second = delivery.claim()

    delivery._held(first).close("sent")

    message = OutboxMessage.objects.get()
    assert (message.state, message.claim) == ("sending", second.claim)
