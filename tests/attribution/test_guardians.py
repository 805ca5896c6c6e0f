"""What the young hand in waits for a guardian, and goes when the guardian says so."""

import pytest
from django.db import transaction

from civic_sourcing.attribution.guardians import follow_answer, matters
from civic_sourcing.attribution.models import State
from civic_sourcing.core.audit import verify
from civic_sourcing.participants.models import GuardianConsent, Participant
from tests.scenes import maker


@pytest.fixture
def child(make_person):
    user = make_person("jun")
    person = Participant.objects.of(user)
    Participant.objects.filter(pk=person.pk).update(age_band="minor")
    return user


@maker
def answer(child):
    """Let the guardian answer, as the participants' room does it."""

    def give(state):
        person = Participant.objects.of(child)
        from django.utils import timezone

        consent, _made = GuardianConsent.objects.get_or_create(
            participant=person,
            defaults={
                "contact_digest": "x", "token_digest": "x", "asked_at": timezone.now(),
                "state": state,
            },
        )  # fmt: skip
        consent.state = state
        consent.save()
        with transaction.atomic():
            follow_answer(consent)

    return give


def test_what_a_child_hands_in_waits_and_says_for_whom(receive, child):
    row = receive(by=child)

    assert (row.state, row.keepers) == (State.HELD, ["guardian"])
    assert "guardian" in row.waits_for[0]
    assert not row.versions.exists()


def test_what_somebody_of_age_hands_in_does_not_wait(receive, author):
    assert receive(by=author).state == State.PUBLISHED


def test_consent_releases_what_waited(receive, child, answer):
    row = receive(by=child)

    answer("consented")

    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert row.versions.count() == 1
    assert receive(by=child).state == State.PUBLISHED


@pytest.mark.parametrize("state", ["refused", "expired"])
def test_without_consent_what_waited_is_gone(receive, child, answer, state):
    row = receive("Secret words", by=child)

    answer(state)

    row.refresh_from_db()
    assert (row.state, row.title) == (State.REMOVED, "")


def test_consent_withdrawn_takes_what_was_published(receive, child, answer, notes):
    row = receive("Secret words", by=child)
    answer("consented")

    answer("withdrawn")

    row.refresh_from_db()
    version = row.versions.get()
    assert (row.state, version.title, version.text) == (State.REMOVED, "", "")
    assert notes.board[row.pk] == ("", "")
    assert [report.findings for report in verify() if report.found] == []


def test_guardian_is_shown_what_waits(receive, child, notes):
    receive("A bench", "By the river.", by=child)

    assert [(m.title, m.text) for m in matters(Participant.objects.of(child))] == [
        ("A bench", "By the river.")
    ]


def test_others_are_left_alone(receive, author, child, answer):
    mine = receive(by=author)

    answer("refused")

    mine.refresh_from_db()
    assert mine.state == State.PUBLISHED
