"""What the database itself keeps of a run, whoever writes."""

from __future__ import annotations

from civic_sourcing.budgets.models import (
    Ballot,
    BulletinEntry,
    Envelope,
    Lengthening,
    Notice,
    PaperBatch,
    RollEntry,
    RunKey,
    SetAside,
    Turnout,
    VoteRun,
)
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.triggers import (
    Event,
    Trigger,
    append_only,
    never_deleted,
    register_trigger,
)

RUNS = VoteRun._meta.db_table
BULLETIN = BulletinEntry._meta.db_table
LENGTHENINGS = Lengthening._meta.db_table
BATCHES = PaperBatch._meta.db_table

# ruff: noqa: S608 - the names are those of our own tables

IN_REHEARSAL = f"EXISTS (SELECT 1 FROM {RUNS} r WHERE r.id = OLD.run_id AND r.kind = 'rehearsal')"

RANK = (
    "CASE {row}.state WHEN 'prepared' THEN 0 WHEN 'open' THEN 1 WHEN 'closed' THEN 2"
    " WHEN 'counted' THEN 3 ELSE 4 END"
)

GOES_BACK_OR_SKIPS = (
    f"{RANK.format(row='NEW')} NOT IN ({RANK.format(row='OLD')}, {RANK.format(row='OLD')} + 1)"
)

CHANGES_WHAT_IS_FROZEN = """
NEW.uuid <> OLD.uuid OR NEW.process_id <> OLD.process_id OR NEW.kind <> OLD.kind
OR OLD.state <> 'prepared' AND (
  NEW.rulebook <> OLD.rulebook OR NEW.digest <> OLD.digest OR NEW.opens_at <> OLD.opens_at
)"""

MOVES_THE_END = f"""
OLD.state <> 'prepared' AND NEW.closes_at <> OLD.closes_at AND (
  OLD.state <> 'open' OR NEW.closes_at < OLD.closes_at OR NOT EXISTS (
    SELECT 1 FROM {LENGTHENINGS} l WHERE l.run_id = OLD.id AND l.closes_at = NEW.closes_at
    AND l.approved_by IS NOT NULL
  )
)"""

TELLS_TOO_MUCH = "NEW.run_id <> OLD.run_id OR NEW.area <> OLD.area OR NEW.tens < OLD.tens OR {}"

WITHIN_TEN_MINUTES = {
    "postgresql": "NEW.at < OLD.at + interval '599.9 seconds'",
    "sqlite": "(julianday(NEW.at) - julianday(OLD.at)) * 86400 < 599.9",
}

FOLLOWS_NO_ENTRY = f"""
NOT (NEW.sequence = 1 AND NEW.previous = '{GENESIS}') AND NOT EXISTS (
  SELECT 1 FROM {BULLETIN} before WHERE before.run_id = NEW.run_id
  AND before.sequence = NEW.sequence - 1 AND before.fingerprint = NEW.previous
)"""


OF_A_CORRECTION = (
    f"EXISTS (SELECT 1 FROM {BATCHES} b JOIN {RUNS} r ON r.id = NEW.run_id"
    " WHERE b.id = NEW.batch_id AND b.replaces_id IS NOT NULL AND b.accepted_at IS NULL"
    " AND r.state = 'counted')"
)


def run_is_not(row: str, *states: str) -> str:
    """The condition that the run of ``row`` is in none of ``states``."""
    listed = ", ".join(f"'{state}'" for state in states)
    return (
        f"NOT EXISTS (SELECT 1 FROM {RUNS} r WHERE r.id = {row}.run_id AND r.state IN ({listed}))"
    )


def guard(
    name: str, model: type, event: Event, refuse_when: str, message: str, *reads: str
) -> None:
    trigger = Trigger(name, model._meta.db_table, event, refuse_when, message, reads)  # type: ignore[attr-defined]
    register_trigger(trigger)


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    for model in (Ballot, BulletinEntry):
        append_only(model, unless=IN_REHEARSAL, reads=(RUNS,))
    for model in (RollEntry, SetAside, Lengthening, Turnout):
        never_deleted(model, unless=IN_REHEARSAL, reads=(RUNS,))
    never_deleted(VoteRun, unless="OLD.kind = 'rehearsal'")
    _guard_runs()
    _guard_what_is_cast()
    _guard_decisions()
    _guard_turnout()


