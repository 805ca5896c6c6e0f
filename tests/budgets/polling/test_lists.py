"""Who voted on paper and online has one ballot: the one the town's rule says."""

import threading
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    CloseVote,
    EraseRehearsal,
    Voter,
)
from civic_sourcing.budgets.actions.casting import cast as casting
from civic_sourcing.budgets.actions.polling import (
    AddPollingPlace,
    CompleteList,
    ListVoter,
    RemovePlace,
    ReopenList,
    UnlistVoter,
)
from civic_sourcing.budgets.ballots import OnPaper
from civic_sourcing.budgets.casting.jobs import look_after_votes
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetRules,
    BulletinEntry,
    PaperKey,
    PaperVoter,
    PollingPlace,
    VoteRun,
)
from civic_sourcing.budgets.polling.figures import figures_of
from civic_sourcing.budgets.polling.people import (
    identities_of_account,
    identities_of_code,
    identities_of_entry,
)
from civic_sourcing.budgets.polling.standing import voters_by_area
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.codes.actions import MakeCodeBatch, RedeemCode
from civic_sourcing.participants.models import Participant, VotingCode
from tests.budgets.casting.conftest import paper
from tests.budgets.proofs.guards import read_alone

pytestmark = pytest.mark.django_db


def refusal_of(step, *args, **kwargs):
    with pytest.raises(ActionRefused) as refused:
        step(*args, **kwargs)
    return refused.value.code


def voted(run):
    return voters_by_area(run, using="default").total()


def contents(run):
    return sorted(Ballot.objects.filter(run=run).values_list("content", flat=True))


def kinds(tracker):
    return list(BulletinEntry.objects.about(tracker).values_list("kind", flat=True))


def test_of_a_ballot_online_and_a_later_one_on_paper_the_paper_counts(run, online, listed, close):
    left_out, counts = online("kim", "1").tracker, online("lee", "2").tracker
    listed("kim")

    assert voted(run) == 2
    assert close(run) == 1
    assert contents(run) == [paper("2")]
    assert kinds(left_out) == ["cast", "paper"]
    assert kinds(counts) == ["cast"]
    assert not list(verify_runs(Verification()))


def test_who_has_voted_on_paper_cannot_vote_online_any_more(run, online, listed):
    listed("kim")

    assert refusal_of(online, "kim") == "voted-on-paper"
    assert online("lee")


def test_where_the_later_ballot_counts_a_vote_online_takes_the_paper_back(
    start, place_at, online, listed, close
):
    run = start(OnPaper.LAST)
    place = place_at(run)
    listed("lee", place=place)
    first = listed("kim", place=place)
    online("kim", "2", run=run)

    assert first.envelope == 2
    assert figures_of(place).taken_out == (2,)
    assert (figures_of(place).voters, voted(run)) == (1, 2)
    assert close(run) == 1
    assert contents(run) == [paper("2")]


def test_where_the_later_ballot_counts_a_later_paper_does(start, place_at, online, listed, close):
    run = start(OnPaper.LAST)
    place = place_at(run)
    for step in (lambda: listed("kim", place=place), lambda: online("kim", run=run)) * 2:
        step()
    again = listed("kim", place=place)

    assert again.envelope == 3
    assert figures_of(place).taken_out == (1, 2)
    assert close(run) == 0
    assert not list(verify_runs(Verification()))


def test_nobody_is_given_two_papers(run, place_at, listed):
    listed("kim")

    assert refusal_of(listed, "kim") == "listed"
    assert refusal_of(listed, "kim", place=place_at(run, "Library")) == "listed"
    assert refusal_of(listed, "lee", "kim") == "listed"
    assert PaperVoter.objects.count() == 1


def test_the_database_refuses_a_second_paper(run, place, listed):
    key = listed("kim").keys.get().voter_key
    other = PaperVoter.objects.create(run=run, place=place)

    with pytest.raises(DatabaseError), transaction.atomic():
        PaperKey.objects.create(run=run, voter=other, voter_key=key)


def test_a_voter_listed_by_mistake_votes_online_as_before(run, place, ahn, online, listed, close):
    online("kim", "1")
    listed("kim")
    UnlistVoter(place, by=ahn, identities={"kim"}).execute()
    online("kim", "2")

    assert voted(run) == 1
    assert close(run) == 1
    assert contents(run) == [paper("2")]


