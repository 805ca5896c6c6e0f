"""What this room knows of a person, handed out and erased."""

import json

import pytest

from civic_sourcing.core.personal_records import personal_records, unnamed_models
from civic_sourcing.notifications.categories import Choice, Mail
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.participants.models import Participant


@pytest.fixture
def handler():
    return next(each for each in personal_records() if each.name == "civic_notifications")


@pytest.fixture
def participant(tell, citizen, neighbour):
    """Somebody who was told something, chose something, and is told of to a neighbour."""
    participant = Participant.objects.of(citizen)
    tell(citizen, subject="Benches")
    tell(neighbour, subject="Mina invites you", about=participant.uuid)
    Preference.objects.choose(citizen, {"tests.gossip": Choice(False, Mail.NEVER)})
    return participant


def test_every_model_of_the_room_is_answered_for():
    assert [label for label in unnamed_models() if label.startswith("civic_notifications")] == []


def test_room_that_forgets_a_model_is_found(monkeypatch, handler):
    monkeypatch.setattr(type(handler), "models", ("civic_notifications.notification",))

    assert "civic_notifications.preference" in unnamed_models()


def test_export_holds_what_was_written_and_chosen(handler, participant):
    export = json.loads(json.dumps(handler.export(participant)))

    assert [row["subject"] for row in export["notifications"]] == ["Benches"]
    assert [row["state"] for row in export["mail"]] == ["queued"]
    assert [row["mail"] for row in export["preferences"]] == ["never"]


def test_summary_counts_the_inbox(handler, participant):
    (line,) = handler.summary(participant)

    assert line.count == 1
    assert line.url.endswith("/civic/me/notifications/")


def test_erasing_leaves_nothing_of_the_person_anywhere(handler, participant, neighbour):
    handler.erase(participant, blank_texts=False)
    handler.erase(participant, blank_texts=False)

    assert not Notification.objects.exists()
    assert not Preference.objects.exists()
    assert [row.user for row in OutboxMessage.objects.all()] == [neighbour]


def test_person_without_account_has_no_records(handler, participant):
    participant.user.delete()
    participant.refresh_from_db()

    assert handler.summary(participant) == []
    assert handler.export(participant)["notifications"] == []
    handler.erase(participant, blank_texts=True)
