import io
import json
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from civic_sourcing.core import audit, triggers
from civic_sourcing.core.audit import AuditChain, AuditEntry, Finding, verification
from civic_sourcing.core.testing import triggers_suspended
from tests.core.steps import CHAIN

pytestmark = pytest.mark.django_db

ENTRIES = AuditEntry.objects.filter(chain=CHAIN)


def entry(sequence):
    return AuditEntry.objects.filter(chain=CHAIN, sequence=sequence)


def log_report(chain=None):
    return next(report for report in audit.verify(chain=chain) if report.name == "audit log")


def findings(chain=None):
    return [finding for report in audit.verify(chain=chain) for finding in report.findings]


def found(chain=None):
    return [(finding.code, finding.sequence) for finding in findings(chain)]


def insert_copy(sequence, **fields):
    row = entry(1).get()
    row.pk, row.sequence = None, sequence
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def resealed(row):
    """Give a row the fingerprint of its present content, as a clever forger would."""
    row.fingerprint = audit.entry_fingerprint(
        chain=row.chain,
        sequence=row.sequence,
        at=row.at,
        action=row.action,
        actor=row.actor,
        subject=(row.subject_kind, row.subject_id),
        details=row.details,
        reason=(row.reason_reference, row.reason_digest),
        previous=row.previous,
    )
    return row


def swap(one, other):
    entry(one).update(sequence=99)
    entry(other).update(sequence=one)
    entry(99).update(sequence=other)


def forge_and_reseal(sequence):
    row = entry(sequence).get()
    row.action = "tests.forged"
    resealed(row).save()


def break_head():
    AuditChain.objects.filter(uuid=CHAIN).update(head="f" * 64)


def remove_head():
    AuditChain.objects.filter(uuid=CHAIN).delete()


def cut_with_head(length):
    ENTRIES.filter(sequence__gt=length).delete()
    AuditChain.objects.filter(uuid=CHAIN).update(
        length=length, head=entry(length).get().fingerprint
    )


def test_an_untouched_log_has_no_findings(append):
    append(5)

    assert found() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01T00:00:00Z"),
        ("action", "tests.other"),
        ("actor", UUID(int=1)),
        ("actor", None),
        ("subject_kind", "auth.user"),
        ("subject_id", "77"),
        ("details", {"number": 99}),
        ("details", {"number": 2, "more": 1}),
        ("reason_reference", "tests.reason:1"),
        ("reason_digest", "e" * 64),
        ("previous", "e" * 64),
        ("fingerprint", "e" * 64),
    ],
)
def test_a_changed_column_is_found_once(append, column, value):
    append(5)

    with triggers_suspended():
        entry(3).update(**{column: value})

    assert found() == [("changed", 3)]


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        pytest.param(lambda: entry(1).delete(), [("missing", 1)], id="first removed"),
        pytest.param(lambda: entry(3).delete(), [("missing", 3)], id="middle removed"),
        pytest.param(lambda: entry(5).delete(), [("missing", 5)], id="tail removed"),
        pytest.param(ENTRIES.delete, [("missing", 1)], id="all removed"),
        pytest.param(
            lambda: ENTRIES.filter(sequence__in=[2, 3]).delete(), [("missing", 2)], id="two removed"
        ),
        pytest.param(lambda: swap(2, 4), [("changed", 2), ("changed", 4)], id="two swapped"),
        pytest.param(lambda: forge_and_reseal(3), [("unlinked", 4)], id="forged and resealed"),
        pytest.param(lambda: forge_and_reseal(5), [("head", 5)], id="last forged and resealed"),
        pytest.param(lambda: insert_copy(6), [("inserted", 6)], id="inserted beyond the head"),
        pytest.param(lambda: insert_copy(0), [("inserted", 0)], id="inserted before the first"),
        pytest.param(break_head, [("head", 5)], id="wrong head"),
        pytest.param(
            lambda: AuditChain.objects.filter(uuid=CHAIN).update(length=4),
            [("head", 4), ("inserted", 5)],
            id="head too short",
        ),
        pytest.param(
            lambda: AuditChain.objects.filter(uuid=CHAIN).update(length=7),
            [("missing", 6)],
            id="head too long",
        ),
        pytest.param(remove_head, [("head", 1)], id="head removed"),
    ],
)
def test_tampering_is_found(append, tamper, expected):
    append(5)
    append(3, chain=uuid4())

    with triggers_suspended():
        tamper()

    assert found(CHAIN) == expected


@pytest.mark.postgres
def test_an_entry_inserted_twice_is_found_even_without_its_constraint(append):
    append(5)

    with triggers_suspended(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE civic_core_auditentry DROP CONSTRAINT civic_core_audit_sequence"
        )
        insert_copy(3)

    assert found() == [("inserted", 3)]


