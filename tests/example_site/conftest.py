from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from town.demo import information, participation, people, places
from town.models import HomePage


@pytest.fixture(scope="module")
def _loaded_town(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the pages once for all tests of a module, which run in savepoints of one transaction."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True
        with outer:
            for room in (places, people, participation, information):
                room.load()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def town(_loaded_town: None, db: None) -> HomePage:
    """The town's pages and people, without anything citizens did."""
    return places.home()


@pytest.fixture
def citizen(town, django_user_model):
    return django_user_model.objects.get(username="citizen")
