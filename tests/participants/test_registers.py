"""Registers: read in memory, kept as hashes, proved once per entry."""

import io
import logging

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.codes.digests import entry_digest, normal_datum
from civic_sourcing.participants.eligibility.actions import (
    ImportRegister,
    ProveRegister,
    ReleaseEntry,
)
from civic_sourcing.participants.eligibility.register_files import read_register
from civic_sourcing.participants.models import Participant, RegisterEntry
from tests.scenes import maker

COLUMNS = ["Resident number", "Year of birth"]
GOOD = "Name,Resident number,Year of birth\nHan,B-7,1990\nLee,B-8,1991\n"


@maker
def prove(residents):
    def with_data(user, *values):
        person = Participant.objects.of(user)
        return ProveRegister(person, by=user, register=residents, values=values).execute()

    return with_data


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A-101", "a101"),
        (" a 101 ", "a101"),
        ("Ａ－１０１", "a101"),
        ("880101/1234567", "8801011234567"),
        ("007", "007"),
        ("홍 길동", "홍길동"),
    ],
)
def test_a_datum_is_compared_without_what_people_type_differently(typed, kept):
    assert normal_datum(typed) == kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_of_usual_spreadsheets_are_read(encoding, delimiter):
    text = GOOD.replace("Han", "한").replace(",", delimiter)

    reading = read_register(text.encode(encoding), COLUMNS)

    assert reading.mistakes == []
    assert reading.rows == [["B-7", "1990"], ["B-8", "1991"]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("Resident number\nB-7\n", [(1, "Year of birth")], id="column missing"),
        pytest.param("", [(1, "Resident number"), (1, "Year of birth")], id="empty file"),
        pytest.param(f"{GOOD}Kim,,1990\n", [(4, "Resident number")], id="empty cell"),
        pytest.param(f"{GOOD}Kim,B-9\n", [(4, "Year of birth")], id="short row"),
        pytest.param(f"{GOOD}Kim,b 7,1990\n", [(4, "Resident number")], id="same person twice"),
        pytest.param(f"{GOOD}Kim,{'9' * 101},1990\n", [(4, "Resident number")], id="too long"),
        pytest.param(GOOD.splitlines()[0], [(2, "")], id="nobody in it"),
        pytest.param(f'{GOOD}"Kim,B-9,1990\n', [(4, "")], id="open quotation mark"),
    ],
)
def test_a_mistake_is_named_by_row_and_column(text, places):
    reading = read_register(text.encode(), COLUMNS)

    assert [(mistake.row, mistake.column) for mistake in reading.mistakes] == places


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b"a\0b"], ids=["no text", "null byte"])
def test_what_is_no_csv_is_said_to_be_none(content):
    assert [mistake.row for mistake in read_register(content, COLUMNS).mistakes] == [1]


def test_ones_own_data_prove_that_one_is_on_it(prove, mina, residents):
    entry = prove(mina, "a101", "1980")

    attribute = Participant.objects.of(mina).verified_attributes.get()
    assert entry.number == 1
    assert (attribute.key, attribute.source) == (residents.attribute_key, "Residents")


def test_wrong_data_and_taken_entries_are_refused_in_the_same_words(prove, mina, neighbour):
    prove(mina, "A-101", "1980")
    answers = set()

    for values in (("A-101", "1980"), ("A-101", "1981"), ("Z-9", "1980")):
        with pytest.raises(ActionRefused) as refusal:
            prove(neighbour, *values)
        answers.add((refusal.value.message, refusal.value.code))

    assert len(answers) == 1


def test_one_person_takes_one_entry(prove, mina):
    prove(mina, "A-101", "1980")

    with pytest.raises(ActionRefused) as refusal:
        prove(mina, "A-102", "1955")

    assert refusal.value.code == "already-proved"


def test_the_database_itself_gives_an_entry_to_one_person(prove, mina, residents):
    entry = prove(mina, "A-101", "1980")
    other = residents.entries.get(number=2)
    other.participant, other.matched_at = entry.participant, entry.matched_at

    with pytest.raises(IntegrityError):
        other.save()


