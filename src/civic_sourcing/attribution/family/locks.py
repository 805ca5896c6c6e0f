"""
What the database itself keeps true of derivations: append-only, and never in a circle.

On PostgreSQL two triggers do it, in the order of their names: the first takes the lock in a
statement of its own, so that the second sees everything committed before.
"""

# ruff: noqa: S608 - the names are those of our own tables

from __future__ import annotations

from civic_sourcing.attribution.models import Derivation
from civic_sourcing.core.triggers import Event, Trigger, append_only, register_trigger

ADVISORY_LOCK = 4_937_211_606
"""Number of the lock in PostgreSQL; arbitrary, and the same everywhere."""


def register_derivation_guards() -> None:
    """Register the triggers on derivations."""
    append_only(Derivation)
    table = Derivation._meta.db_table
    register_trigger(
        Trigger(
            name="civic_derivation_a_one_at_a_time",
            table=table,
            event=Event.INSERT,
            refuse_when={"postgresql": f"pg_advisory_xact_lock({ADVISORY_LOCK}) IS NULL"},
            message="The lock on derivations was not given.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_derivation_b_no_circle",
            table=table,
            event=Event.INSERT,
            refuse_when=(
                "NEW.source_id IN (WITH RECURSIVE made(id) AS (SELECT NEW.target_id UNION"
                f" SELECT tie.target_id FROM {table} tie JOIN made ON tie.source_id = made.id)"
                " SELECT id FROM made)"
            ),
            message="A derivation must not close a circle.",
        )
    )
