from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from civic_sourcing.core import audit
from civic_sourcing.core.actors import register_actor_resolver
from tests.core.steps import CHAIN

ACTOR = UUID("0b9d3c1e-53c0-4f0c-8a4e-5d6d1c2b3a49")


@pytest.fixture
def resident(db):
    return get_user_model().objects.create_user("resident", "resident@example.org", "secret")


@pytest.fixture
def administrator(db):
    return get_user_model().objects.create_superuser("administrator", "a@example.org", "secret")


@pytest.fixture
def group(db):
    return Group.objects.create(name="open")


@pytest.fixture
def known_actor():
    """Every signed-in user acts under the same UUID."""
    before = register_actor_resolver(lambda user: ACTOR)
    yield ACTOR
    register_actor_resolver(before)


@pytest.fixture
def append():
    """``append(3)`` puts three entries on a chain and returns them."""

    def append_entries(count=1, chain=CHAIN, **fields):
        return [
            audit.record(
                **{
                    "chain": chain,
                    "action": "tests.step",
                    "actor": uuid4(),
                    "subject": ("auth.group", str(number)),
                    "details": {"number": number},
                    **fields,
                }
            )
            for number in range(count)
        ]

    return append_entries
