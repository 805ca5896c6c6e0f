"""Sheets of paper: entered by two, decided by a third, accepted when the totals agree."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.polling import (
    AcceptBatch,
    AddBatch,
    AddPollingPlace,
    CompleteList,
    DecideSheet,
    EnterSheets,
    FinishPlace,
    HandInEntry,
    ListVoter,
    RecountBatch,
    SheetsFaulty,
    TypedSheet,
)
from civic_sourcing.budgets.ballots import AreaUse
from civic_sourcing.budgets.casting.verification import verify_runs
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetRules,
    PaperBatch,
    SheetDecision,
    SheetEntry,
    VoteRun,
)
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from tests.budgets.ballots.papers import NORTH
from tests.budgets.casting.conftest import paper

from .conftest import sheets
from .test_lists import refusal_of

pytestmark = pytest.mark.django_db


def contents():
    return sorted(Ballot.objects.filter(channel="paper").values_list("content", flat=True))


def test_sheets_two_people_read_alike_become_ballots(run, batch, enter, ahn, bae, chief):
    enter(ahn, "1 2", "void", "1")
    enter(bae, "2 1", "void", "1")

    assert AcceptBatch(batch, by=chief).execute() == 3
    assert contents() == sorted([paper("1", "2"), paper("1"), '{"void":["spoiled"],"vote":[]}'])
    assert not list(verify_runs(Verification()))


@pytest.mark.parametrize(
    ("step", "takes"),
    [
        (lambda place, batch: AddPollingPlace(place.run, by=None, title="X"), {"chief"}),
        (lambda place, batch: CompleteList(place, by=None), {"chief", "ahn"}),
        (lambda place, batch: ListVoter(place, by=None, identities={"x"}), {"chief", "ahn"}),
        (lambda place, batch: AddBatch(place, by=None, sheets=1), {"chief", "ahn"}),
        (lambda place, batch: EnterSheets(batch, by=None, sheets=[]), {"chief", "ahn"}),
        (lambda place, batch: RecountBatch(batch, by=None, sheets=3), {"chief"}),
        (lambda place, batch: AcceptBatch(batch, by=None), {"chief"}),
        (lambda place, batch: FinishPlace(place, by=None), {"chief"}),
    ],
    ids=["place", "complete", "list", "add", "enter", "recount", "accept", "finish"],
)
def test_steps_are_taken_by_whoever_may(place, batch, chief, ahn, stranger, step, takes):
    people = {"chief": chief, "ahn": ahn, "stranger": stranger, "nobody": None}

    allowed = {name for name, user in people.items() if not is_forbidden(step(place, batch), user)}

    assert allowed == takes


def is_forbidden(action, user):
    """Whether it is the person that is refused, and not the moment."""
    action.by = user
    try:
        with transaction.atomic():
            action.execute()
    except ActionForbidden:
        return True
    except ActionRefused:
        return False
    return False


def test_one_person_does_not_enter_a_batch_twice(batch, enter, ahn, bae, cho, chief):
    enter(ahn, "1", "2", "1")

    again = EnterSheets(batch, by=ahn, sheets=sheets("1")).execute
    assert refusal_of(again) == "handed-in"
    assert refusal_of(AcceptBatch(batch, by=chief).execute) == "not-entered"
    EnterSheets(batch, by=bae, sheets=sheets("1")).execute()
    assert refusal_of(EnterSheets(batch, by=cho, sheets=sheets("1")).execute) == "two-others"
    assert set(SheetEntry.objects.values_list("turn", flat=True)) == {1, 2}


def test_the_database_refuses_one_person_twice(batch, ahn):
    EnterSheets(batch, by=ahn, sheets=sheets("1")).execute()
    batch.refresh_from_db()

    with pytest.raises(DatabaseError), transaction.atomic():
        PaperBatch.objects.filter(pk=batch.pk).update(second_by=batch.first_by)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperBatch.objects.filter(pk=batch.pk).update(accepted_at=timezone.now())


@pytest.fixture
def differing(batch, enter, ahn, bae):
    """Both have entered all sheets; of the second one they think otherwise."""
    enter(ahn, "1", "2 1", "1")
    enter(bae, "1", "2 10", "1")
    return batch


def test_what_two_read_differently_a_third_decides(differing, ahn, bae, cho, chief):
    decided = TypedSheet(2, "2")

    assert refusal_of(AcceptBatch(differing, by=chief).execute) == "open-sheets"
    for one_of_two in (ahn, bae):
        step = DecideSheet(differing, by=one_of_two, sheet=decided)
        assert refusal_of(step.execute) == "third-person"
    DecideSheet(differing, by=cho, sheet=decided).execute()
    AcceptBatch(differing, by=chief).execute()
    assert contents() == sorted([paper("1"), paper("2"), paper("1")])


def test_the_database_refuses_a_decision_of_one_of_the_two(differing, cho):
    differing.refresh_from_db()
    decision = {"batch": differing, "sheet": 2, "content": paper("1")}
    decision["decided_at"] = timezone.now()

    for one_of_two in (differing.first_by, differing.second_by):
        with pytest.raises(DatabaseError), transaction.atomic():
            SheetDecision.objects.create(**decision, decided_by=one_of_two)
    DecideSheet(differing, by=cho, sheet=TypedSheet(2, "2")).execute()
    with pytest.raises(DatabaseError), transaction.atomic():
        SheetDecision.objects.update(decided_by=differing.first_by)


def test_totals_counted_by_hand_have_to_fit(place, run, close, ahn, bae, cho, chief, enter):
    close(run)
    batch = AddBatch(place, by=ahn, sheets=3, void=1, totals={"1": 2, "2": 1}).execute()
    for user in (ahn, bae):
        enter(user, "1", "1", "void", batch=batch)

    assert refusal_of(AcceptBatch(batch, by=chief).execute) == "totals"
    DecideSheet(batch, by=cho, sheet=TypedSheet(2, "1 2")).execute()
    assert AcceptBatch(batch, by=chief).execute() == 3


def test_a_wrong_cover_sheet_is_corrected_and_the_entries_go_on(batch, enter, ahn, bae, chief):
    enter(ahn, "1", "2", "1")
    enter(bae, "1", "2", "1")

    assert refusal_of(RecountBatch(batch, by=chief, sheets=2).execute) == "entered-more"
    RecountBatch(batch, by=chief, sheets=4).execute()
    assert refusal_of(AcceptBatch(batch, by=chief).execute) == "not-entered"
    for user in (ahn, bae):
        EnterSheets(batch, by=user, sheets=[TypedSheet(4, "10")]).execute()
        HandInEntry(batch, by=user).execute()
    assert AcceptBatch(batch, by=chief).execute() == 4


def test_nothing_is_handed_in_before_every_sheet_is_entered(batch, ahn):
    EnterSheets(batch, by=ahn, sheets=sheets("1", "2")).execute()

    assert refusal_of(HandInEntry(batch, by=ahn).execute) == "sheets-missing"
    EnterSheets(batch, by=ahn, sheets=[TypedSheet(2, "10"), TypedSheet(3, "2")]).execute()
    HandInEntry(batch, by=ahn).execute()
    assert list(batch.entries.order_by("sheet").values_list("line", flat=True)) == ["1", "10", "2"]


def test_slips_are_told_by_sheet_and_nothing_is_stored(batch, ahn):
    with pytest.raises(SheetsFaulty) as faulty:
        EnterSheets(batch, by=ahn, sheets=sheets("1", "99", "2 2")).execute()

    assert {number: faults[0].code for number, faults in faulty.value.faults.items()} == {
        2: "not-on-paper",
        3: "twice",
    }
    assert not batch.entries.exists()
    strange = EnterSheets(batch, by=ahn, sheets=[TypedSheet(4, "1")]).execute
    assert refusal_of(strange) == "no-sheet"


def test_an_accepted_batch_stays_as_it_is(batch, enter, ahn, bae, cho, chief):
    enter(ahn, "1", "2", "1")
    enter(bae, "1", "2", "1")
    AcceptBatch(batch, by=chief).execute()

    assert refusal_of(AcceptBatch(batch, by=chief).execute) == "accepted"
    assert refusal_of(RecountBatch(batch, by=chief, sheets=3).execute) == "accepted"
    assert refusal_of(DecideSheet(batch, by=cho, sheet=TypedSheet(1, "2")).execute) == "accepted"
    for step in (
        lambda: SheetEntry.objects.update(content=paper("10")),
        lambda: SheetEntry.objects.all().delete(),
        lambda: PaperBatch.objects.update(sheets=9),
        lambda: PaperBatch.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            step()


def test_boxes_stay_closed_while_people_vote(run, place, ahn):
    assert refusal_of(AddBatch(place, by=ahn, sheets=3).execute) == "wrong-state"
    early = PaperBatch.objects.create(place=place, number=1, sheets=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        SheetEntry.objects.create(batch=early, sheet=1, turn=1, content=paper("1"))


def test_a_batch_is_of_ballot_papers_that_there_are(start, place_at, close, ahn):
    run = start(area_use=AreaUse.OWN)
    place = place_at(run)
    close(run)

    assert refusal_of(AddBatch(place, by=ahn, sheets=3).execute) == "no-area"
    assert refusal_of(AddBatch(place, by=ahn, sheets=0, area=NORTH).execute) == "sheets"
    strange = AddBatch(place, by=ahn, sheets=3, area=NORTH, totals={"99": 1}).execute
    assert refusal_of(strange) == "unknown-project"
    assert AddBatch(place, by=ahn, sheets=3, area=NORTH).execute().number == 1


def test_a_vote_is_counted_when_lists_and_sheets_are_compared(
    run, place, listed, batch, enter, ahn, bae, chief
):
    enter(ahn, "1", "2", "1")
    enter(bae, "1", "2", "1")
    AcceptBatch(batch, by=chief).execute()

    with pytest.raises(DatabaseError), transaction.atomic():
        VoteRun.objects.filter(pk=run.pk).update(state="counted")
    assert refusal_of(FinishPlace(place, by=chief).execute) == "unexplained"
    FinishPlace(place, by=chief, note="Three sheets, and a list that got wet.").execute()
    VoteRun.objects.filter(pk=run.pk).update(state="counted")
    details = AuditEntry.objects.get(action="civic_budgets.finish_place").details
    assert details == {"voters": 0, "sheets": 3}


def test_nothing_is_counted_while_a_place_is_open(process, start, place_at, close, chief):
    BudgetRules.objects.create(
        process=process, amount=1, currency="EUR", ballot_type="approval", rule="greedy"
    )
    run = start()
    place_at(run)
    close(run)

    assert refusal_of(CountBallots(process, by=chief).execute) == "paper-open"


def test_ballots_on_paper_are_counted_with_those_online(
    run, place, online, listed, close, enter, ahn, bae, chief
):
    online("kim", "1")
    online("lee", "2")
    listed("kim")
    close(run)
    batch = AddBatch(place, by=ahn, sheets=1).execute()
    for user in (ahn, bae):
        enter(user, "10", batch=batch)
    AcceptBatch(batch, by=chief).execute()
    FinishPlace(place, by=chief).execute()

    assert Ballot.objects.of(run.process).tally() == {paper("2"): 1, paper("10"): 1}
