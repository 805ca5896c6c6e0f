"""What the database itself keeps true about cases, reports and findings."""

from __future__ import annotations

from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger
from civic_sourcing.moderation.models import Case, Finding, Report
from civic_sourcing.moderation.reports.visitors import FORGOTTEN

CHANGEABLE = {"text", "answered_at", "anonymous_key"}


def register_guards() -> None:
    """
    Nothing is deleted; a report is answered, or blanked with its reporter, and stays else.

    What stands for an address is forgotten after days (``visitors``).
    """
    for model in (Case, Report, Finding):
        never_deleted(model)
    changed = " OR ".join(
        f"NEW.{field.column} <> OLD.{field.column}"
        f" OR (NEW.{field.column} IS NULL) <> (OLD.{field.column} IS NULL)"
        for field in Report._meta.local_concrete_fields
        if field.column not in CHANGEABLE
    )
    register_trigger(
        Trigger(
            name="civic_report_keeps_what_was_filed",
            table=Report._meta.db_table,
            event=Event.UPDATE,
            refuse_when=(
                f"{changed} OR (NEW.text <> OLD.text AND NEW.text <> '')"
                " OR (NEW.anonymous_key <> OLD.anonymous_key AND"
                f" SUBSTR(NEW.anonymous_key, 1, {len(FORGOTTEN)}) <> '{FORGOTTEN}')"
            ),
            message="A report can be answered or blanked and not changed otherwise.",
        )
    )
