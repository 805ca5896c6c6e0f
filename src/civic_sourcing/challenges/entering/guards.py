"""What the database itself keeps of submissions: in time, and as they were handed in."""

from __future__ import annotations

from civic_sourcing.challenges.models import Round, Submission
from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger

SUBMISSIONS, ROUNDS = Submission._meta.db_table, Round._meta.db_table
ERASABLE = frozenset({"document", "salt"})


def register_guards() -> None:
    """Refuse what comes too early or too late, and any change but emptying."""
    never_deleted(Submission)
    register_trigger(
        Trigger(
            "civic_submission_in_time",
            SUBMISSIONS,
            Event.INSERT,
            f"NOT EXISTS (SELECT 1 FROM {ROUNDS} r WHERE r.id = NEW.round_id"  # noqa: S608
            " AND r.opens_at <= NEW.at AND NEW.at < r.closes_at)",
            "Entries are handed in between the opening and the closing of their round.",
            reads=(ROUNDS,),
        )
    )
    register_trigger(
        Trigger(
            "civic_submission_only_emptied",
            SUBMISSIONS,
            Event.UPDATE,
            f"NEW.salt <> '' OR CAST(NEW.document AS text) <> '{{}}' OR {_changed()}",
            "A submission can be emptied, and never rewritten.",
        )
    )


def _changed() -> str:
    columns = [
        field.column
        for field in Submission._meta.local_concrete_fields
        if field.column not in ERASABLE
    ]
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
