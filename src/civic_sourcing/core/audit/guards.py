"""The triggers that keep the audit log append-only."""

from civic_sourcing.core.audit.fingerprints import GENESIS
from civic_sourcing.core.models import AuditChain, AuditEntry
from civic_sourcing.core.triggers import Event, Trigger, append_only, register_trigger

ENTRIES = AuditEntry._meta.db_table
CHAINS = AuditChain._meta.db_table


# ruff: noqa: S608 - the names are those of our own tables

FOLLOWS_NO_HEAD = f"""
NOT EXISTS (
  SELECT 1 FROM {CHAINS} chain
  WHERE chain.uuid = NEW.chain AND chain.length + 1 = NEW.sequence AND chain.head = NEW.previous
)"""

IS_NOT_EMPTY = f"""
NEW.length <> 0 OR NEW.head <> '{GENESIS}'
OR EXISTS (SELECT 1 FROM {ENTRIES} entry WHERE entry.chain = NEW.uuid)"""

# Somebody else may have made the head a moment ago: ON CONFLICT DO NOTHING then settles it, but the
# trigger comes first. REPLACE, which would need the refusal, exists on SQLite only.
IS_NOT_EMPTY_OR_ALREADY_THERE = f"""
NEW.length <> 0 OR NEW.head <> '{GENESIS}'
OR EXISTS (SELECT 1 FROM {ENTRIES} entry WHERE entry.chain = NEW.uuid)
AND NOT EXISTS (SELECT 1 FROM {CHAINS} chain WHERE chain.uuid = NEW.uuid)"""

IS_NO_STEP_FORWARD = f"""
NEW.uuid <> OLD.uuid OR NEW.length <> OLD.length + 1
OR NOT EXISTS (
  SELECT 1 FROM {ENTRIES} entry
  WHERE entry.chain = NEW.uuid AND entry.sequence = NEW.length
  AND entry.previous = OLD.head AND entry.fingerprint = NEW.head
)"""

GUARDS = [
    Trigger(
        "civic_audit_entry_follows_head",
        ENTRIES,
        Event.INSERT,
        FOLLOWS_NO_HEAD,
        "An audit entry must follow the head of its chain.",
    ),
    Trigger(
        "civic_audit_chain_starts_empty",
        CHAINS,
        Event.INSERT,
        {"sqlite": IS_NOT_EMPTY, "postgresql": IS_NOT_EMPTY_OR_ALREADY_THERE},
        "An audit chain starts empty, and only once.",
    ),
    Trigger(
        "civic_audit_chain_grows_by_one",
        CHAINS,
        Event.UPDATE,
        IS_NO_STEP_FORWARD,
        "The head of an audit chain moves one entry forward and never back.",
    ),
    *(
        Trigger(
            f"civic_audit_chain_no_{event.value.lower()}",
            CHAINS,
            event,
            message="The head of an audit chain cannot be removed.",
        )
        for event in (Event.DELETE, Event.TRUNCATE)
    ),
]


def register_guards() -> None:
    """Register the triggers of the audit log."""
    append_only(AuditEntry)
    for guard in GUARDS:
        register_trigger(guard)
