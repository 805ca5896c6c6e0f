"""A transaction that asks for it is on the disk when its commit returns."""

import pytest
from django.db import connection, transaction

from civic_sourcing.core.durability import commit_durably

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town_commits():
    """Have the town's database commit as ``town_commits("off")`` says, and ask how it does now."""

    def town_commits(how=None):
        with connection.cursor() as cursor:
            if how is not None:
                cursor.execute("SELECT set_config('synchronous_commit', %s, false)", [how])
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone()[0]

    yield town_commits
    connection.close()


@pytest.mark.parametrize(
    ("town", "durable"),
    [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")],
)
def test_a_commit_waits_for_the_disk_wherever_the_town_would_not(town_commits, town, durable):
    town_commits(town)

    with transaction.atomic():
        commit_durably("default")
        inside = town_commits()

    assert (inside, town_commits()) == (durable, town)
