import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.test import utils as test_utils

from civic_sourcing.core import triggers
from civic_sourcing.core.audit import AuditChain, AuditEntry
from civic_sourcing.core.testing import is_test_database, triggers_suspended
from civic_sourcing.core.triggers import Event, Trigger, register_trigger

ENTRIES = "civic_core_auditentry"
CHAINS = "civic_core_auditchain"


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def append_two(db, append):
    return append(2)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(f"UPDATE {ENTRIES} SET action = 'other'", id="change entries"),
        pytest.param(f"UPDATE {ENTRIES} SET action = action", id="change nothing in entries"),
        pytest.param(f"DELETE FROM {ENTRIES} WHERE sequence = 2", id="delete an entry"),
        pytest.param(f"DELETE FROM {CHAINS}", id="delete a head"),
        pytest.param(f"UPDATE {CHAINS} SET length = 1", id="move a head back"),
        pytest.param(f"UPDATE {CHAINS} SET length = 3", id="move a head beyond its entries"),
        pytest.param(f"UPDATE {CHAINS} SET length = 4", id="move a head by two"),
        pytest.param(f"UPDATE {CHAINS} SET head = previous FROM {ENTRIES}", id="change a head"),
        pytest.param(
            f"INSERT INTO {CHAINS} (uuid, length, head)"
            f" VALUES ('00000000000000000000000000000007', 1, '{'0' * 64}')",
            id="begin a chain in the middle",
        ),
    ],
)
def test_the_database_itself_refuses_to(append_two, statement):
    with pytest.raises(IntegrityError):
        run(statement)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sequence": 4}, id="with a gap"),
        pytest.param({"sequence": 3, "previous": "0" * 64}, id="off the chain"),
        pytest.param(
            {"sequence": 3, "chain": "00000000-0000-0000-0000-000000000007"}, id="headless"
        ),
    ],
)
def test_an_entry_cannot_be_inserted(append_two, change):
    entry = AuditEntry.objects.get(sequence=2)
    entry.pk, entry.previous = None, entry.fingerprint
    for name, value in change.items():
        setattr(entry, name, value)

    with pytest.raises(IntegrityError, match="must follow the head"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.postgres
@pytest.mark.parametrize("table", [ENTRIES, CHAINS])
def test_a_table_of_the_log_cannot_be_truncated(append_two, table):
    with pytest.raises(IntegrityError):
        run(f"TRUNCATE {table}")


def test_an_entry_cannot_be_replaced_on_sqlite(append_two):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's; runs there")
    first, last = append_two

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"INSERT OR REPLACE INTO {ENTRIES} SELECT {first.pk}, chain, 3, at, action, actor,"
            " subject_kind, subject_id, details, reason_reference, reason_digest, fingerprint,"
            f" fingerprint FROM {ENTRIES} WHERE id = {last.pk}"
        )


def test_rows_of_the_log_cannot_be_deleted_through_the_orm(append_two):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditChain.objects.all().delete()


@pytest.fixture
def guard():
    """A group called “closed” keeps its name."""
    trigger = Trigger(
        "civic_test_closed_stays",
        Group._meta.db_table,
        Event.UPDATE,
        "OLD.name = 'closed' AND NEW.name <> OLD.name",
        "It isn't open.",
    )
    register_trigger(trigger)
    yield trigger
    del triggers._registered[trigger.name]


def test_a_rule_waits_for_the_tables_it_reads(db):
    rule = Trigger(
        "civic_test_waits",
        Group._meta.db_table,
        Event.DELETE,
        "EXISTS (SELECT 1 FROM civic_test_absent)",
        reads=("civic_test_absent",),
    )
    register_trigger(rule)
    try:
        triggers.install()

        assert triggers.faults() == []
        Group.objects.create(name="open").delete()
    finally:
        del triggers._registered[rule.name]


@pytest.fixture
def installed_guard(db, guard):
    triggers.install()
    return guard


def test_a_room_registers_its_own_rule(installed_guard):
    Group.objects.create(name="closed")
    Group.objects.create(name="open")

    with pytest.raises(IntegrityError, match="It isn't open"), transaction.atomic():
        Group.objects.filter(name="closed").update(name="other")
    assert Group.objects.filter(name="open").update(name="other") == 1


def test_a_registered_trigger_counts_as_missing_until_installed(db, guard):
    assert [(fault.trigger, fault.code) for fault in triggers.faults()] == [(guard, "missing")]

    triggers.install()

    assert triggers.faults() == []


