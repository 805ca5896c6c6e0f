"""Leaving: what goes, what stays, and that nothing personal is left in any table or file."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.test import override_settings
from django.urls import reverse
from wagtail.log_actions import log

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.core.personal_records import PersonalRecords, _handlers
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.participants.actions import (
    AgreeToTexts,
    AskForExport,
    ChangeProfile,
    EraseParticipant,
    VerifyAttribute,
)
from civic_sourcing.participants.consents import Shown
from civic_sourcing.participants.exports import make_export
from civic_sourcing.participants.models import DataExport, Participant

SECRETS = ["Mina", "Han", "mina", "Quillfeather", "Han Benches Ltd", "Riverside-7"]


@pytest.fixture
def leave(client, mina, person):
    client.force_login(mina)

    def send(**changes):
        answers = {"texts": "keep", "sure": "on", "password": "demo", **changes}
        return client.post(reverse("civic_participants:erase"), answers)

    return send


@pytest.fixture
def known_everywhere(mina, person, clerk, publish_text):
    """Somebody of whom every table of this room, and the host's, knows something."""
    ChangeProfile(
        person,
        by=mina,
        public_name="Mina Quillfeather",
        affiliation="vendor",
        affiliation_note="Han Benches Ltd",
    ).execute()
    facts = {"key": "district", "value": "Riverside-7", "source": "Register office"}
    VerifyAttribute(person, by=clerk, **facts).execute()
    shown = Shown.of(publish_text().bodies.get())
    AgreeToTexts(person, by=mina, shown=[shown]).execute()
    export = AskForExport(person, by=mina).execute()
    make_export(export.pk)
    notify([mina], category="civic_participants.guardian", subject="Hello Mina", body="Han")
    log(Participant.objects.get(pk=person.pk), "wagtail.edit", user=clerk)
    log(mina, "wagtail.edit", user=clerk)
    return person


