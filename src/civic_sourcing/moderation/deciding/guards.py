"""What the database itself keeps true about decisions, whoever writes."""

from __future__ import annotations

from django.db import models

from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger
from civic_sourcing.moderation.models import Appeal, Decision, Measure

ERASABLE = {"facts", "scope", "salt", "details"}
CHANGEABLE = ERASABLE | {"decided_by_id"}
ENDS_ONCE = {"ended_at", "end_reason"}


def register_guards() -> None:
    """Decisions, measures and appeals stay; what was decided is not written anew."""
    for model in (Decision, Measure, Appeal):
        never_deleted(model)
    words = [column for column in sorted(ERASABLE) if column != "salt"]
    register_trigger(
        Trigger(
            name="civic_moderation_decision_only_erased",
            table=Decision._meta.db_table,
            event=Event.UPDATE,
            refuse_when=(
                f"{_changed(Decision, but=CHANGEABLE)}"
                f" OR (({_differ(words)}) AND NEW.salt <> '')"
                " OR (NEW.salt <> OLD.salt AND NEW.salt <> '')"
            ),
            message="A decision can be erased and not changed otherwise.",
        )
    )
    register_trigger(
        Trigger(
            name="civic_moderation_measure_ends_once",
            table=Measure._meta.db_table,
            event=Event.UPDATE,
            refuse_when=f"OLD.ended_at IS NOT NULL OR {_changed(Measure, but=ENDS_ONCE)}",
            message="A measure can end, once, and not change otherwise.",
        )
    )
    _register_temporary_guard()


def _register_temporary_guard() -> None:
    starts = "NEW.outcome = 'temporary' AND"
    register_trigger(
        Trigger(
            name="civic_moderation_temporary_at_most_30_days",
            table=Decision._meta.db_table,
            event=Event.INSERT,
            refuse_when={
                "postgresql": f"{starts} NEW.until > NEW.starts_at + interval '30 days'",
                "sqlite": f"{starts} julianday(NEW.until) > julianday(NEW.starts_at) + 30.00001",
            },
            message="Something can be hidden for the time being for at most 30 days.",
        )
    )


def _changed(model: type[models.Model], *, but: set[str]) -> str:
    columns = (field.column for field in model._meta.local_concrete_fields)
    return _differ([column for column in columns if column and column not in but])


def _differ(columns: list[str]) -> str:
    return " OR ".join(
        f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"
        for column in columns
    )
