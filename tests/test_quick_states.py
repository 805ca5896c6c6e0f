"""Templates of test databases are migrated in another way than a town, and come out the same."""

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection

from tests import databases
from tests.quick_states import quick_states

TABLES = {
    "sqlite": ["SELECT type, name, sql FROM sqlite_master ORDER BY type, name"],
    "postgresql": [
        "SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length,"
        " is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    ],
}


def tables_made(states):
    usual = databases.name_now()
    own = f"{usual}_states"
    databases.create(own)
    try:
        databases.use(own)
        with states():
            call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        return described()
    finally:
        databases.use(usual)
        databases.remove(own)


def described():
    found = []
    with connection.cursor() as cursor:
        for question in TABLES[connection.vendor]:
            cursor.execute(question)
            found += cursor.fetchall()
    return found


@pytest.mark.prove("sqlite", "postgresql")
@pytest.mark.django_db(transaction=True)
def test_tables_are_those_of_a_town():
    quick = tables_made(quick_states)

    assert len(quick) > 500
    assert quick == tables_made(nullcontext)
