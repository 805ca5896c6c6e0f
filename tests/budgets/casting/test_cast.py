"""A cast is recorded exactly once and exactly as meant, or plainly refused."""

import time
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import override_settings

from civic_sourcing.budgets.actions import WithdrawProject
from civic_sourcing.budgets.actions.casting import (
    BallotRefused,
    CastBallot,
    CloseVote,
    NotRecorded,
    Voter,
)
from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    Area,
    AreaUse,
    CumulativeLimits,
    Faulty,
    PaperProject,
)
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.models import Ballot, CastRequest, Envelope, Notice, RollEntry, VoteRun
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.participants.models import EligibilityRule

from .conftest import paper, rulebook_with

pytestmark = pytest.mark.django_db


def stored():
    return RollEntry.objects.count(), Envelope.objects.count()


def contents(run):
    return sorted(Ballot.objects.filter(run=run).values_list("content", flat=True))


def test_a_ballot_is_stored_as_it_was_cast(run, cast, closed):
    cast("kim", "B", "A")

    assert stored() == (1, 1)
    assert closed() == 1
    assert contents(run) == [paper("B", "A")]


def test_equal_points_come_back_one_by_one(prepare, opened, closed):
    run = opened(prepare("rehearsal"), rulebook=rulebook_with(limits=CumulativeLimits(total=6)))
    choice = '{"points":[1,4,1],"vote":["A","B","C"]}'

    CastBallot(run, voter=Voter("kim"), choice=choice, idempotency_key="f").execute()
    closed(run)

    assert contents(run) == [choice]


def test_a_cast_asks_the_database_a_dozen_times(cast, django_assert_max_num_queries):
    cast("lee", "A")

    with django_assert_max_num_queries(15):  # with the key, and both ends of the transaction
        cast("kim", "A")


def test_every_voter_has_one_ballot(run, cast, closed):
    for who in ("kim", "lee", "park"):
        cast(who, "A")

    assert closed() == 3
    assert contents(run) == [paper("A")] * 3


def test_a_later_ballot_replaces_the_earlier_one(run, cast, closed):
    first = cast("kim", "A")
    second = cast("kim", "B")

    assert first.tracker != second.tracker
    assert closed() == 1
    assert contents(run) == [paper("B")]


def test_a_retry_gets_the_first_receipt_and_stores_nothing(cast):
    first = cast("kim", "A", form="f1")

    assert cast("kim", "A", form="f1") == first
    assert stored() == (1, 1)
    assert Notice.objects.count() == 1


def test_a_retry_after_the_close_still_gets_the_first_receipt(cast, closed):
    first = cast("kim", "A", form="f1")
    closed()

    assert cast("kim", "A", form="f1") == first


def test_a_retry_after_a_change_does_not_bring_the_old_ballot_back(run, cast, closed):
    first = cast("kim", "A", form="f1")
    cast("kim", "B", form="f2")

    assert cast("kim", "A", form="f1") == first
    closed()
    assert contents(run) == [paper("B")]


def test_the_same_form_with_another_choice_is_refused(run, cast, closed):
    cast("kim", "A", form="f1")

    with pytest.raises(IdempotencyConflict):
        cast("kim", "B", form="f1")
    closed()
    assert contents(run) == [paper("A")]


def test_two_voters_may_have_the_same_form_key(cast):
    assert cast("kim", "A", form="f1") != cast("lee", "A", form="f1")
    assert stored() == (2, 2)


def test_a_cast_needs_a_form_key(run):
    with pytest.raises(ValueError, match="idempotency key"):
        CastBallot(run, voter=Voter("kim"), choice=paper("A"), idempotency_key="")


@pytest.mark.parametrize(
    ("microseconds", "recorded"),
    [
        pytest.param(-1, True, id="a microsecond before"),
        pytest.param(0, False, id="at closes_at exactly"),
        pytest.param(1, False, id="a microsecond after"),
    ],
)
def test_the_vote_closes_at_closes_at_exactly(run, cast, set_clock, microseconds, recorded):
    set_clock(run.closes_at + timedelta(microseconds=microseconds))

    if recorded:
        cast("kim", "A")
    else:
        with pytest.raises(ActionRefused) as refusal:
            cast("kim", "A")
        assert refusal.value.code == "closed"
    assert stored() == ((1, 1) if recorded else (0, 0))


