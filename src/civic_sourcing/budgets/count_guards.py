"""What the database itself keeps of counts, whoever writes."""

from __future__ import annotations

from civic_sourcing.budgets.casting.guards import guard
from civic_sourcing.budgets.models import (
    BatchCorrection,
    Confirmation,
    CountedBallots,
    CountPublication,
    CountResult,
)
from civic_sourcing.core.triggers import Event, append_only, never_deleted

COUNTS = CountResult._meta.db_table
PUBLICATIONS = CountPublication._meta.db_table

# ruff: noqa: S608 - the names are those of our own tables


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    append_only(CountResult)
    append_only(CountPublication)
    append_only(CountedBallots)
    never_deleted(Confirmation)
    said = "What two people decided stays as it was proposed."
    for model, about in ((Confirmation, "count_id"), (BatchCorrection, "batch_id")):
        guard(
            f"civic_{model._meta.model_name}_stays",
            model,
            Event.UPDATE,
            f"NEW.{about} <> OLD.{about} OR NEW.reason <> OLD.reason"
            " OR OLD.approved_by IS NOT NULL OR NEW.proposed_by <> OLD.proposed_by",
            said,
        )
    guard(
        "civic_confirmation_of_published",
        Confirmation,
        Event.INSERT,
        f"NOT EXISTS (SELECT 1 FROM {PUBLICATIONS} p WHERE p.count_id = NEW.count_id"
        " AND p.objections_until <= NEW.proposed_at)",
        "A count is confirmed when objections are no longer heard.",
        PUBLICATIONS,
    )
