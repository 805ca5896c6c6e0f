"""Codes: made once, kept as hashes, used once, replaced and revoked."""

import threading
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.codes.actions import (
    MakeCodeBatch,
    RedeemCode,
    ReplaceCode,
    RevokeBatch,
)
from civic_sourcing.participants.codes.crockford import grouped
from civic_sourcing.participants.codes.finding import by_code, by_identity, by_serial
from civic_sourcing.participants.models import CodeBatch, Participant, VotingCode
from tests.scenes import maker


@maker
def redeem(process):
    def use(user, code, *, process=process):
        person = Participant.objects.of(user)
        return RedeemCode(person, by=user, code=code, process=process).execute()

    return use


@pytest.fixture
def code(make_codes):
    return make_codes(1).codes[0].code


def code_of(refusal):
    return refusal.value.code


def test_a_code_makes_its_user_a_holder(redeem, mina, code):
    used = redeem(mina, grouped(code).lower())

    assert used.used_by == Participant.objects.of(mina)
    assert VotingCode.objects.held().count() == 1


def test_no_code_is_found_anywhere_in_the_database(make_codes, redeem, mina):
    made = make_codes(2)
    redeem(mina, made.codes[0].code)

    texts = [
        str(value)
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        for value in row
    ]

    for each in made.codes:
        assert not [text for text in texts if each.code in text or grouped(each.code) in text]


def test_codes_hash_differently_under_another_key(settings, code, process):
    settings.CIVIC_SOURCING = {"CODE_KEY": "another key of at least 32 characters"}

    assert by_code(process, code) is None


@pytest.fixture
def bad_codes(make_codes, redeem, mina, neighbour, registrar, elsewhere, other_registrar):
    """Codes that are in order but not valid here, by what is the matter with them."""
    made = make_codes(2)
    redeem(neighbour, made.codes[0].code)
    revoked, replaced = make_codes(1), make_codes(1)
    RevokeBatch(revoked.batch, by=registrar).execute()
    ReplaceCode(replaced.batch.codes.get(), by=registrar).execute()
    other = make_codes(1, process=elsewhere, by=other_registrar)
    return {
        "never made": "0" * 18,
        "used": made.codes[0].code,
        "revoked": revoked.codes[0].code,
        "void": replaced.codes[0].code,
        "other process": other.codes[0].code,
    }


def test_every_code_that_is_not_valid_is_refused_in_the_same_words(bad_codes, redeem, mina):
    Participant.objects.of(mina)
    answers, queries = set(), set()

    for code in bad_codes.values():
        visitor = type(mina).objects.get(pk=mina.pk)
        with (
            pytest.raises(ActionRefused) as refusal,
            CaptureQueriesContext(connection) as asked,
        ):
            redeem(visitor, code)
        answers.add((refusal.value.message, refusal.value.code))
        queries.add(len(asked))

    assert len(answers) == 1
    assert len(queries) == 1


def test_a_mistyped_code_is_told_before_anything_is_looked_up(redeem, mina, code):
    wrong = code[:-2] + ("0" if code[-2] != "0" else "2") + code[-1]

    with pytest.raises(ActionRefused, match="Please check it") as refusal:
        redeem(mina, wrong)

    assert code_of(refusal) == "mistyped"


def test_ones_own_code_may_be_entered_again(redeem, mina, code):
    redeem(mina, code)

    assert redeem(mina, code).used_by.user == mina


def test_nobody_collects_codes(redeem, mina, make_codes):
    made = make_codes(2)
    redeem(mina, made.codes[0].code)

    with pytest.raises(ActionRefused) as refusal:
        redeem(mina, made.codes[1].code)

    assert code_of(refusal) == "has-code"
    assert VotingCode.objects.held().count() == 1


def test_a_code_without_a_process_finds_its_own(redeem, mina, code, process):
    assert redeem(mina, code, process=None).process == process


def test_the_log_knows_the_batch_and_neither_code_nor_hash(redeem, mina, code):
    used = redeem(mina, code)

    entry = AuditEntry.objects.get(action="civic_participants.redeem_code")
    assert entry.details["batch"] == str(used.batch.uuid)
    assert code not in str(entry.details)
    assert used.digest not in str(entry.details)


def test_a_lost_code_is_replaced_without_being_known(make_codes, desk, redeem, mina, process):
    made = make_codes(1)

    new = ReplaceCode(by_serial(process, made.codes[0].serial), by=desk).execute()

    old = VotingCode.objects.get(number=1)
    assert (old.state, old.replaced_by.serial) == ("void", new.serial)
    with pytest.raises(ActionRefused):
        redeem(mina, made.codes[0].code)
    assert redeem(mina, new.code).serial == new.serial


def test_a_lost_code_is_found_by_the_persons_register_data(make_codes, residents, desk):
    made = make_codes(0, register=residents)

    found = by_identity(residents, ["a 101", "1980"])
    new = ReplaceCode(found, by=desk).execute()

    assert made.batch.count == 2
    assert found.entry == residents.entries.get(number=1)
    assert by_identity(residents, ["A-101", "1980"]).serial == new.serial


