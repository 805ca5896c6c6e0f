import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from civic_sourcing.core.actors import actor_uuid, register_actor_resolver


@pytest.fixture
def nobody_resolves():
    before = register_actor_resolver(None)
    yield
    register_actor_resolver(before)


@pytest.mark.parametrize("user", [None, AnonymousUser()], ids=["the system", "a visitor"])
def test_who_is_not_signed_in_has_no_uuid(user, known_actor):
    assert actor_uuid(user) is None


def test_a_user_acts_under_the_uuid_the_resolver_gives(resident, known_actor):
    assert actor_uuid(resident) == known_actor


def test_a_user_without_resolver_does_not_pass_as_nobody(resident, nobody_resolves):
    with pytest.raises(ImproperlyConfigured, match=r"civic_sourcing\.participants"):
        actor_uuid(resident)
