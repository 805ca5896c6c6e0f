"""``civic_verify`` notices when roll, ballots, rulebook and bulletin no longer fit together."""

import json
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.models import Ballot, BulletinEntry, Envelope, RollEntry, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry, compare_heads
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.testing import triggers_suspended

pytestmark = pytest.mark.django_db


def codes(chain=None):
    return {finding.code for finding in verify_runs(Verification(chain=chain))}


@pytest.fixture
def voted(cast):
    cast("kim", "A")
    cast("kim", "B")
    cast("lee", "A")


def test_an_open_vote_has_no_findings(run, voted):
    assert codes() == codes(run.process.uuid) == set()


def test_a_closed_vote_has_no_findings(run, voted, closed):
    closed()

    assert codes() == codes(run.process.uuid) == set()


def lose_entry():
    BulletinEntry.objects.filter(sequence=2).delete()


def change_entry():
    BulletinEntry.objects.filter(sequence=2).update(tracker="AAAA")


def unlink_entry():
    BulletinEntry.objects.filter(sequence=2).update(previous="0" * 64)


def lose_ballot():
    Ballot.objects.filter(pk=Ballot.objects.first().pk).delete()


def swap_mark():
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(mark="0" * 64)


def lose_voter():
    RollEntry.objects.filter(pk=RollEntry.objects.first().pk).delete()


def change_rulebook():
    VoteRun.objects.update(rulebook="{}")


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        pytest.param(lose_entry, "bulletin-missing", id="entry missing"),
        pytest.param(change_entry, "bulletin-changed", id="entry changed"),
        pytest.param(unlink_entry, "bulletin-unlinked", id="entry unlinked"),
        pytest.param(lose_ballot, "trackers", id="ballot missing"),
        pytest.param(lose_ballot, "roll", id="fewer ballots than voters"),
        pytest.param(swap_mark, "trackers", id="ballot of nobody"),
        pytest.param(lose_voter, "roll", id="voter missing"),
        pytest.param(change_rulebook, "rulebook", id="rulebook changed"),
    ],
)
def test_what_was_tampered_with_after_the_close_is_found(voted, closed, tamper, code):
    closed()

    with triggers_suspended():
        tamper()

    assert code in codes()


def test_an_envelope_lost_during_the_vote_is_found(voted):
    with triggers_suspended():
        Envelope.objects.filter(pk=Envelope.objects.first().pk).delete()

    assert codes() == {"roll"}


def published():
    """What ``civic_verify --json`` prints to be published."""
    printed = StringIO()
    with suppress(CommandError):
        call_command("civic_verify", json=True, stdout=printed)
    return json.loads(printed.getvalue())


def test_published_heads_do_not_tell_how_many_have_voted(run, cast):
    cast("kim", "A")
    before = published()
    for number in range(5):
        cast(f"voter {number}", "A")
    after = published()

    chain = str(run.chain)
    assert before["heads"][chain].keys() == {"head"}
    assert before["heads"][chain] != after["heads"][chain]
    assert {report["checked"] % 10 for report in after["reports"]} == {0}


def test_published_head_of_an_open_vote_is_held_against_it_later(run, voted, closed):
    heads = published()["heads"]
    closed()

    before = list(compare_heads(heads, "default"))
    with triggers_suspended():
        AuditEntry.objects.filter(chain=run.chain).delete()

    assert before == []
    assert str(run.chain) in {finding.place for finding in compare_heads(heads, "default")}


def test_how_many_entries_a_counted_vote_has_is_no_secret(run, voted):
    VoteRun.objects.filter(pk=run.pk).update(state=VoteRun.State.CLOSED, closed_at=clock.now())
    VoteRun.objects.filter(pk=run.pk).update(state=VoteRun.State.COUNTED)

    assert "length" in published()["heads"][str(run.chain)]
