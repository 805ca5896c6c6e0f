"""The triggers that keep the audit log append-only."""

from civic_sourcing.core.audit.fingerprints import GENESIS
from civic_sourcing.core.models import AuditChain, AuditEntry
from civic_sourcing.core.triggers import Event, Trigger, append_only, register_trigger

ENTRIES = AuditEntry._meta.db_table
CHAINS = AuditChain._meta.db_table


def register_guards() -> None:
    """Register the triggers of the audit log."""
    append_only(AuditEntry)
    register_trigger(
        Trigger(
            name="civic_audit_entry_follows_head",
            table=ENTRIES,
            event=Event.INSERT,
            refuse_when=(
                f"NOT EXISTS (SELECT 1 FROM {CHAINS} chain WHERE chain.uuid = NEW.chain"
                " AND chain.length + 1 = NEW.sequence AND chain.head = NEW.previous)"
            ),
            message="An audit entry must follow the head of its chain.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_audit_chain_starts_empty",
            table=CHAINS,
            event=Event.INSERT,
            refuse_when=(
                f"NEW.length <> 0 OR NEW.head <> '{GENESIS}'"
                f" OR EXISTS (SELECT 1 FROM {ENTRIES} entry WHERE entry.chain = NEW.uuid)"
            ),
            message="An audit chain starts empty.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_audit_chain_grows_by_one",
            table=CHAINS,
            event=Event.UPDATE,
            refuse_when=(
                "NEW.uuid <> OLD.uuid OR NEW.length <> OLD.length + 1"
                f" OR NOT EXISTS (SELECT 1 FROM {ENTRIES} entry WHERE entry.chain = NEW.uuid"
                " AND entry.sequence = NEW.length AND entry.previous = OLD.head"
                " AND entry.fingerprint = NEW.head)"
            ),
            message="The head of an audit chain moves one entry forward and never back.",
        )
    )
    for event in (Event.DELETE, Event.TRUNCATE):
        register_trigger(
            Trigger(
                name=f"civic_audit_chain_no_{event.value.lower()}",
                table=CHAINS,
                event=event,
                message="The head of an audit chain cannot be removed.",
            )
        )
