"""What the database itself keeps of a challenge that has opened, whoever writes."""

from __future__ import annotations

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Change,
    Criterion,
    CrowdVote,
    Prize,
    Round,
)
from civic_sourcing.core.triggers import NOW, Event, Trigger, append_only, changed, register_trigger
from civic_sourcing.participants.models import EligibilityRule

# ruff: noqa: S608 - the names are those of our own tables

FACTS = ChallengeFacts._meta.db_table
ROUNDS = Round._meta.db_table
CRITERIA = Criterion._meta.db_table
CROWD_VOTES = CrowdVote._meta.db_table
PRIZES = Prize._meta.db_table
CHANGES = Change._meta.db_table

MESSAGE = "Criteria, prizes and dates of a challenge are frozen at its opening."

WRITTEN = {
    "postgresql": "to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')",
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%S', {moment})",
}
"""How a ``Change`` writes a moment, to the second, as SQL."""

STAYING_FACTS = (
    "process_id", "imported_id", "currency", "sealed", "blind", "public_percent", "peer_percent",
    "tie", "corrects_severity", "takes_teams", "team_roles", "verification_days", "cancel_years",
    "rights_back_days",
)  # fmt: skip
"""Columns of the facts under which people enter and are judged."""

STAYING_PRIZE = ("process_id", "round_id", "place", "titles", "others", "winners", "shared")
STAYING_ROUND = ("process_id", "number", "takes_entries", "advancing")


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    append_only(Change)
    _freeze_rows_of_rounds("civic_criterion_frozen", CRITERIA)
    _freeze_rows_of_rounds("civic_crowd_vote_frozen", CROWD_VOTES)
    _freeze_prizes()
    _freeze_rounds()
    _freeze_facts()
    _freeze_conditions()


def _freeze_rows_of_rounds(stem: str, table: str) -> None:
    """What hangs on a round neither comes nor changes nor goes."""
    for event, rows in EVENTS:
        of_round = f"(SELECT own.process_id FROM {ROUNDS} own WHERE own.id = {{row}}.round_id)"
        when = {
            vendor: " OR ".join(_frozen(of_round.format(row=row), vendor) for row in rows)
            for vendor in NOW
        }
        _guard(stem, table, event, when)


def _freeze_conditions() -> None:
    """Who may enter stays as it was announced."""
    for event, rows in EVENTS:
        when = {
            vendor: " OR ".join(_frozen(f"{row}.process_id", vendor) for row in rows)
            for vendor in NOW
        }
        _guard("civic_challenge_conditions", EligibilityRule._meta.db_table, event, when)


def _freeze_prizes() -> None:
    raised = _noted("'prize:' || CAST(NEW.id AS TEXT)", "CAST(NEW.amount AS TEXT)", "raised")
    changes = f"{changed(*STAYING_PRIZE)} OR NEW.amount < OLD.amount"
    changes = f"({changes} OR (NEW.amount > OLD.amount AND NOT {raised}))"
    for event, rows in EVENTS:
        only = f"{changes} AND " if event is Event.UPDATE else ""
        when = {
            vendor: f"{only}({' OR '.join(_frozen(f'{row}.process_id', vendor) for row in rows)})"
            for vendor in NOW
        }
        _guard("civic_prize_frozen", PRIZES, event, when)


def _freeze_rounds() -> None:
    for event, rows in EVENTS:
        when = {}
        for vendor in NOW:
            frozen = " OR ".join(_frozen(f"{row}.process_id", vendor) for row in rows)
            moved = f"({_round_moved(vendor)}) AND " if event is Event.UPDATE else ""
            when[vendor] = f"{moved}({frozen})"
        _guard("civic_round_frozen", ROUNDS, event, when)


def _round_moved(vendor: str) -> str:
    """SQL that dates change otherwise than to a later one that was noted; a first one may come."""
    moved = [changed(*STAYING_ROUND)]
    for column in ("opens_at", "closes_at", "judging_until"):
        moment = WRITTEN[vendor].format(moment=f"NEW.{column}")
        noted = _noted(f"'{column}:' || CAST(NEW.id AS TEXT)", moment, "lengthened")
        moved.append(f"OLD.{column} IS NOT NULL AND NEW.{column} IS NULL")
        moved.append(f"NEW.{column} < OLD.{column}")
        moved.append(f"(NEW.{column} > OLD.{column} AND NOT {noted})")
    return " OR ".join(moved)


def _freeze_facts() -> None:
    went_back = (
        "NEW.state <> OLD.state AND NOT (OLD.state = 'published' AND NEW.state = 'archived')"
        " AND NOT (OLD.state = 'archived' AND NEW.state = 'published')"
    )
    unmarked = (
        "(OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS NULL OR NEW.frozen_at <> OLD.frozen_at))"
    )
    lowered = "COALESCE(NEW.prize_total, 0) < COALESCE(OLD.prize_total, 0)"
    changes = f"{changed(*STAYING_FACTS)} OR ({went_back}) OR {unmarked} OR {lowered}"
    for event, only in ((Event.UPDATE, f"({changes}) AND "), (Event.DELETE, "")):
        when = {vendor: f"{only}{_frozen_row('OLD', vendor)}" for vendor in NOW}
        _guard("civic_challenge_frozen", FACTS, event, when)


EVENTS = (
    (Event.INSERT, ("NEW",)),
    (Event.UPDATE, ("OLD", "NEW")),
    (Event.DELETE, ("OLD",)),
)


def _guard(stem: str, table: str, event: Event, when: dict[str, str]) -> None:
    together = "".join(when.values())
    reads = tuple(
        name for name in (FACTS, ROUNDS, CHANGES) if name != table and f" {name} " in together
    )
    register_trigger(Trigger(f"{stem}_{event.value.lower()}", table, event, when, MESSAGE, reads))


def _frozen(process: str, vendor: str) -> str:
    """SQL that the challenge of ``process`` (SQL for its key) has opened."""
    row = _frozen_row("known", vendor)
    return f"EXISTS (SELECT 1 FROM {FACTS} known WHERE known.process_id = {process} AND {row})"


def _frozen_row(facts: str, vendor: str) -> str:
    opened = (
        f"EXISTS (SELECT 1 FROM {ROUNDS} begun WHERE begun.process_id = {facts}.process_id"
        f" AND begun.opens_at <= {NOW[vendor]})"
    )
    out = f"{facts}.state IN ('published', 'archived') AND {facts}.imported_id IS NULL"
    return f"({facts}.frozen_at IS NOT NULL OR ({out} AND {opened}))"


def _noted(what: str, after: str, kind: str) -> str:
    """SQL that a change was announced: ``what`` is now ``after``."""
    return (
        f"EXISTS (SELECT 1 FROM {CHANGES} told WHERE told.process_id = NEW.process_id"
        f" AND told.kind = '{kind}' AND told.what = {what}"
        f" AND substr(told.after, 1, 19) = {after})"
    )