def _guard_runs() -> None:
    guard(
        "civic_vote_run_moves_forward",
        VoteRun,
        Event.UPDATE,
        GOES_BACK_OR_SKIPS,
        "The state of a vote moves one step forward and never back.",
    )
    guard(
        "civic_vote_run_is_frozen",
        VoteRun,
        Event.UPDATE,
        CHANGES_WHAT_IS_FROZEN,
        "The rulebook of a vote is frozen at its opening.",
    )
    guard(
        "civic_vote_run_end_stays",
        VoteRun,
        Event.UPDATE,
        MOVES_THE_END,
        "Only a lengthening that two people decided moves the end of an open vote.",
        LENGTHENINGS,
    )
    guard(
        "civic_run_key_stays_whole",
        RunKey,
        Event.UPDATE,
        "",
        "The key of a vote is destroyed, never changed.",
    )
    guard(
        "civic_run_key_stays",
        RunKey,
        Event.DELETE,
        f"{run_is_not('OLD', 'counted', 'destroyed')} AND NOT {IN_REHEARSAL}",
        "The key of a vote stays until the vote is counted.",
        RUNS,
    )


def _guard_what_is_cast() -> None:
    open_only = "A ballot is cast and changed while the vote is open."
    for model in (RollEntry, Envelope, Notice):
        name = f"civic_{model._meta.model_name}_while_open"
        guard(name, model, Event.INSERT, run_is_not("NEW", "open"), open_only, RUNS)
    guard("civic_rollentry_no_update", RollEntry, Event.UPDATE, "", "An entry of the roll stays.")
    guard(
        "civic_envelope_changes_inside",
        Envelope,
        Event.UPDATE,
        "NEW.uuid <> OLD.uuid OR NEW.run_id <> OLD.run_id OR NEW.link <> OLD.link"
        f" OR {run_is_not('NEW', 'open')}",
        open_only,
        RUNS,
    )
    guard(
        "civic_envelope_stays_while_open",
        Envelope,
        Event.DELETE,
        f"{run_is_not('OLD', 'closed', 'counted')} AND NOT {IN_REHEARSAL}",
        "Envelopes are taken out when the vote is closed.",
        RUNS,
    )
    guard(
        "civic_ballot_when_closed",
        Ballot,
        Event.INSERT,
        f"{run_is_not('NEW', 'closed')} AND NOT {OF_A_CORRECTION}",
        "Ballots are opened when the vote is closed.",
        RUNS,
        BATCHES,
    )
    guard(
        "civic_bulletin_follows",
        BulletinEntry,
        Event.INSERT,
        FOLLOWS_NO_ENTRY,
        "An entry of the bulletin follows the one before.",
    )


def _guard_decisions() -> None:
    same = (
        "NEW.run_id <> OLD.run_id OR NEW.reason <> OLD.reason OR OLD.approved_by IS NOT NULL"
        " OR NEW.proposed_by <> OLD.proposed_by"
    )
    said = "What two people decided stays as it was proposed."
    guard(
        "civic_lengthening_stays",
        Lengthening,
        Event.UPDATE,
        f"{same} OR NEW.closes_at <> OLD.closes_at",
        said,
    )
    guard(
        "civic_set_aside_stays",
        SetAside,
        Event.UPDATE,
        f"{same} OR NEW.tracker <> OLD.tracker OR NEW.mark <> OLD.mark",
        said,
    )


def _guard_turnout() -> None:
    register_trigger(
        Trigger(
            "civic_turnout_takes_its_time",
            Turnout._meta.db_table,
            Event.UPDATE,
            {vendor: TELLS_TOO_MUCH.format(soon) for vendor, soon in WITHIN_TEN_MINUTES.items()},
            "Turnout is published every ten minutes at most, and never goes down.",
        )
    )
