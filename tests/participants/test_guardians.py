"""The age gate: who waits, what a guardian can answer, and what is left of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.test import override_settings
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited
from civic_sourcing.notifications.models import OutboxMessage
from civic_sourcing.participants import age
from civic_sourcing.participants.actions import (
    AnswerAgeQuestion,
    AskGuardian,
    ConsentAsGuardian,
    CorrectAge,
    RefuseAsGuardian,
    WithdrawAsGuardian,
)
from civic_sourcing.participants.age import Matter, needs_guardian
from civic_sourcing.participants.guardians import find_by_token, mailbox
from civic_sourcing.participants.models import GuardianConsent, Participant

ANSWERS = {
    "consent": ConsentAsGuardian,
    "refuse": RefuseAsGuardian,
    "withdraw": WithdrawAsGuardian,
}


def token_in_letter():
    """The token of the letter that waits, as the guardian would find it in the link."""
    message = OutboxMessage.objects.exclude(address="").latest("pk")
    return re.search(r"/guardian/([^/]+)/", message.url)[1]


@pytest.fixture
def answered():
    """Every answer the rooms above were told of."""
    told = []

    def listen(consent):
        told.append(consent.state)

    age.register_guardian_answer(listen)
    yield told
    age.forget_guardian_registrations(listen)


@pytest.fixture
def token(ask_guardian):
    ask_guardian()
    return token_in_letter()


@pytest.fixture
def consent(token):
    return find_by_token(token)


# Who waits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "state", "waits"),
    [
        pytest.param("unknown", None, False, id="not asked"),
        pytest.param("of_age", None, False, id="old enough"),
        pytest.param("minor", None, True, id="nobody was asked"),
        pytest.param("minor", "asked", True, id="waiting"),
        pytest.param("minor", "consented", False, id="consented"),
        pytest.param("minor", "refused", True, id="refused"),
        pytest.param("minor", "withdrawn", True, id="withdrawn"),
        pytest.param("minor", "expired", True, id="expired"),
    ],
)
def test_who_is_too_young_waits_for_a_consent_in_force(person, band, state, waits):
    Participant.objects.filter(pk=person.pk).update(age_band=band)
    person.refresh_from_db()
    if state:
        GuardianConsent.objects.create(
            participant=person, token_digest="t", state=state, asked_at=person.created_at
        )

    assert needs_guardian(person) is waits


@override_settings(CIVIC_SOURCING={"AGE_LIMIT": 0})
def test_a_town_without_age_limit_asks_nobody(child):
    participant = Participant.objects.of(child)

    assert not needs_guardian(participant)
    assert not age.age_unasked(participant)


def test_the_age_question_is_answered_once(child):
    with pytest.raises(ActionRefused) as refusal:
        AnswerAgeQuestion(Participant.objects.of(child), by=child, of_age=True).execute()

    assert refusal.value.code == "already-answered"


def test_only_the_city_corrects_an_answer(child, clerk):
    participant = Participant.objects.of(child)

    with pytest.raises(ActionForbidden):
        CorrectAge(participant, by=child, age_band="of_age").execute()
    CorrectAge(participant, by=clerk, age_band="of_age").execute()

    participant.refresh_from_db()
    assert participant.age_band == "of_age"


# Asking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("jiho@example.org", id="the same"),
        pytest.param("JIHO@Example.ORG", id="in capitals"),
        pytest.param("jiho+mum@example.org", id="with a tag"),
        pytest.param("ｊｉｈｏ@example.org", id="fullwidth"),
    ],
)
def test_the_childs_own_address_is_no_guardians(ask_guardian, address):
    with pytest.raises(ActionRefused, match="your own e-mail address") as refusal:
        ask_guardian(address)

    assert refusal.value.code == "own-address"
    assert not GuardianConsent.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("j.i.ho@gmail.com", "jiho+x@googlemail.com", True, id="dots at gmail"),
        pytest.param("j.iho@example.org", "jiho@example.org", False, id="dots elsewhere"),
        pytest.param("a@bücher.example", "a@xn--bcher-kva.example", True, id="domain in letters"),
        pytest.param("+x@example.org", "+y@example.org", False, id="nothing but a tag"),
        pytest.param("a@example.org.", "a@example.org", True, id="dot at the end"),
    ],
)
def test_two_spellings_reach_one_mailbox(one, other, same):
    assert (mailbox(one) == mailbox(other)) is same


def test_who_is_old_enough_asks_nobody(mina, person):
    with pytest.raises(ActionRefused) as refusal:
        AskGuardian(person, by=mina, address="parent@example.org").execute()

    assert refusal.value.code == "not-needed"


def test_asking_again_replaces_the_letter_and_its_link(ask_guardian):
    ask_guardian("paernt@example.org")
    first = token_in_letter()

    ask_guardian("parent@example.org")

    assert find_by_token(first) is None
    assert find_by_token(token_in_letter()).contact == "parent@example.org"
    assert GuardianConsent.objects.count() == 1
    assert not OutboxMessage.objects.filter(address="paernt@example.org").exists()


def test_a_mailbox_gets_three_letters_a_day(ask_guardian):
    for _letter in range(3):
        ask_guardian()

    with pytest.raises(RateLimited):
        ask_guardian()


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_leave_one_that_waits(child, run_in_parallel):
    participant = Participant.objects.of(child)

    def ask(number):
        address = f"parent{number}@example.org"
        return AskGuardian(participant, by=child, address=address).execute().pk

    run_in_parallel(3, ask)

    assert GuardianConsent.objects.unanswered().count() == 1


def test_the_letter_goes_to_the_guardian_and_then_forgets_the_address(
    token, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("civic_tick", verbosity=0)

    (letter,) = mail.outbox
    assert letter.to == ["parent@example.org"]
    assert f"/guardian/{token}/" in letter.body
    assert "Jiho" in letter.body
    assert not OutboxMessage.objects.exclude(address="").exists()


# The link -----------------------------------------------------------------------------------------


def test_the_link_alone_changes_nothing(client, consent, token):
    response = client.get(reverse("civic_participants:guardian", args=[token]))

    consent.refresh_from_db()
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert consent.state == "asked"


def test_the_page_shows_what_the_child_wants_to_publish_and_where(client, token):
    def matters(participant):
        return [Matter("Benches", "People want to <sit>.", "Ideas for the river park")]

    age.register_guardian_matters(matters)
    try:
        response = client.get(reverse("civic_participants:guardian", args=[token]))
    finally:
        age.forget_guardian_registrations(matters)

    page = response.content.decode()
    assert "Benches" in page
    assert "People want to &lt;sit&gt;." in page
    assert "Ideas for the river park" in page


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"), id="forged"),
        pytest.param(lambda token: "nothing", id="made up"),
        pytest.param(lambda token: token.swapcase(), id="mangled"),
    ],
)
def test_a_wrong_link_leads_nowhere(client, token, wrong):
    address = reverse("civic_participants:guardian", args=[wrong(token)])

    assert client.get(address).status_code == 404


def test_the_link_is_kept_as_a_digest_only(consent, token):
    row = GuardianConsent.objects.filter(pk=consent.pk).values().get()

    assert token not in map(str, row.values())


# The answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "state", "digest_kept"),
    [
        pytest.param(["consent"], "consented", True, id="consent"),
        pytest.param(["refuse"], "refused", False, id="refuse"),
        pytest.param(["consent", "withdraw"], "withdrawn", False, id="consent, then withdraw"),
    ],
)
def test_an_answer_is_passed_on_and_the_address_goes(
    client, consent, token, answered, answers, state, digest_kept
):
    address = reverse("civic_participants:guardian", args=[token])

    for answer in answers:
        response = client.post(address, {"answer": answer})
        assert response.status_code == 200

    consent.refresh_from_db()
    assert consent.state == state == answered[-1]
    assert len(answered) == len(answers)
    assert consent.contact == ""
    assert bool(consent.contact_digest) is digest_kept
    assert not OutboxMessage.objects.exclude(address="").exists()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param("consent", "consent", id="consent twice"),
        pytest.param("consent", "refuse", id="refuse after consent"),
        pytest.param("refuse", "consent", id="consent after refusal"),
        pytest.param("refuse", "withdraw", id="withdraw what was refused"),
        pytest.param(None, "withdraw", id="withdraw what was never given"),
    ],
)
def test_a_link_answers_once(client, consent, token, answered, first, then):
    address = reverse("civic_participants:guardian", args=[token])
    if first:
        client.post(address, {"answer": first})
    before = list(answered)

    response = client.post(address, {"answer": then})

    assert response.status_code == 409
    assert answered == before


def test_a_child_does_not_answer_for_its_guardian(client, child, consent, token):
    client.force_login(child)

    response = client.post(
        reverse("civic_participants:guardian", args=[token]), {"answer": "consent"}
    )

    consent.refresh_from_db()
    assert response.status_code == 409
    assert consent.state == "asked"


def test_an_action_without_the_token_is_refused(consent):
    with pytest.raises(ActionRefused) as refusal:
        ConsentAsGuardian(consent, by=None, token="guessed").execute()

    assert refusal.value.code == "wrong-link"


def test_what_fails_in_a_room_undoes_the_answer(consent, token):
    def fail(consent):
        raise LookupError("the room is broken")

    age.register_guardian_answer(fail)
    try:
        with pytest.raises(LookupError):
            ConsentAsGuardian(consent, by=None, token=token).execute()
    finally:
        age.forget_guardian_registrations(fail)

    consent.refresh_from_db()
    assert consent.state == "asked"


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_end_with_one(ask_guardian, answered, run_in_parallel):
    ask_guardian()
    token = token_in_letter()
    consent = find_by_token(token)
    steps = [ConsentAsGuardian, RefuseAsGuardian]

    run_in_parallel(2, lambda number: steps[number](consent, by=None, token=token).execute())

    assert len(answered) == 1


@pytest.mark.parametrize(
    ("days", "state"),
    [pytest.param(13, "asked", id="in time"), pytest.param(15, "expired", id="too late")],
)
def test_a_request_without_an_answer_is_purged(consent, answered, days, state):
    asked = consent.asked_at - timedelta(days=days)
    GuardianConsent.objects.filter(pk=consent.pk).update(asked_at=asked)

    call_command("civic_tick", only="civic_participants.guardian_requests", verbosity=0)

    consent.refresh_from_db()
    assert consent.state == state
    assert bool(consent.contact) is (state == "asked")
    assert answered == ([] if state == "asked" else ["expired"])


def test_the_database_keeps_no_address_after_the_answer(consent):
    with pytest.raises(IntegrityError):
        GuardianConsent.objects.filter(pk=consent.pk).update(state="consented")


# The child's page ---------------------------------------------------------------------------------


def test_a_child_enters_an_address_and_reads_where_the_letter_went(client, child):
    client.force_login(child)
    address = reverse("civic_participants:ask_guardian")

    response = client.post(address, {"address": "parent@example.org"}, follow=True)

    assert "parent@example.org" in response.content.decode()


def test_a_refused_address_stays_in_the_form(client, child):
    client.force_login(child)

    response = client.post(
        reverse("civic_participants:ask_guardian"), {"address": "jiho+mum@example.org"}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "This is your own e-mail address." in page
    assert 'value="jiho+mum@example.org"' in page