@pytest.mark.parametrize("column", ["at", "details", "actor"])
def test_a_value_nobody_can_read_is_a_changed_entry(append, column):
    if connection.vendor == "postgresql":
        column = "details"
    append(3)

    with triggers_suspended(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        broken = "[[" if connection.vendor == "sqlite" else "[[]]"
        cursor.execute(
            f"UPDATE civic_core_auditentry SET {column} = %s WHERE sequence = 2", [broken]
        )
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")

    assert found() == [("changed", 2)]


def test_a_name_that_occurs_twice_is_a_changed_entry(append):
    if connection.vendor == "postgresql":
        pytest.skip("jsonb keeps one of two equal names; runs on SQLite")
    append(1)

    with triggers_suspended(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE civic_core_auditentry SET details = %s", ['{"number": 9, "number": 0}']
        )

    assert found() == [("changed", 1)]


def test_findings_name_chain_and_sequence(append):
    append(2)

    with triggers_suspended():
        entry(2).update(action="tests.other")

    assert [(finding.place, finding.sequence) for finding in findings()] == [(str(CHAIN), 2)]


def test_one_chain_can_be_verified_alone(append):
    append(3)
    other = append(3, chain=uuid4())[0].chain
    with triggers_suspended():
        entry(2).update(action="tests.other")

    assert found(other) == []
    assert log_report(other).checked == 3


def test_chains_longer_than_a_page_are_walked_to_the_end(append, monkeypatch):
    monkeypatch.setattr(verification, "PAGE", 2)
    append(5)
    with triggers_suspended():
        entry(5).update(action="tests.other")

    report = log_report()

    assert (report.checked, report.findings[0].sequence) == (5, 5)


def test_many_findings_are_counted_and_the_first_kept(append, monkeypatch):
    monkeypatch.setattr(verification, "FINDINGS_KEPT", 2)
    append(5)
    with triggers_suspended():
        ENTRIES.update(action="tests.other")

    report = log_report()

    assert (report.found, len(report.findings)) == (5, 2)


def test_entries_appended_during_the_walk_are_not_called_inserted(append, monkeypatch):
    append(2)
    walk = verification._walk

    def slow_walk(head, run):
        yield from walk(head, run)
        append(1)

    monkeypatch.setattr(verification, "_walk", slow_walk)

    assert found() == []


def test_a_missing_trigger_is_found(append):
    triggers.lift()

    codes = {finding.code for finding in findings()}

    assert codes == {"trigger"}


@pytest.fixture
def room_verifier():
    def bins(run):
        run.checked += 2
        yield Finding("full", "bin 2", "The bin is full.")

    audit.register_verifier("bins", bins)
    yield
    del verification._verifiers["bins"]


def test_a_room_can_add_what_is_to_be_verified(room_verifier):
    report = next(report for report in audit.verify() if report.name == "bins")

    assert (report.checked, report.found, report.findings[0].place) == (2, 1, "bin 2")


def test_two_verifiers_cannot_share_a_name(room_verifier):
    with pytest.raises(ValueError, match="'bins'"):
        audit.register_verifier("bins", lambda run: [])


def civic_verify(*arguments):
    out = io.StringIO()
    try:
        call_command("civic_verify", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_the_command_ends_well_where_nothing_was_changed(append):
    append(3)

    code, text = civic_verify()

    assert code == 0
    assert "audit log: 3 checked" in text
    assert "Nothing was changed" in text


def test_the_command_fails_and_names_the_place(append):
    append(3)
    with triggers_suspended():
        entry(2).update(action="tests.other")

    code, text = civic_verify()

    assert code == 1
    assert f"changed {CHAIN} 2:" in text


def test_the_command_speaks_json(append):
    head = append(3)[-1]
    with triggers_suspended():
        entry(2).update(action="tests.other")

    code, text = civic_verify("--json")

    document = json.loads(text)
    assert (code, document["ok"]) == (1, False)
    findings = [finding for report in document["reports"] for finding in report["findings"]]
    assert [finding["sequence"] for finding in findings] == [2]
    assert document["heads"] == {str(CHAIN): {"length": 3, "head": head.fingerprint}}


def test_the_command_verifies_one_chain(append):
    append(3)
    other = append(1, chain=uuid4())[0].chain
    with triggers_suspended():
        entry(2).update(action="tests.other")

    assert civic_verify("--chain", str(other))[0] == 0
    assert civic_verify("--chain", str(CHAIN))[0] == 1


@pytest.fixture
def published_heads(append, tmp_path):
    append(3)
    path = tmp_path / "heads.json"
    path.write_text(civic_verify("--json")[1])
    return path


def test_a_chain_that_grew_still_holds_its_published_head(published_heads, append):
    append(2)

    assert civic_verify("--against", str(published_heads))[0] == 0


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda: cut_with_head(2), id="cut with its head"),
        pytest.param(lambda: (ENTRIES.delete(), AuditChain.objects.all().delete()), id="gone"),
    ],
)
def test_a_consistent_forgery_is_found_against_published_heads(published_heads, tamper):
    with triggers_suspended():
        tamper()

    assert civic_verify()[0] == 0
    code, text = civic_verify("--against", str(published_heads))
    assert code == 1
    assert f"head {CHAIN} 3" in text


def test_a_file_that_holds_no_heads_is_named(tmp_path):
    path = tmp_path / "other.json"
    path.write_text("[]")

    with pytest.raises(CommandError, match=r"other\.json is not the output"):
        call_command("civic_verify", "--against", str(path), stdout=io.StringIO())