def test_a_paper_that_does_not_count_never_counts_again(listed, place, ahn):
    voter = listed("kim")
    UnlistVoter(place, by=ahn, identities={"kim"}).execute()

    with pytest.raises(DatabaseError), transaction.atomic():
        PaperVoter.objects.filter(pk=voter.pk).update(state="counts")
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperKey.objects.filter(voter=voter).update(counts=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        voter.delete()


def test_lists_can_be_typed_in_after_the_end_where_the_paper_counts(run, listed, set_clock):
    set_clock(run.closes_at + timedelta(hours=3))

    assert listed("kim")


def test_where_the_later_ballot_counts_nobody_is_listed_after_the_end(
    start, place_at, listed, set_clock
):
    run = start(OnPaper.LAST)
    place = place_at(run)
    set_clock(run.closes_at)

    assert refusal_of(listed, "kim", place=place) == "over"


def test_a_vote_is_closed_when_every_list_is_complete(run, place, ahn, listed, set_clock):
    set_clock(run.closes_at)

    assert refusal_of(CloseVote(run, by=None).execute) == "lists"
    assert look_after_votes(run.closes_at) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        VoteRun.objects.filter(pk=run.pk).update(state="closed")
    CompleteList(place, by=ahn).execute()
    assert refusal_of(listed, "kim") == "list-complete"
    ReopenList(place, by=ahn).execute()
    listed("kim")
    CompleteList(place, by=ahn).execute()
    assert look_after_votes(run.closes_at) is not None
    assert VoteRun.objects.get().state == "closed"


def test_polling_places_are_for_votes_with_paper_that_are_not_closed(
    start, process, chief, place_at, close
):
    without = start(OnPaper.NONE, kind="rehearsal")
    run = start()

    assert refusal_of(place_at, without) == "no-paper"
    close(run)
    assert refusal_of(place_at, run) == "wrong-state"
    with pytest.raises(DatabaseError), transaction.atomic():
        PollingPlace.objects.create(run=run, name="Late")


def test_before_the_opening_the_rules_that_will_hold_say_whether_there_is_paper(process, chief):
    run = VoteRun.objects.create(process=process, kind="real")
    rows = BudgetRules.objects.create(
        process=process, amount=1, currency="EUR", ballot_type="approval", rule="greedy"
    )

    add = AddPollingPlace(run, by=chief, title="Town hall").execute
    assert refusal_of(add) == "no-paper"
    BudgetRules.objects.filter(pk=rows.pk).update(paper_rule="last")
    assert add().name == "Town hall"


def test_an_unused_place_can_be_removed_and_a_used_one_not(run, place_at, chief, listed):
    unused, used = place_at(run, "Library"), place_at(run, "School")
    listed("kim", place=used)

    RemovePlace(unused, by=chief).execute()

    assert refusal_of(RemovePlace(used, by=chief).execute) == "in-use"
    assert [place.name for place in run.polling_places.all()] == ["School"]


def test_turnout_by_area_knows_everybody_once(run, place, ahn, online):
    online("kim")
    for who, area in (("kim", "north"), ("lee", "north"), ("park", "south")):
        ListVoter(place, by=ahn, identities={who}, area=area).execute()
    online("choi")

    assert voters_by_area(run, using="default") == {"north": 2, "south": 1, "": 1}


def test_the_log_names_no_voter_and_listing_costs_few_queries(run, place, ahn, listed):
    with CaptureQueriesContext(connection) as queries:
        listed("kim")

    entry = AuditEntry.objects.get(action="civic_budgets.list_voter")
    assert entry.details == {}
    assert "kim" not in str(list(PaperVoter.objects.values()) + list(PaperKey.objects.values()))
    assert len(queries) <= 25


@pytest.fixture
def codes(process, chief):
    made = MakeCodeBatch(process, by=chief, purpose="voting", count=2, uuid=uuid4()).execute()
    rows = {row.serial: row for row in VotingCode.objects.all()}
    return [(rows[printed.serial], printed.code) for printed in made.codes]


def test_a_code_used_at_the_table_is_used_up(run, place, ahn, stranger, codes, process):
    row, text = codes[0]
    ListVoter(place, by=ahn, identities=identities_of_code(row), code=row).execute()

    me = Participant.objects.of(stranger)
    redeem = RedeemCode(me, by=stranger, code=text, process=process).execute
    assert refusal_of(redeem) == "code-not-valid"
    vote = CastBallot(
        run,
        voter=Voter(next(iter(identities_of_code(row))), code=row.pk),
        choice=paper("1"),
        idempotency_key="f",
    )
    assert refusal_of(vote.execute) == "voted-on-paper"


def test_the_holder_of_a_code_listed_by_mistake_can_still_vote_with_it(run, place, ahn, codes):
    row, _text = codes[0]
    identities = identities_of_code(row)
    ListVoter(place, by=ahn, identities=identities, code=row).execute()
    UnlistVoter(place, by=ahn, identities=identities).execute()

    voter = Voter(next(iter(identities)), code=row.pk)
    assert CastBallot(run, voter=voter, choice=paper("1"), idempotency_key="f").execute()


def test_a_person_is_one_whichever_way_they_come(run, place, ahn, stranger, codes, process):
    row, text = codes[0]
    me = Participant.objects.of(stranger)
    RedeemCode(me, by=stranger, code=text, process=process).execute()
    row.refresh_from_db()
    now = me.created_at
    register = process.registers.create(name="Residents", columns=["Number"], created_at=now)
    entry = register.entries.create(number=1, digest="d", participant=me, matched_at=now)

    ways = [
        identities_of_code(row),
        identities_of_account(stranger, process),
        identities_of_entry(entry),
    ]

    assert all(first & second for first in ways for second in ways)


def test_erasing_a_rehearsal_takes_its_lists_along(start, place_at, listed, chief):
    run = start(kind="rehearsal")
    listed("test:kim", place=place_at(run))

    EraseRehearsal(run, by=chief).execute()

    assert not PollingPlace.objects.exists()
    assert not PaperKey.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_cast_and_a_paper_at_once_leave_one_ballot(
    start, place_at, online, listed, close, run_in_parallel
):
    run = start(OnPaper.LAST)
    place = place_at(run)
    together = threading.Barrier(2, timeout=20)

    def step(number):
        together.wait()
        return online("kim", run=run) if number else listed("kim", place=place)

    for _round in range(5):
        run_in_parallel(2, step)

    papers = figures_of(place).voters
    assert voted(run) == 1
    assert close(run) + papers == 1


def cast_while_somebody_is_listed(run, place, online, by):
    """Kim is given a paper, and casts online before the list has it; whether the cast waited."""
    inside, go_on = threading.Event(), threading.Event()
    listing = ListVoter(place, by=by, identities={"kim"})
    perform = listing.perform

    def slowly():
        voter = perform()
        inside.set()
        go_on.wait(20)
        return voter

    def alone(step):
        try:
            step()
        finally:
            connection.close()

    listing.perform = slowly
    at_the_table = threading.Thread(target=alone, args=[listing.execute])
    in_the_booth = threading.Thread(target=alone, args=[lambda: online("kim", run=run)])
    at_the_table.start()
    assert inside.wait(20)
    in_the_booth.start()
    in_the_booth.join(1.0)
    waited = in_the_booth.is_alive()
    go_on.set()
    at_the_table.join(20)
    in_the_booth.join(20)
    return waited


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_cast_waits_for_the_table_so_that_the_later_ballot_counts(start, place_at, online, ahn):
    run = start(OnPaper.LAST)

    waited = cast_while_somebody_is_listed(run, place_at(run), online, ahn)

    assert waited
    assert PaperVoter.objects.get().state == PaperVoter.State.REPLACED


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_shared_lock_the_earlier_ballot_stays(
    start, place_at, online, ahn, monkeypatch
):
    monkeypatch.setattr(casting, "shared_run", partial(read_alone, None))
    run = start(OnPaper.LAST)

    waited = cast_while_somebody_is_listed(run, place_at(run), online, ahn)

    assert not waited
    assert PaperVoter.objects.get().state == PaperVoter.State.COUNTS
