"""What another database has to see of the suite, by the statements noted on SQLite."""

import json

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from tests.statements import Noted, Notes, needed, read, shape


@pytest.fixture
def notes(monkeypatch):
    """Notes that hear what is sent during this test only."""
    from django.db.backends.utils import CursorWrapper
    from django.db.models.sql.compiler import SQLCompiler

    for kind, name in (
        (CursorWrapper, "execute"),
        (CursorWrapper, "executemany"),
        (SQLCompiler, "as_sql"),
    ):
        monkeypatch.setattr(kind, name, getattr(kind, name))
    notes = Notes()
    notes.listen()
    return notes


def noted(**sent):
    """``noted(a=[1], b=[1, 2])``: notes of tests that send statements of these numbers."""
    tests = {name: Noted(numbers, False, 1.0) for name, numbers in sent.items()}
    known = {f"SELECT {number}": number for numbers in sent.values() for number in numbers}
    return Notes(tests, known)


def test_each_statement_is_sent_once_and_no_more():
    notes = noted(a=[1], b=[1], c=[3], d=[1, 2])

    chosen = needed(["a", "b", "c", "d"], notes, whole=set())

    assert chosen == {"c", "d"}


def test_the_cheapest_that_sends_a_statement_is_chosen():
    notes = noted(dear=[1], cheaper=[1], alone=[2])
    notes.tests["dear"].seconds = 9.0

    assert needed(["dear", "cheaper", "alone"], notes, whole=set()) == {"cheaper", "alone"}


def test_what_commits_what_was_refused_and_what_nobody_noted_is_chosen():
    notes = noted(a=[1], b=[1], committing=[1], refused=[1])
    notes.tests["refused"].refused = True

    names = ["a", "b", "committing", "refused", "unknown"]

    assert needed(names, notes, whole={"committing"}) == {"committing", "refused", "unknown"}


def test_what_sends_nothing_is_left_out():
    assert needed(["nothing"], noted(nothing=[]), whole=set()) == set()


def test_beginnings_and_ends_of_transactions_are_not_noted(notes, db):
    with notes.of("nothing"), transaction.atomic(), transaction.atomic():
        pass

    assert notes.tests["nothing"].statements == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a WHERE b IN (%s)", "SELECT a WHERE b IN (%s, %s, %s)"),
        ("INSERT INTO a VALUES (%s, %s)", "INSERT INTO a VALUES (%s, NULL), (%s, %s)"),
        ("SELECT a LIMIT 2", "SELECT a LIMIT 21"),
    ],
)
def test_values_and_their_number_make_no_difference(one, other):
    assert shape(one) == shape(other)


def test_clauses_make_a_difference():
    assert shape("SELECT a ORDER BY b") != shape("SELECT a ORDER BY b DESC")


def test_notes_tell_what_a_test_sends_what_it_locks_and_what_is_refused(notes, db, tmp_path):
    with notes.of("reads"):
        list(Group.objects.filter(name="gardeners"))
    with notes.of("locks"):
        list(Group.objects.select_for_update().filter(name="gardeners"))
    with notes.of("fails"), pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.bulk_create([Group(name="twice"), Group(name="twice")])
    notes.write(tmp_path / "1.json")

    found = read(tmp_path)

    assert len(found.tests["reads"].statements) == 1
    assert set(found.tests["locks"].statements) - set(found.tests["reads"].statements)
    assert [name for name, each in found.tests.items() if each.refused] == ["fails"]
    assert json.loads((tmp_path / "1.json").read_text())["known"] == list(found.known)
