import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.participants.models import Participant


@pytest.fixture
def mina(db):
    return get_user_model().objects.create_user("mina", first_name="Mina", last_name="Han")


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


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param({"first_name": "Mina", "last_name": "Han"}, "Mina Han", id="full name"),
        pytest.param({}, "mina", id="user name"),
    ],
)
def test_the_public_name_is_what_the_account_says(db, names, expected):
    user = get_user_model().objects.create_user("mina", email="mina@example.org", **names)

    assert Participant.objects.of(user).public_name == expected


def test_a_participant_outlives_the_account_under_a_tombstone(mina):
    participant = Participant.objects.of(mina)

    mina.delete()

    participant.refresh_from_db()
    assert participant.public_name == f"former participant {participant.uuid.hex[:4]}"


def test_the_log_knows_the_participant_and_not_the_user(mina):
    assert actor_uuid(mina) == Participant.objects.of(mina).uuid


def test_two_people_have_different_numbers(mina):
    other = get_user_model().objects.create_user("neighbour")

    assert actor_uuid(mina) != actor_uuid(other)