@pytest.mark.parametrize("state", ["used", "void", "revoked"])
def test_a_code_that_is_no_longer_open_is_not_replaced(
    state, make_codes, redeem, mina, desk, registrar
):
    made = make_codes(1)
    code = made.batch.codes.get()
    if state == "used":
        redeem(mina, made.codes[0].code)
    elif state == "void":
        ReplaceCode(code, by=desk).execute()
    else:
        RevokeBatch(made.batch, by=registrar).execute()

    with pytest.raises(ActionRefused) as refusal:
        ReplaceCode(code, by=desk).execute()

    assert code_of(refusal) == state


def test_revoking_a_batch_takes_its_holders_back(make_codes, redeem, mina, registrar):
    made = make_codes(1)
    redeem(mina, made.codes[0].code)

    RevokeBatch(made.batch, by=registrar).execute()

    assert not VotingCode.objects.held().exists()


def test_one_form_makes_one_batch(process, registrar):
    key = uuid4()
    MakeCodeBatch(process, by=registrar, uuid=key, purpose="voting", count=1).execute()

    with pytest.raises(ActionRefused) as refusal:
        MakeCodeBatch(process, by=registrar, uuid=key, purpose="voting", count=1).execute()

    assert code_of(refusal) == "already-made"
    assert CodeBatch.objects.count() == 1


@pytest.mark.parametrize("count", [0, 20_001])
def test_a_batch_has_a_reasonable_size(make_codes, count):
    with pytest.raises(ActionRefused) as refusal:
        make_codes(count)

    assert code_of(refusal) == "wrong-count"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("registrar", True), ("desk", False), ("other_registrar", False), ("mina", False)],
)
def test_only_the_registrar_of_the_process_makes_codes(who, allowed, request, process):
    user = request.getfixturevalue(who)
    action = MakeCodeBatch(process, by=user, uuid=uuid4(), purpose="voting", count=1)

    if allowed:
        assert action.execute().batch.count == 1
    else:
        with pytest.raises(ActionForbidden):
            action.execute()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("registrar", True), ("desk", True), ("other_registrar", False), ("mina", False)],
)
def test_only_desk_and_registrar_of_the_process_replace_codes(who, allowed, request, make_codes):
    user = request.getfixturevalue(who)
    action = ReplaceCode(make_codes(1).batch.codes.get(), by=user)

    if allowed:
        action.execute()
    else:
        with pytest.raises(ActionForbidden):
            action.execute()
    assert VotingCode.objects.filter(state="void").exists() is allowed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "ready", "used_by": None, "used_at": None}, id="made ready again"),
        pytest.param({"digest": "0" * 64}, id="another code"),
    ],
)
def test_the_database_itself_keeps_a_used_code_used(change, redeem, mina, code):
    used = redeem(mina, code)

    with pytest.raises(IntegrityError), transaction.atomic():
        VotingCode.objects.filter(pk=used.pk).update(**change)


def test_the_database_itself_keeps_a_batch_revoked(make_codes, registrar):
    batch = RevokeBatch(make_codes(1).batch, by=registrar).execute()

    with pytest.raises(IntegrityError), transaction.atomic():
        CodeBatch.objects.filter(pk=batch.pk).update(revoked_at=None)


def test_leaving_does_not_free_a_code(redeem, mina, neighbour, code):
    redeem(mina, code)
    EraseParticipant(Participant.objects.of(mina), by=mina, blank_texts=True).execute()

    with pytest.raises(ActionRefused) as refusal:
        redeem(neighbour, code)

    assert code_of(refusal) == "code-not-valid"
    assert VotingCode.objects.get().used_by is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_people_with_the_same_code_are_one_holder(
    make_codes, redeem, make_user, run_in_parallel
):
    code = make_codes(1).codes[0].code
    users = [make_user(f"user{number}") for number in range(16)]

    answers = run_in_parallel(16, lambda number: redeem(users[number], code))

    refused = [answer for answer in answers if isinstance(answer, ActionRefused)]
    assert {refusal.code for refusal in refused} == {"code-not-valid"}
    assert len(refused) == 15
    assert VotingCode.objects.held().count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_several_believe_to_be_the_holder(
    make_codes, make_user, run_in_parallel
):
    key = make_codes(1).batch.codes.get().pk
    people = [Participant.objects.of(make_user(f"user{number}")) for number in range(16)]

    barrier = threading.Barrier(16)

    def use(number):
        code = VotingCode.objects.get(pk=key)
        barrier.wait(30)
        if code.state == VotingCode.State.READY:
            code.state, code.used_by, code.used_at = "used", people[number], code.batch.made_at
            code.save(update_fields=["state", "used_by", "used_at"])
            return "holder"
        return "refused"

    answers = run_in_parallel(16, use)

    # The trigger lets only one of them be written, so the others fail instead of being refused.
    assert "refused" not in answers
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 15