def everything_in_the_database():
    """Every value of every table, as text, with where it is."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                yield from ((model._meta.label, str(value)) for value in row)


def left_of(secrets):
    return [
        (table, value)
        for table, value in everything_in_the_database()
        for secret in secrets
        if secret in value
    ]


@pytest.mark.parametrize("deletes", [True, False], ids=["account deleted", "account anonymous"])
@pytest.mark.parametrize("blank", [True, False], ids=["texts blanked", "texts kept"])
def test_nothing_personal_is_left_in_any_table_or_file(
    known_everywhere, mina, deletes, blank, django_capture_on_commit_callbacks
):
    export = DataExport.objects.get()
    storage, name = export.file.storage, export.file.name
    assert left_of(SECRETS)

    with (
        override_settings(CIVIC_SOURCING={"ERASE_DELETES_USER": deletes}),
        django_capture_on_commit_callbacks(execute=True),
    ):
        EraseParticipant(known_everywhere, by=mina, blank_texts=blank).execute()

    assert left_of(SECRETS) == []
    assert not storage.exists(name)
    assert get_user_model().objects.filter(pk=mina.pk).exists() is not deletes


def test_consents_and_the_number_stay(known_everywhere, mina):
    EraseParticipant(known_everywhere, by=mina, blank_texts=False).execute()

    person = Participant.objects.get(pk=known_everywhere.pk)
    assert person.public_name == f"former participant {person.uuid.hex[:4]}"
    assert person.consents.count() == 1
    assert person.erased_at is not None


def test_the_log_names_the_number_and_still_verifies(known_everywhere, mina):
    EraseParticipant(known_everywhere, by=mina, blank_texts=True).execute()

    entry = AuditEntry.objects.get(action="civic_participants.erase")
    assert entry.actor == known_everywhere.uuid == entry.chain
    assert entry.subject_id == str(known_everywhere.uuid)
    assert entry.details == {"texts": "blanked"}
    call_command("civic_verify", verbosity=0)


def test_an_anonymous_account_cannot_sign_in(client, mina, person):
    with override_settings(CIVIC_SOURCING={"ERASE_DELETES_USER": False}):
        EraseParticipant(person, by=mina, blank_texts=False).execute()

    mina.refresh_from_db()
    assert (mina.is_active, mina.has_usable_password(), mina.email) == (False, False, "")
    assert not client.login(username=mina.username, password="demo")


def test_an_account_the_host_still_needs_is_made_anonymous(mina, person):
    def refuse(sender, instance, **kwargs):
        raise ProtectedError("An invoice points here.", {instance})

    pre_delete.connect(refuse, sender=get_user_model())
    try:
        EraseParticipant(person, by=mina, blank_texts=False).execute()
    finally:
        pre_delete.disconnect(refuse, sender=get_user_model())

    mina.refresh_from_db()
    assert not mina.is_active
    assert left_of(["Mina", "mina"]) == []


def test_a_room_that_fails_keeps_everything(mina, person):
    class Broken(PersonalRecords):
        name = "zz_broken"

        def erase(self, participant, *, blank_texts):
            raise LookupError("broken")

    _handlers["zz_broken"] = Broken()
    try:
        with pytest.raises(LookupError):
            EraseParticipant(person, by=mina, blank_texts=False).execute()
    finally:
        del _handlers["zz_broken"]

    person.refresh_from_db()
    assert (person.name, person.user) == ("Mina Han", mina)


@pytest.mark.parametrize(
    ("role", "outcome"),
    [
        pytest.param("signed out", ActionForbidden, id="signed out"),
        pytest.param("oneself", None, id="oneself"),
        pytest.param("neighbour", ActionForbidden, id="neighbour"),
        pytest.param("clerk", ActionForbidden, id="clerk"),
        pytest.param("superuser", ActionForbidden, id="superuser"),
        pytest.param("system", None, id="system"),
    ],
)
def test_only_oneself_or_the_system_erases(people, person, role, outcome):
    by = people.get(role)
    action = EraseParticipant(person, by=by, blank_texts=False)

    if outcome is None:
        assert action.execute().erased_at is not None
    else:
        with pytest.raises(outcome):
            action.execute()


def test_who_administers_the_site_stays(people):
    root = people["superuser"]

    with pytest.raises(ActionRefused) as refusal:
        EraseParticipant(Participant.objects.of(root), by=root, blank_texts=False).execute()

    assert refusal.value.code == "administrator"


def test_an_account_deleted_by_the_host_leaves_a_tombstone(known_everywhere, mina):
    mina.delete()

    known_everywhere.refresh_from_db()
    assert (known_everywhere.name, known_everywhere.erased_at is None) == ("", False)
    entry = AuditEntry.objects.get(action="civic_participants.erase")
    assert (entry.actor, entry.details) == (None, {"texts": "kept"})


def test_many_accounts_deleted_at_once_leave_tombstones(mina, person, neighbour):
    other = Participant.objects.of(neighbour)

    get_user_model().objects.filter(pk__in=[mina.pk, neighbour.pk]).delete()

    assert {
        (row.name, row.erased_at is None)
        for row in Participant.objects.filter(pk__in=[person.pk, other.pk])
    } == {("", False)}


def test_an_account_that_vanished_unseen_is_swept_up(person):
    Participant.objects.filter(pk=person.pk).update(user=None)

    call_command("civic_tick", only="civic_participants.forgotten", verbosity=0)

    person.refresh_from_db()
    assert (person.name, person.erased_at is None) == ("", False)


# The page -----------------------------------------------------------------------------------------


def test_leaving_ends_signed_out_on_a_page_that_says_so(leave, client, person):
    response = leave()
    page = client.get(response.url).content.decode()

    person.refresh_from_db()
    assert person.erased_at is not None
    assert "Your account is deleted" in page
    assert isinstance(response.wsgi_request.user, AnonymousUser)
    assert client.get(reverse("civic_participants:me")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"password": "wrong"}, "This is not your password.", id="wrong password"),
        pytest.param({"password": ""}, "This field is required.", id="no password"),
        pytest.param({"sure": ""}, "Please tick this box to confirm.", id="not confirmed"),
        pytest.param({"texts": ""}, "Please choose one of the two.", id="texts not chosen"),
    ],
)
def test_who_does_not_confirm_stays(leave, person, changes, sentence):
    response = leave(**changes)

    person.refresh_from_db()
    assert sentence in response.content.decode()
    assert person.erased_at is None


def test_a_password_is_not_guessed_here(leave, person):
    for _guess in range(5):
        leave(password="wrong")

    response = leave(password="demo")

    person.refresh_from_db()
    assert response.status_code == 429
    assert person.erased_at is None


def test_who_signs_in_without_a_password_only_confirms(leave, client, mina, person):
    mina.set_unusable_password()
    mina.save()
    client.force_login(mina)

    leave(password="")

    person.refresh_from_db()
    assert person.erased_at is not None


@pytest.mark.django_db(transaction=True)
def test_leaving_twice_at_once_leaves_once(mina, run_in_parallel):
    person = Participant.objects.of(mina)

    run_in_parallel(
        2, lambda number: EraseParticipant(person, by=mina, blank_texts=False).execute()
    )

    assert AuditEntry.objects.filter(action="civic_participants.erase").count() == 1


def test_every_column_of_a_person_is_thought_of():
    """A new column of a participant has to be decided about: does it go, or does it stay?"""
    goes = {"name", "affiliation", "affiliation_note", "language", "age_band", "user"}
    stays = {"id", "uuid", "created_at", "erased_at", "standing", "suspended_until"}

    assert {field.name for field in Participant._meta.concrete_fields} == goes | stays
