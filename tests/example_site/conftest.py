from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests import databases
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


@pytest.fixture(scope="module")
def _loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Another database for the tests of a module, in which the demo was loaded once for all."""
    with django_db_blocker.unblock():
        usual = databases.name_now()
        own = f"{usual}_demo" if connection.vendor == "postgresql" else f"{usual}.demo"
        databases.copy(databases.filled("demo", lambda: call_command("load_demo")), own)
        databases.use(own)
        yield
        databases.use(usual)
        databases.remove(own)


@pytest.fixture
def demo(_loaded_demo, db):
    """The town as ``make demo`` shows it."""
