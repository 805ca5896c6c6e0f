import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.participants.models import Participant


def test_a_person_is_one_participant(mina):
    first, second = Participant.objects.of(mina), Participant.objects.of(mina)

    assert first == second


@pytest.mark.django_db(transaction=True)
def test_parallel_first_calls_make_one_participant(mina, run_in_parallel):
    found = run_in_parallel(5, lambda number: Participant.objects.of(mina).pk)

    assert set(found) == {Participant.objects.get().pk}


def test_somebody_signed_out_is_no_participant(db):
    with pytest.raises(ValueError, match="saved account"):
        Participant.objects.of(AnonymousUser())


def test_a_participant_outlives_the_account_under_a_tombstone(mina):
    participant = Participant.objects.of(mina)

    mina.delete()

    participant.refresh_from_db()
    assert participant.public_name == f"former participant {participant.uuid.hex[:4]}"


def test_the_log_knows_the_participant_and_not_the_user(mina):
    assert actor_uuid(mina) == Participant.objects.of(mina).uuid


def test_two_people_have_different_numbers(mina, neighbour):
    assert actor_uuid(mina) != actor_uuid(neighbour)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"suspended_until": "2030-01-01T00:00Z"}, id="end without suspension"),
        pytest.param({"erased_at": "2030-01-01T00:00Z"}, id="erased with a name"),
    ],
)
def test_the_database_keeps_a_participant_consistent(person, wrong):
    with pytest.raises(IntegrityError):
        Participant.objects.filter(pk=person.pk).update(**wrong)
