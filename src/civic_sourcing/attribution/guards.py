"""What the database itself keeps true about the ledger, whoever writes."""

# ruff: noqa: S608 - the names are those of our own tables

from __future__ import annotations

from django.db import models

from civic_sourcing.attribution.models import (
    Contribution,
    ContributionVersion,
    LedgerChain,
    LicenceVersion,
)
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.triggers import (
    Event,
    Trigger,
    append_only,
    never_deleted,
    register_trigger,
)

VERSIONS = ContributionVersion._meta.db_table
CHAINS = LedgerChain._meta.db_table
ERASABLE = {"title", "text", "salt"}
CHANGEABLE = {
    "process_id",
    "sequence",
    "author_id",
    "licence_id",
    "state",
    "held_by",
    "hidden_from",
    "title",
    "third_party_note",
    "consent_version",
}


def register_guards() -> None:
    """Register the triggers of the ledger."""
    append_only(LicenceVersion)
    never_deleted(Contribution)
    never_deleted(ContributionVersion)
    never_deleted(LedgerChain)
    _register_contribution_guards()
    _register_version_guards()
    _register_chain_guards()


def _register_contribution_guards() -> None:
    register_trigger(
        Trigger(
            name="civic_contribution_keeps_what_was_received",
            table=Contribution._meta.db_table,
            event=Event.UPDATE,
            refuse_when=(
                f"{_any_changed(Contribution, but=CHANGEABLE)}"
                " OR (OLD.licence_id IS NOT NULL AND (NEW.licence_id IS NULL"
                " OR NEW.licence_id <> OLD.licence_id))"
            ),
            message="What was received, when, how and under which licence does not change.",
        )
    )


def _register_version_guards() -> None:
    frozen = _any_changed(ContributionVersion, but=ERASABLE)
    blanked = "NEW.title = '' AND NEW.text = '' AND NEW.salt = ''"
    filled = "OLD.title = '' AND OLD.text = '' AND OLD.salt = '' AND NEW.salt <> ''"
    register_trigger(
        Trigger(
            name="civic_contribution_version_only_blanked",
            table=VERSIONS,
            event=Event.UPDATE,
            refuse_when=f"({frozen}) OR NOT (({blanked}) OR ({filled}))",
            message="A published version can be blanked, and filled again, and never rewritten.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_contribution_version_follows_head",
            table=VERSIONS,
            event=Event.INSERT,
            refuse_when=(
                f"NOT EXISTS (SELECT 1 FROM {CHAINS} chain WHERE chain.process_id = NEW.process_id"
                " AND chain.length + 1 = NEW.position AND chain.head = NEW.previous)"
            ),
            message="A published version must follow the head of its process's ledger.",
        )
    )


def _register_chain_guards() -> None:
    register_trigger(
        Trigger(
            name="civic_ledger_chain_starts_empty",
            table=CHAINS,
            event=Event.INSERT,
            refuse_when=f"NEW.received <> 0 OR NEW.length <> 0 OR NEW.head <> '{GENESIS}'",
            message="A ledger starts empty.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_ledger_chain_goes_forward",
            table=CHAINS,
            event=Event.UPDATE,
            refuse_when=(
                "NEW.process_id <> OLD.process_id OR NEW.received < OLD.received"
                " OR (NEW.length = OLD.length AND NEW.head <> OLD.head)"
                " OR (NEW.length <> OLD.length AND (NEW.length <> OLD.length + 1"
                f" OR NOT EXISTS (SELECT 1 FROM {VERSIONS} version"
                " WHERE version.process_id = NEW.process_id AND version.position = NEW.length"
                " AND version.previous = OLD.head AND version.fingerprint = NEW.head)))"
            ),
            message="The head of a ledger moves one version forward and never back.",
        )
    )


def _any_changed(model: type[models.Model], *, but: set[str]) -> str:
    columns = [
        field.column for field in model._meta.local_concrete_fields if field.column not in but
    ]
    return " OR ".join(
        f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"
        for column in columns
    )