def test_installing_again_changes_nothing(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        triggers.install()


TAMPERED = {
    "sqlite": [
        "DROP TRIGGER civic_test_closed_stays",
        "CREATE TRIGGER civic_test_closed_stays BEFORE UPDATE ON auth_group BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION civic_test_closed_stays() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$"
    ],
}


def test_a_trigger_of_the_same_name_with_other_text_is_changed_and_put_right(installed_guard):
    for statement in TAMPERED[connection.vendor]:
        run(statement)
    faults = [(fault.trigger, fault.code) for fault in triggers.faults()]

    triggers.install()

    assert faults == [(installed_guard, "changed")]
    assert triggers.faults() == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE auth_group DISABLE TRIGGER civic_test_closed_stays",
        "CREATE OR REPLACE TRIGGER civic_test_closed_stays BEFORE UPDATE OF id ON auth_group"
        " FOR EACH ROW EXECUTE FUNCTION civic_test_closed_stays()",
        "CREATE OR REPLACE TRIGGER civic_test_closed_stays BEFORE UPDATE ON auth_group"
        " FOR EACH ROW WHEN (false) EXECUTE FUNCTION civic_test_closed_stays()",
        "CREATE OR REPLACE TRIGGER civic_test_closed_stays AFTER UPDATE ON auth_group"
        " FOR EACH ROW EXECUTE FUNCTION civic_test_closed_stays()",
    ],
    ids=["disabled", "other column", "never", "too late"],
)
def test_a_trigger_made_powerless_is_found(installed_guard, statement):
    run(statement)

    assert [fault.code for fault in triggers.faults()] == ["changed"]


def test_a_trigger_no_longer_registered_is_dropped_where_a_room_still_keeps_rules(db):
    stale = Trigger("civic_test_stale", ENTRIES, Event.INSERT, "1 = 1")
    with connection.cursor() as cursor:
        triggers._create(cursor, connection.vendor, stale)

    triggers.install()

    assert "civic_test_stale" not in triggers._installed(connection)


def test_two_rules_cannot_share_a_name(guard):
    with pytest.raises(ValueError, match="civic_test_closed_stays"):
        register_trigger(Trigger(guard.name, guard.table, Event.DELETE))


def test_the_same_rule_may_be_registered_twice(guard):
    register_trigger(guard)

    assert triggers._registered[guard.name] is guard


@pytest.mark.parametrize(
    ("name", "event", "condition"),
    [
        pytest.param("other_name", Event.UPDATE, "", id="without prefix"),
        pytest.param("civic_drop table", Event.UPDATE, "", id="no identifier"),
        pytest.param("civic_" + "x" * 60, Event.UPDATE, "", id="too long"),
        pytest.param("civic_truncate", Event.TRUNCATE, "1 = 1", id="truncate with condition"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(name, event, condition):
    with pytest.raises(ValueError, match=name[:20]):
        Trigger(name, "auth_group", event, condition)


@pytest.mark.django_db(transaction=True)
def test_migrate_installs_the_triggers():
    triggers.lift()

    call_command("migrate", "civic_core", verbosity=0, skip_checks=True)

    assert triggers.faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_remade_table_gets_its_triggers_back(append):
    append(1)
    operation = migrations.AddField("AuditEntry", "mood", models.TextField(default="calm"))
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("civic_core", after)

    triggers.lift_before_migrate(using="default", plan=[object()])
    with connection.schema_editor() as editor:
        operation.database_forwards("civic_core", editor, before, after)
        operation.database_backwards("civic_core", editor, after, before)
    lost = {fault.code for fault in triggers.faults()}
    triggers.install_after_migrate(using="default")

    assert lost == ({"missing"} if connection.vendor == "sqlite" else set())
    assert triggers.faults() == []
    with pytest.raises(IntegrityError):
        AuditEntry.objects.update(action="other")


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_are_cleaned_up_although_rows_cannot_be_deleted(append):
    append(1)


@pytest.mark.django_db(transaction=True)
def test_after_a_transactional_test_the_log_is_empty_and_guarded():
    assert not AuditEntry.objects.exists()
    assert triggers.faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_live_server_sees_the_same_log(live_server, append):
    assert append(1)[0].sequence == 1


def test_triggers_are_suspended_for_a_while(append_two):
    with triggers_suspended():
        changed = AuditEntry.objects.filter(sequence=1).update(action="other")

    assert changed == 1
    assert triggers.faults() == []


def test_triggers_of_one_model_are_suspended_and_those_of_others_stand(append_two):
    others = sum(trigger.table != AuditEntry._meta.db_table for trigger in registered_here())

    with triggers_suspended(of=[AuditEntry]):
        changed = AuditEntry.objects.filter(sequence=1).update(action="other")
        lifted = triggers.faults()

    assert changed == 1
    assert {fault.trigger.table for fault in lifted} == {AuditEntry._meta.db_table}
    assert len(lifted) == len(registered_here()) - others
    assert triggers.faults() == []


def registered_here():
    return triggers.triggers_here(connection)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("town.sqlite3", False),
        ("contest_town", False),
        ("test_town", True),
        ("/srv/test_town.sqlite3", True),
        ("file:memorydb_default?mode=memory&cache=shared", True),
        ("/var/town/plain", True),
    ],
)
def test_only_a_database_made_for_tests_can_be_opened(db, monkeypatch, name, allowed):
    monkeypatch.setitem(connection.settings_dict, "NAME", name)
    monkeypatch.setitem(connection.settings_dict["TEST"], "NAME", "/var/town/plain")

    assert is_test_database() is allowed


def test_outside_of_a_test_run_nothing_can_be_suspended(append_two, monkeypatch):
    monkeypatch.delattr(test_utils._TestState, "saved_data")

    with pytest.raises(RuntimeError, match="test databases only"), triggers_suspended():
        AuditEntry.objects.update(action="other")
    assert triggers.faults() == []
