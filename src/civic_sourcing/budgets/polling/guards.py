"""What the database itself keeps of voting on paper, whoever writes."""

from __future__ import annotations

from civic_sourcing.budgets.casting.guards import IN_REHEARSAL, RUNS, guard, run_is_not
from civic_sourcing.budgets.models import (
    PaperBatch,
    PaperKey,
    PaperVoter,
    PollingPlace,
    SheetDecision,
    SheetEntry,
    VoteRun,
)
from civic_sourcing.core.triggers import Event

PLACES = PollingPlace._meta.db_table
VOTERS = PaperVoter._meta.db_table
BATCHES = PaperBatch._meta.db_table

# ruff: noqa: S608 - the names are those of our own tables


def _batch_is_not_open(row: str) -> str:
    """
    The condition that the batch of ``row`` is accepted, or its vote not closed, or counted where it
    does not correct another batch.
    """
    return (
        f"NOT EXISTS (SELECT 1 FROM {BATCHES} b JOIN {PLACES} p ON p.id = b.place_id"
        f" JOIN {RUNS} r ON r.id = p.run_id WHERE b.id = {row}.batch_id"
        " AND b.accepted_at IS NULL AND (r.state = 'closed'"
        " OR r.state = 'counted' AND b.replaces_id IS NOT NULL))"
    )


def _place_is_of_rehearsal(place: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {PLACES} p JOIN {RUNS} r ON r.id = p.run_id"
        f" WHERE p.id = {place} AND r.kind = 'rehearsal')"
    )


def _batch_is_of_rehearsal(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {BATCHES} b JOIN {PLACES} p ON p.id = b.place_id"
        f" JOIN {RUNS} r ON r.id = p.run_id WHERE b.id = {row}.batch_id AND r.kind = 'rehearsal')"
    )


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    _guard_order()
    _guard_lists()
    _guard_sheets()


def _guard_order() -> None:
    guard(
        "civic_polling_place_before_close",
        PollingPlace,
        Event.INSERT,
        run_is_not("NEW", "prepared", "open"),
        "A polling place is added before the vote is closed.",
        RUNS,
    )
    guard(
        "civic_vote_run_waits_for_lists",
        VoteRun,
        Event.UPDATE,
        "NEW.state = 'closed' AND OLD.state = 'open' AND EXISTS"
        f" (SELECT 1 FROM {PLACES} p WHERE p.run_id = NEW.id AND p.listed_at IS NULL)",
        "A vote is closed when the lists of all polling places are complete.",
        PLACES,
    )
    guard(
        "civic_vote_run_waits_for_sheets",
        VoteRun,
        Event.UPDATE,
        "NEW.state = 'counted' AND OLD.state = 'closed' AND EXISTS"
        f" (SELECT 1 FROM {PLACES} p WHERE p.run_id = NEW.id AND p.counted_at IS NULL)",
        "A vote is counted when the sheets of all polling places are entered.",
        PLACES,
    )


def _guard_lists() -> None:
    said = "Who votes on paper is listed while the vote is open."
    kept = "Lists of voters on paper are kept."
    for model in (PaperVoter, PaperKey):
        name = f"civic_{model._meta.model_name}_while_open"
        guard(name, model, Event.INSERT, run_is_not("NEW", "open"), said, RUNS)
        guard(f"{name}_kept", model, Event.DELETE, f"NOT {IN_REHEARSAL}", kept, RUNS)
    guard(
        "civic_paper_voter_stays",
        PaperVoter,
        Event.UPDATE,
        "NEW.uuid <> OLD.uuid OR NEW.run_id <> OLD.run_id OR NEW.place_id <> OLD.place_id"
        " OR COALESCE(NEW.envelope, 0) <> COALESCE(OLD.envelope, 0) OR OLD.state <> 'counts'"
        f" OR {run_is_not('NEW', 'open')}",
        "A paper that does not count never counts again.",
        RUNS,
    )
    guard(
        "civic_paper_key_stays",
        PaperKey,
        Event.UPDATE,
        "NEW.uuid <> OLD.uuid OR NEW.run_id <> OLD.run_id OR NEW.voter_id <> OLD.voter_id"
        " OR NEW.voter_key <> OLD.voter_key OR NEW.counts OR EXISTS"
        f" (SELECT 1 FROM {VOTERS} v WHERE v.uuid = NEW.voter_id AND v.state = 'counts')",
        "A paper counts as long as its voter is listed.",
        VOTERS,
    )


def _guard_sheets() -> None:
    said = "Sheets are entered when the vote is closed, until their batch is accepted."
    for model in (SheetEntry, SheetDecision):
        stem, reads = f"civic_{model._meta.model_name}", (BATCHES, PLACES, RUNS)
        guard(f"{stem}_added", model, Event.INSERT, _batch_is_not_open("NEW"), said, *reads)
        guard(f"{stem}_changed", model, Event.UPDATE, _batch_is_not_open("OLD"), said, *reads)
        kept = f"{_batch_is_not_open('OLD')} AND NOT {_batch_is_of_rehearsal('OLD')}"
        guard(f"{stem}_deleted", model, Event.DELETE, kept, said, *reads)
    by_third = (
        f"EXISTS (SELECT 1 FROM {BATCHES} b WHERE b.id = NEW.batch_id"
        " AND NEW.decided_by IN (b.first_by, b.second_by))"
    )
    for event in (Event.INSERT, Event.UPDATE):
        guard(
            f"civic_sheet_decided_by_third_{event.value.lower()}",
            SheetDecision,
            event,
            by_third,
            "A third person decides what two have read differently.",
            BATCHES,
        )
    guard(
        "civic_paper_batch_stays",
        PaperBatch,
        Event.UPDATE,
        "OLD.accepted_at IS NOT NULL",
        "A batch that was accepted stays as it is.",
    )
    guard(
        "civic_paper_batch_no_delete",
        PaperBatch,
        Event.DELETE,
        f"OLD.accepted_at IS NOT NULL AND NOT {_place_is_of_rehearsal('OLD.place_id')}",
        "A batch that was accepted stays.",
        PLACES,
        RUNS,
    )