@pytest.mark.parametrize("microseconds", [-1, 0])
def test_the_vote_opens_at_opens_at_exactly(run, cast, set_clock, microseconds):
    set_clock(run.opens_at + timedelta(microseconds=microseconds))

    if microseconds < 0:
        with pytest.raises(ActionRefused, match="not opened"):
            cast("kim", "A")
    assert stored() == (0, 0)
    if not microseconds:
        cast("kim", "A")
        assert stored() == (1, 1)


@pytest.mark.parametrize("hours", [-1.5, 1.5], ids=["slow", "fast"])
def test_the_clock_of_the_web_server_decides_nothing(run, cast, hours):
    wrong = time.time() + hours * 3600

    with patch("time.time", lambda: wrong):
        cast("kim", "A")

    assert stored() == (1, 1)


def test_nothing_is_cast_before_the_opening(prepare, cast):
    with pytest.raises(ActionRefused) as refusal:
        cast("kim", "A", run=prepare("rehearsal"))

    assert refusal.value.code == "not-open-yet"


@pytest.mark.parametrize(
    "choice",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"vote":"A"}',
        '{"vote": ["A"]}',
        '{"vote":["A"],"points":[1]}',
        '{"vote":[NaN]}',
        '{"vote":["' + "A" * 100_000 + '"]}',
        "[" * 50_000,
    ],
)
def test_what_is_not_the_one_way_to_write_a_ballot_is_refused(run, choice):
    with pytest.raises(ActionRefused) as refusal:
        CastBallot(run, voter=Voter("kim"), choice=choice, idempotency_key="f").execute()

    assert refusal.value.code == "unreadable"
    assert stored() == (0, 0)
    assert not CastRequest.objects.exists()


VOTER = Voter("kim")
AT_MOST_TWO = rulebook_with(limits=ApprovalLimits(most=2))
AT_LEAST_TWO = rulebook_with(limits=ApprovalLimits(least=2))
OWN = rulebook_with(
    areas=(Area(code="town", budget=1000), Area(code="north", budget=1000)),
    projects=(
        PaperProject(number="A", cost=400, area="town"),
        PaperProject(number="N", cost=400, area="north"),
    ),
    area_use=AreaUse.OWN,
)


@pytest.mark.parametrize(
    ("rulebook", "voter", "numbers", "code"),
    [
        pytest.param(
            rulebook_with(limits=ApprovalLimits(most=2)), VOTER, "ABC", "too-many", id="most"
        ),
        pytest.param(
            rulebook_with(limits=ApprovalLimits(least=2)), VOTER, "A", "too-few", id="least"
        ),
        pytest.param(rulebook_with(), VOTER, "Z", "not-on-paper", id="another vote’s project"),
        pytest.param(OWN, Voter("kim", area="town"), "N", "not-on-paper", id="another area"),
        pytest.param(OWN, Voter("kim", area="moon"), "A", "no-paper", id="no area here"),
    ],
)
def test_what_breaks_the_frozen_rules_is_not_recorded(
    prepare, opened, rulebook, voter, numbers, code
):
    run = opened(prepare("rehearsal"), rulebook=rulebook)

    with pytest.raises(BallotRefused) as refusal:
        CastBallot(run, voter=voter, choice=paper(*numbers), idempotency_key="f").execute()

    assert refusal.value.faults[0].code == code
    assert stored() == (0, 0)
    assert not CastRequest.objects.exists()


def test_what_was_withdrawn_meanwhile_is_no_longer_on_the_paper(run, cast):
    WithdrawProject(run.process.projects.get(number="A"), by=None, reason="Too steep").execute()

    with pytest.raises(BallotRefused) as refusal:
        cast("kim", "A")

    assert [fault.code for fault in refusal.value.faults] == ["not-on-paper"]
    assert cast("kim", "B").tracker