def test_leaving_keeps_the_entry_taken_until_the_office_frees_it(
    prove, mina, neighbour, residents, registrar
):
    entry = prove(mina, "A-101", "1980")
    EraseParticipant(entry.participant, by=mina, blank_texts=False).execute()
    with pytest.raises(ActionRefused):
        prove(neighbour, "A-101", "1980")

    ReleaseEntry(residents.entries.get(number=1), by=registrar).execute()

    assert prove(neighbour, "A-101", "1980").participant.user == neighbour


def test_importing_again_adds_only_who_is_new(residents, registrar):
    rows = [["A-101", "1980"], ["A-103", "2001"]]
    digests = [entry_digest(residents.uuid, row) for row in rows]

    new = ImportRegister(residents, by=registrar, digests=digests).execute()

    assert new == 1
    assert list(residents.entries.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_the_same_person_has_another_hash_on_another_register(residents):
    other = "00000000-0000-0000-0000-000000000000"

    assert entry_digest(residents.uuid, ["1"]) != entry_digest(other, ["1"])


@maker
def upload(residents, process):
    def send(user, content, button="import", **kwargs):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse("civic_eligibility_admin:register", args=[process.uuid, residents.uuid])
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        file.name = "residents.csv"
        return client.post(address, {"file": file, button: "1"}, **kwargs)

    return send


def test_a_file_is_imported_and_nothing_of_it_is_found_again(upload, registrar, residents, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "OSTRICH-4711"

    answer = upload(registrar, f"Resident number,Year of birth\n{secret},1990\n")

    texts = [
        str(value)
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        for value in row
    ]
    assert answer.status_code == 302
    assert residents.entries.count() == 3
    assert not [text for text in texts if "OSTRICH" in text]
    assert "OSTRICH" not in caplog.text


def test_a_large_file_never_touches_the_disk(upload, registrar, residents, settings, monkeypatch):
    import tempfile

    def no_file(*args, **kwargs):
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_file)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    rows = "".join(f"C-{number},1990\n" for number in range(50))

    answer = upload(registrar, f"Resident number,Year of birth\n{rows}")

    assert answer.status_code == 302
    assert residents.entries.count() == 52


def test_a_file_beyond_the_limit_is_broken_off(upload, registrar, residents, settings):
    settings.CIVIC_SOURCING = {"REGISTER_MAX_BYTES": 20}

    answer = upload(registrar, GOOD)

    assert "too large" in answer.content.decode()
    assert residents.entries.count() == 2


def test_one_wrong_row_imports_nothing(upload, registrar, residents):
    answer = upload(registrar, f"{GOOD}Kim,,1990\n")

    assert answer.status_code == 409
    assert "This cell is empty." in answer.content.decode()
    assert residents.entries.count() == 2


def test_checking_a_file_stores_nothing_and_shows_no_datum_whole(upload, registrar, residents):
    page = upload(registrar, GOOD, "check").content.decode()

    assert "B••" in page
    assert "B-7" not in page
    assert residents.entries.count() == 2


@pytest.mark.parametrize("who", ["desk", "other_registrar"])
def test_a_register_does_not_exist_for_others(who, upload, residents, request):
    answer = upload(request.getfixturevalue(who), GOOD, follow=True)

    assert answer.status_code == 404
    assert residents.entries.count() == 2


def test_others_do_not_import(residents, other_registrar):
    with pytest.raises(ActionForbidden):
        ImportRegister(residents, by=other_registrar, digests=["0" * 64]).execute()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_people_with_the_same_data_are_one_entry(prove, make_user, run_in_parallel):
    users = [make_user(f"user{number}") for number in range(16)]

    answers = run_in_parallel(16, lambda number: prove(users[number], "A-101", "1980"))

    assert sum(isinstance(answer, RegisterEntry) for answer in answers) == 1
    assert RegisterEntry.objects.exclude(participant=None).count() == 1
