"""Preparing, opening, closing, counting, ending: each once, in order, and kept by the database."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import CloseVote, DestroyKey, EraseRehearsal
from civic_sourcing.budgets.actions.count import ConfirmCount, ProposeConfirmation, PublishCount
from civic_sourcing.budgets.casting.jobs import look_after_votes
from civic_sourcing.budgets.models import (
    Ballot,
    BulletinEntry,
    CastRequest,
    CountResult,
    Envelope,
    RollEntry,
    RunKey,
    VoteRun,
)
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.testing import triggers_suspended

from .conftest import state_of

pytestmark = pytest.mark.django_db


def refused(step):
    with pytest.raises(ActionRefused) as refusal, transaction.atomic():
        step()
    return refusal.value.code


def test_a_vote_is_held_once(run, prepare):
    assert refused(prepare) == "prepared-before"


def test_a_vote_is_not_closed_before_its_time(run):
    assert refused(lambda: CloseVote(run, by=None).execute()) == "not-over"


def test_closing_opens_all_ballots_and_leaves_no_envelope(run, cast, closed):
    for number in range(5):
        cast(f"voter {number}", "A")

    assert (closed(), state_of(run)) == (5, "closed")
    assert Ballot.objects.filter(run=run).count() == 5
    assert not Envelope.objects.exists()


def test_a_damaged_envelope_stops_the_close(run, cast, closed):
    cast("kim", "A")
    with triggers_suspended():
        Envelope.objects.update(sealed="AAAA")

    assert refused(closed) == "damaged"
    assert state_of(run) == "open"


def test_a_lost_envelope_stops_the_close(run, cast, closed):
    cast("kim", "A")
    with triggers_suspended():
        Envelope.objects.all().delete()

    assert refused(closed) == "damaged"


def test_no_ballot_is_counted_while_the_vote_is_open(run, cast):
    cast("kim", "A")

    assert refused(lambda: CountBallots(run.process, by=None).execute()) == "not-closed"


def test_the_count_takes_every_ballot(run, cast, closed):
    for who, number in (("kim", "A"), ("lee", "B"), ("park", "A")):
        cast(who, number)
    closed()

    counted = CountBallots(run.process, by=None).execute()

    assert counted.document["ballots"] == 3
    assert [counted.document["scores"][number] for number in "ABC"] == [2, 1, 0]
    assert state_of(run) == "counted"


def test_the_tick_closes_what_is_over_and_nothing_else(run, cast, set_clock):
    cast("kim", "A")

    assert look_after_votes(clock.now()) is None
    set_clock(run.closes_at)
    assert look_after_votes(clock.now()) == "1 closed, 0 trackers published"
    assert state_of(run) == "closed"
    assert look_after_votes(clock.now()) is None


def test_the_tick_says_when_a_vote_cannot_be_closed(run, cast, set_clock, caplog):
    cast("kim", "A")
    with triggers_suspended():
        Envelope.objects.update(sealed="AAAA")
    set_clock(run.closes_at)

    assert look_after_votes(clock.now()) is None
    assert "damaged" in caplog.text


@pytest.fixture
def counted(run, cast, closed):
    cast("kim", "A", form="f1")
    closed()
    count = CountBallots(run.process, by=None).execute()
    PublishCount(count, by=None).execute()
    return VoteRun.objects.get(pk=run.pk)


@pytest.fixture
def confirmed(counted, clerk, second_clerk, set_clock):
    """Objections were heard, and two people have confirmed the count."""
    count = CountResult.objects.latest_of(counted.process)
    set_clock(count.publication.objections_until)
    proposal = ProposeConfirmation(count, by=clerk, reason="Nobody objected.").execute()
    ConfirmCount(proposal, by=second_clerk).execute()
    return counted


def test_the_key_is_kept_while_objections_are_heard(counted, set_clock):
    set_clock(counted.closed_at + timedelta(days=30, microseconds=-1))

    assert refused(lambda: DestroyKey(counted, by=None).execute()) == "objections"
    assert RunKey.objects.exists()


def test_the_key_is_kept_until_the_latest_count_is_confirmed(counted, set_clock):
    set_clock(counted.closed_at + timedelta(days=30))
    assert refused(lambda: DestroyKey(counted, by=None).execute()) == "not-confirmed"

    CountBallots(counted.process, by=None).execute()

    assert refused(lambda: DestroyKey(counted, by=None).execute()) == "not-published"


def test_the_key_is_destroyed_by_command_with_the_requests(confirmed, cast):
    call_command("destroy_vote_key", str(confirmed.uuid), verbosity=0)

    assert state_of(confirmed) == "destroyed"
    assert not RunKey.objects.exists()
    assert not CastRequest.objects.exists()
    assert refused(lambda: cast("kim", "A", form="f1")) == "key-destroyed"
    assert (RollEntry.objects.count(), Ballot.objects.count()) == (1, 1)


def test_the_command_says_why_not(run):
    with pytest.raises(CommandError, match="open"):
        call_command("destroy_vote_key", str(run.uuid))
    with pytest.raises(CommandError, match="no run"):
        call_command("destroy_vote_key", str(run.process.uuid))


def test_a_rehearsal_stays_outside_and_is_erased_whole(prepare, opened, cast, closed):
    rehearsal = opened(prepare("rehearsal"))
    cast("kim", "A", run=rehearsal)
    closed(rehearsal)
    process = rehearsal.process
    assert not Ballot.objects.of(process).exists()
    assert not AuditEntry.objects.of_chain(process.uuid).filter(action__endswith=".cast").exists()

    EraseRehearsal(rehearsal, by=None).execute()

    assert not VoteRun.objects.filter(kind="rehearsal").exists()
    for model in (Ballot, BulletinEntry, RollEntry, RunKey):
        assert model.objects.filter(run=rehearsal.pk).count() == 0


def test_a_real_vote_is_not_erased(run):
    assert refused(lambda: EraseRehearsal(run, by=None).execute()) == "not-a-rehearsal"


def rows(model):
    return model.objects.all()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: rows(VoteRun).update(rulebook="{}"), id="rulebook"),
        pytest.param(lambda: rows(VoteRun).update(digest="0"), id="digest"),
        pytest.param(lambda: rows(VoteRun).update(state="prepared"), id="state back"),
        pytest.param(lambda: rows(VoteRun).update(state="counted"), id="state skipped"),
        pytest.param(lambda: rows(VoteRun).update(kind="rehearsal"), id="kind"),
        pytest.param(
            lambda: rows(VoteRun).update(closes_at=clock.now() + timedelta(days=9)), id="later end"
        ),
        pytest.param(
            lambda: rows(VoteRun).update(closes_at=clock.now() + timedelta(minutes=1)),
            id="earlier end",
        ),
        pytest.param(lambda: rows(VoteRun)._raw_delete("default"), id="run"),
        pytest.param(lambda: rows(RunKey).update(secret="0"), id="key changed"),
        pytest.param(lambda: rows(RunKey)._raw_delete("default"), id="key deleted"),
        pytest.param(lambda: rows(RollEntry).update(voter_key="0"), id="roll changed"),
        pytest.param(lambda: rows(RollEntry)._raw_delete("default"), id="roll deleted"),
        pytest.param(lambda: rows(Envelope).update(link="0"), id="envelope moved"),
        pytest.param(lambda: rows(Envelope)._raw_delete("default"), id="envelope deleted"),
        pytest.param(
            lambda: Ballot.objects.create(
                run=VoteRun.objects.get(), process=VoteRun.objects.get().process, content="{}"
            ),
            id="ballot while open",
        ),
    ],
)
def test_the_database_keeps_an_open_vote_as_it_is(cast, change):
    cast("kim", "A")

    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: rows(Ballot).update(content="{}"), id="ballot changed"),
        pytest.param(lambda: rows(Ballot)._raw_delete("default"), id="ballot deleted"),
        pytest.param(lambda: rows(BulletinEntry).update(tracker="0"), id="bulletin changed"),
        pytest.param(lambda: rows(BulletinEntry)._raw_delete("default"), id="bulletin deleted"),
        pytest.param(
            lambda: RollEntry.objects.create(
                run=VoteRun.objects.get(), process=VoteRun.objects.get().process, voter_key="0"
            ),
            id="late voter",
        ),
        pytest.param(
            lambda: BulletinEntry.objects.create(
                run=VoteRun.objects.get(),
                sequence=9,
                kind="cast",
                tracker="T",
                released_at=clock.now(),
                previous="0",
                fingerprint="0",
            ),
            id="bulletin unlinked",
        ),
    ],
)
def test_the_database_keeps_a_closed_vote_as_it_is(cast, closed, change):
    cast("kim", "A")
    closed()

    with pytest.raises(IntegrityError), transaction.atomic():
        change()
