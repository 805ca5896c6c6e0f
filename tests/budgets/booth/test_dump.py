"""Whoever has every table, and not the key of the site, reads neither a choice nor whose it is."""

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from civic_sourcing.budgets.models import VoteReminder
from tests.budgets.booth.casting import cast, form_of, reviewed, stored, voted
from tests.budgets.booth.test_codes import type_code

WORDS = '["N/2"]', "vote:N/2"


def dump():
    """Every row of every table as text, with the table's name; sessions in the open as well."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, str(row)) for row in cursor.fetchall())
    for session in Session.objects.all():
        yield "django_session", str(session.get_decoded())


def rows_with(*needles):
    """The tables in which one of these texts stands."""
    return [table for table, row in dump() if any(needle in row for needle in needles)]


def test_no_table_has_a_tracker_a_choice_or_an_address_beside_a_voter(
    vote, run, enter, print_codes, citizen
):
    """The whole way over HTTP: code, mail, change, reminder, and a draft left behind."""
    cache.clear()
    (code,) = print_codes(vote)
    holder, undecided = enter(vote, None), enter(vote, citizen)
    type_code(holder, code)
    voted(holder, [("vote", "1")])
    (first,) = stored(run)
    voted(holder, [("vote", "N/2")])
    (last,) = stored(run)
    holder.client.post(holder.url + "mail/", {"address": "kim@example.org"})
    reviewed(undecided, [("vote", "N/2")])
    undecided.client.post(undecided.url + "leave/", {"remind": "1", "address": "lee@example.org"})

    assert rows_with(first.tracker, last.tracker) == []
    assert rows_with(*WORDS, last.content) == []
    assert rows_with("kim@example.org", "lee@example.org") == []
    assert VoteReminder.objects.count() == 1
    assert form_of(reviewed(undecided))["choice"] == '{"vote":["1","N/2"]}'


def test_control_what_a_session_remembers_is_found(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    voted(booth)
    (ballot,) = stored(run)
    session = booth.client.session
    session["receipt"] = ballot.tracker
    session.save()

    assert rows_with(ballot.tracker) == ["django_session"]


def sizes():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            yield table, cursor.fetchone()[0]


def test_cast_leaves_rows_in_no_other_table_than_it_says(
    vote, enter, citizen, django_capture_on_commit_callbacks
):
    """A table that numbered its rows, such as an index, would keep the order of the casts."""
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    before = dict(sizes())

    with django_capture_on_commit_callbacks(execute=True):
        cast(booth, fields)

    assert {table for table, size in sizes() if size != before[table]} == {
        "civic_budgets_castrequest",
        "civic_budgets_envelope",
        "civic_budgets_notice",
        "civic_budgets_rollentry",
        "civic_core_auditentry",
    }
