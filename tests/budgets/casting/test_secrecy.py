"""
Whoever has the whole database but not the site's key matches voters to ballots no better than by
chance.

The attacker knows in which order people voted (a web server's log tells as much) and what their
forms looked like, and takes the tables in the order in which the database hands them out.
"""

import random
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.expressions import RawSQL

from civic_sourcing.budgets.actions.casting import CastBallot, Voter
from civic_sourcing.budgets.casting import box, bulletin
from civic_sourcing.budgets.casting.keys import Keys
from civic_sourcing.budgets.casting.sealing import SealBroken
from civic_sourcing.budgets.models import Ballot, BulletinEntry

from .conftest import paper

pytestmark = pytest.mark.django_db

VOTERS = 60
#: More than so many of 60 are matched by chance less often than once in a hundred million times.
CHANCE = 12


def dump():
    """Every row of every table, in the order of the heap, with its columns by name."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("civic_budgets", "civic_core")):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY {order}')
                names = [column[0] for column in cursor.description]
                tables[table] = [dict(zip(names, map(str, row), strict=True)) for row in cursor]
    return tables


@pytest.fixture
def vote(run):
    """Everybody votes, each for a project of their own; returns ballots and trackers by voter."""

    def vote():
        voters = [f"voter {number}" for number in random.sample(range(1000), VOTERS)]
        chosen = random.sample(range(1000), VOTERS)
        ballots = {who: paper(f"P{number}") for who, number in zip(voters, chosen, strict=True)}
        trackers = {
            who: CastBallot(run, voter=Voter(who), choice=choice, idempotency_key=uuid4().hex)
            .execute()
            .tracker
            for who, choice in ballots.items()
        }
        return ballots, trackers

    return vote


def by_order(ballots, table, column):
    """How many voters the order of a table's rows leads to what is theirs."""
    rows = [row[column] for row in dump()[table]]
    return max(
        sum(mine == row for mine, row in zip(ballots.values(), way, strict=True))
        for way in (rows, rows[::-1])
    )


def by_values():
    """How many rows of the roll share any value with a ballot, but for what all have in common."""
    tables = dump()
    ballots = tables[Ballot._meta.db_table]
    marks = {row["mark"] for row in ballots} | {row["uuid"] for row in ballots}
    roll = tables["civic_budgets_rollentry"]
    return sum(bool(marks & set(row.values())) for row in roll)


def test_ballots_do_not_lie_in_the_order_of_the_casts(vote, closed):
    ballots, _trackers = vote()
    closed()

    assert by_order(ballots, Ballot._meta.db_table, "content") <= CHANCE


def test_trackers_do_not_lie_in_the_order_of_the_casts(vote, closed):
    _ballots, trackers = vote()
    closed()

    assert by_order(trackers, BulletinEntry._meta.db_table, "tracker") <= CHANCE


def in_order_of_casting(self):
    """Take ballots out as they lie in the table, which is how they came in."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    casts = [self._opened(row) for row in self.envelopes.order_by(RawSQL(order, []))]
    self.envelopes.all().delete()
    return casts


def test_control_without_random_order_everybody_is_given_away(vote, closed, monkeypatch):
    monkeypatch.setattr(box.SealedBox, "take_out_all", in_order_of_casting)
    monkeypatch.setattr(bulletin, "shuffle", lambda rows: None)
    ballots, trackers = vote()
    closed()

    assert by_order(ballots, Ballot._meta.db_table, "content") > CHANCE
    assert by_order(trackers, BulletinEntry._meta.db_table, "tracker") > CHANCE


def test_no_value_of_the_roll_leads_to_a_ballot(vote, closed):
    vote()
    closed()

    assert by_values() == 0


def test_with_values_that_are_not_keyed_by_purpose_the_roll_leads_to_every_ballot(
    vote, closed, monkeypatch
):
    monkeypatch.setattr(Keys, "value", lambda keys, purpose, *parts: parts[0])
    monkeypatch.setattr(Keys, "tracker", lambda keys, *parts: parts[0])
    vote()
    closed()

    assert by_values() == VOTERS


def everything():
    return "\n".join(value for rows in dump().values() for row in rows for value in row.values())


def test_while_people_vote_the_database_holds_no_choice_and_no_tracker_in_the_open(vote):
    ballots, trackers = vote()

    text = everything()

    assert not [choice for choice in ballots.values() if choice in text]
    assert not [tracker for tracker in trackers.values() if tracker in text]
    assert not [who for who in ballots if who in text]


def test_without_seals_every_choice_lies_open(vote, monkeypatch):
    monkeypatch.setattr(Keys, "seal", lambda keys, text, *, place: text)
    ballots, trackers = vote()

    text = everything().replace("\\", "")

    assert all(choice in text for choice in ballots.values())
    assert all(tracker in text for tracker in trackers.values())


def test_a_dump_with_the_database_half_of_the_key_opens_nothing(run, cast):
    cast("kim", "A")
    secret = bytes.fromhex(run.key.secret)
    sealed = run.envelopes.get()

    with pytest.raises(SealBroken):
        Keys(secret).unseal(sealed.sealed, place=f"envelope:{sealed.link}")
