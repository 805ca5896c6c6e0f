"""What the database itself keeps true about claims."""

from __future__ import annotations

from civic_sourcing.attribution.models import Claim, ClaimDecision, ClaimStatement
from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger

BLANKABLE = {"reasons", "salt"}


def register_guards() -> None:
    """A decision is never changed but for blanking; claims and statements are never deleted."""
    for model in (Claim, ClaimStatement, ClaimDecision):
        never_deleted(model)
    columns = [
        field.column
        for field in ClaimDecision._meta.local_concrete_fields
        if field.column not in BLANKABLE
    ]
    changed = " OR ".join(
        f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"
        for column in columns
    )
    register_trigger(
        Trigger(
            name="civic_claim_decision_only_blanked",
            table=ClaimDecision._meta.db_table,
            event=Event.UPDATE,
            refuse_when=f"({changed}) OR NOT (NEW.reasons = '' AND NEW.salt = '')",
            message="A decision on a claim can be blanked and not changed otherwise.",
        )
    )
