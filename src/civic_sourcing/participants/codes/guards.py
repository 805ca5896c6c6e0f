"""What the database itself keeps of codes: none is used twice, none comes back."""

from __future__ import annotations

from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger
from civic_sourcing.participants.models import CodeBatch, VotingCode


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    never_deleted(VotingCode)
    never_deleted(CodeBatch)
    register_trigger(
        Trigger(
            "civic_code_stays_used",
            VotingCode._meta.db_table,
            Event.UPDATE,
            "OLD.state <> 'ready' AND NEW.state <> OLD.state"
            " OR OLD.digest <> NEW.digest OR OLD.batch_id <> NEW.batch_id"
            " OR (OLD.used_by_id IS NOT NULL AND NEW.used_by_id IS NOT NULL"
            " AND NEW.used_by_id <> OLD.used_by_id)",
            "A code that was used or voided stays so, and belongs to whoever used it.",
        )
    )
    register_trigger(
        Trigger(
            "civic_code_batch_stays_revoked",
            CodeBatch._meta.db_table,
            Event.UPDATE,
            "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL",
            "A revoked batch stays revoked.",
        )
    )
