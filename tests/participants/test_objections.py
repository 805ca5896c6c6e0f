"""Objections: recorded with a due date, answered once, private."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.eligibility.actions import AnswerObjection, FileObjection
from civic_sourcing.participants.models import Objection, Participant
from tests.scenes import maker

TEXT = "I have lived in Mill Lane since 1990."


@maker
def file_objection(process):
    def file(by, *, text=TEXT, contact=""):
        return FileObjection(
            process, by=by, condition="not-on-register", text=text, contact=contact
        ).execute()

    return file


@pytest.fixture
def objection(file_objection, mina):
    return file_objection(mina)


def test_the_due_date_is_as_the_town_set_it(file_objection, mina, settings):
    settings.CIVIC_SOURCING = {"OBJECTION_DAYS": 5}

    objection = file_objection(mina)

    assert objection.due_at - objection.filed_at == timedelta(days=5)


def test_the_log_holds_nothing_of_what_was_said(objection):
    entry = AuditEntry.objects.get(action="civic_participants.file_objection")

    assert entry.details == {"objection": str(objection.uuid), "condition": "not-on-register"}


def test_the_answer_reaches_the_person(objection, registrar, mina):
    AnswerObjection(objection, by=registrar, upheld=True, answer="Sorry.").execute()

    news = Notification.objects.get(user=mina)
    assert "Sorry." in news.body
    assert "the refusal was a mistake" in news.body


def test_an_address_is_kept_until_the_answer_only(file_objection, registrar):
    objection = file_objection(None, contact="han@example.org")

    answered = AnswerObjection(objection, by=registrar, upheld=False, answer="No.").execute()

    assert answered.contact == ""
    assert OutboxMessage.objects.get().address == "han@example.org"


def test_an_objection_is_answered_once(objection, registrar):
    AnswerObjection(objection, by=registrar, upheld=True, answer="Yes.").execute()

    with pytest.raises(ActionRefused) as refusal:
        AnswerObjection(objection, by=registrar, upheld=False, answer="No.").execute()

    assert refusal.value.code == "answered"


def test_nobody_answers_their_own(file_objection, registrar):
    objection = file_objection(registrar)

    with pytest.raises(ActionRefused) as refusal:
        AnswerObjection(objection, by=registrar, upheld=True, answer="Yes.").execute()

    assert refusal.value.code == "own"


@pytest.mark.parametrize("who", ["mina", "desk", "other_registrar"])
def test_only_the_registrar_of_the_process_answers(who, objection, request):
    with pytest.raises(ActionForbidden):
        AnswerObjection(
            objection, by=request.getfixturevalue(who), upheld=True, answer="Yes."
        ).execute()


def test_overdue_is_what_is_open_past_its_date(objection, file_objection, mina, registrar):
    answered = file_objection(mina)
    AnswerObjection(answered, by=registrar, upheld=True, answer="Yes.").execute()
    later = objection.due_at + timedelta(seconds=1)

    assert list(Objection.objects.overdue(later)) == [objection]
    assert not Objection.objects.overdue(now()).exists()


def test_leaving_takes_the_words_away(objection, mina):
    EraseParticipant(Participant.objects.of(mina), by=mina, blank_texts=False).execute()

    objection.refresh_from_db()
    assert (objection.text, objection.participant) == ("", None)


@pytest.fixture
def address(process):
    return reverse("civic_participants:object", args=[process.uuid]) + "?condition=no-code"


def test_somebody_without_an_account_may_object(client, address):
    answer = client.post(address, {"text": TEXT, "contact": "han@example.org"}, follow=True)

    objection = Objection.objects.get()
    assert "recorded" in answer.content.decode()
    assert (objection.condition, objection.participant) == ("no-code", None)


def test_flooding_with_objections_is_stopped(client, address):
    answers = [client.post(address, {"text": TEXT}).status_code for _number in range(4)]

    assert answers == [302, 302, 302, 429]


def test_an_objection_is_read_by_its_author_only(objection, mina, neighbour):
    where = reverse("civic_participants:objection", args=[objection.process.uuid, objection.uuid])
    seen = {}

    for user in (mina, neighbour):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(where)
        seen[user.username] = (answer.status_code, TEXT in answer.content.decode())

    assert seen == {"mina": (200, True), "neighbour": (404, False)}