def test_where_the_rules_say_so_a_wrong_ballot_is_cast_as_void(prepare, opened, closed):
    rules = rulebook_with(limits=ApprovalLimits(most=2), faulty=Faulty.VOID)
    run = opened(prepare("rehearsal"), rulebook=rules)
    void = CastBallot(run, voter=Voter("kim"), choice=paper(*"ABC"), idempotency_key="f").execute()

    closed(run)

    assert contents(run) == ['{"void":["too-many"],"vote":[]}']
    assert [(e.kind, e.tracker) for e in run.bulletin.all()] == [("void", void.tracker)]
    assert [*verify_runs(Verification())] == []


@pytest.mark.parametrize(
    ("choice", "faulty"),
    [
        pytest.param(paper("Z"), Faulty.VOID, id="nobody knows what was meant"),
        pytest.param('{"void":["too-many"],"vote":[]}', Faulty.REFUSE, id="nothing is void here"),
    ],
)
def test_a_ballot_is_void_only_where_the_rules_say_so(prepare, opened, choice, faulty):
    run = opened(prepare("rehearsal"), rulebook=rulebook_with(faulty=faulty))

    with pytest.raises(ActionRefused):
        CastBallot(run, voter=Voter("kim"), choice=choice, idempotency_key="f").execute()

    assert stored() == (0, 0)


def test_the_log_names_neither_voter_nor_ballot_nor_tracker(run, cast):
    tracker = cast("kim", "A").tracker

    entry = AuditEntry.objects.get(action="civic_budgets.cast")
    assert (entry.actor, entry.details) == (None, {})
    assert entry.subject_id == str(run.uuid)
    assert tracker not in str(vars(entry))


def test_who_does_not_meet_the_conditions_is_refused(process, prepare, opened):
    EligibilityRule.objects.create(
        process=process, verifier="no-longer-known", options={}, position=0
    )
    run = opened(prepare())
    kim = get_user_model().objects.create_user("kim")

    with pytest.raises(ActionRefused) as refusal:
        CastBallot(run, voter=Voter("kim", kim), choice=paper("A"), idempotency_key="f").execute()

    assert refusal.value.code == "cannot-be-checked"
    assert stored() == (0, 0)


def test_a_changed_site_key_stops_the_vote_instead_of_letting_people_vote_twice(cast):
    cast("kim", "A")

    other_key = override_settings(CIVIC_SOURCING={"BALLOT_KEY": "x" * 32})
    with other_key, pytest.raises(ActionRefused) as refusal:
        cast("kim", "A")

    assert refusal.value.code == "key-changed"
    assert stored() == (1, 1)


def test_what_fails_on_the_way_leaves_nothing_behind(run, monkeypatch):
    def power_cut(*arguments, **options):
        raise RuntimeError("power cut")

    step = CastBallot(run, voter=Voter("kim"), choice=paper("A"), idempotency_key="f")
    monkeypatch.setattr(step, "_note", power_cut)

    with pytest.raises(RuntimeError):
        step.execute()

    assert stored() == (0, 0)
    assert not CastRequest.objects.exists()


def read_only(on):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
        else:
            cursor.execute(f"SET default_transaction_read_only = {'on' if on else 'off'}")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_nothing_says_not_recorded(run, cast):
    read_only(True)
    try:
        with pytest.raises(NotRecorded, match="not recorded"):
            cast("kim", "A")
    finally:
        read_only(False)

    assert stored() == (0, 0)
    cast("kim", "A")
    assert stored() == (1, 1)


def test_a_cast_of_a_run_that_was_erased_is_refused(prepare, opened, cast):
    rehearsal = opened(prepare("rehearsal"))
    gone = VoteRun(pk=rehearsal.pk + 1000, process=rehearsal.process, kind="rehearsal")

    with pytest.raises(ActionRefused):
        cast("kim", "A", run=gone)


def test_a_close_decided_while_a_cast_was_on_its_way_is_respected(run, closed):
    step = CastBallot(run, voter=Voter("kim"), choice=paper("A"), idempotency_key=uuid4().hex)
    closed()

    with pytest.raises(ActionRefused) as refusal, transaction.atomic():
        step.execute()

    assert refusal.value.code == "closed"
    with pytest.raises(ActionRefused, match="closed"):
        CloseVote(run, by=None).execute()
