"""What the database itself keeps true about answers and promises, whoever writes."""

from __future__ import annotations

from django.db import models

from civic_sourcing.answers.models import (
    Adoption,
    AdoptionChange,
    AnswerPart,
    DeliveryUpdate,
    OfficialAnswer,
    Promise,
    PromiseExtension,
)
from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger

STAFF = {"by_id"}
"""Who of the staff wrote something is forgotten with the account."""
ENDED = {"owner_id", "department_id"}
ONCE_PROMISED = (
    "uuid",
    "contribution_id",
    "kind",
    "cause",
    "key",
    "made_at",
    "first_due_at",
)


def register_guards() -> None:
    """Nothing is deleted; what was published, extended or changed is not written anew."""
    kept = (OfficialAnswer, Promise, PromiseExtension, Adoption, AdoptionChange, DeliveryUpdate)
    for model in kept:
        never_deleted(model)
    for model in (PromiseExtension, AdoptionChange):
        _frozen(f"{model._meta.db_table}_append_only", model, but=STAFF)
    _frozen(
        "civic_answers_published_answer_stays",
        OfficialAnswer,
        but=STAFF,
        where="OLD.published_at IS NOT NULL AND",
    )
    _frozen(
        "civic_answers_ended_promise_stays",
        Promise,
        but=ENDED,
        where="OLD.state <> 'running' AND",
    )
    _parts()
    register_trigger(
        Trigger(
            name="civic_answers_promise_not_shortened",
            table=Promise._meta.db_table,
            event=Event.UPDATE,
            refuse_when=f"NEW.due_at < OLD.due_at OR {_differ(ONCE_PROMISED)}",
            message="A promise can be extended and kept, and is not changed otherwise.",
        )
    )


def _parts() -> None:
    """The part of a department is published with its answer."""
    published = (
        f"EXISTS (SELECT 1 FROM {OfficialAnswer._meta.db_table} answer"  # noqa: S608
        " WHERE answer.id = {row}.answer_id AND answer.published_at IS NOT NULL)"
    )
    rows = {Event.INSERT: "NEW", Event.UPDATE: "OLD", Event.DELETE: "OLD"}
    for event, row in rows.items():
        condition = published.format(row=row)
        if event is Event.UPDATE:
            condition = f"{condition} AND ({_changed(AnswerPart, but=STAFF)})"
        register_trigger(
            Trigger(
                name=f"civic_answers_published_part_no_{event.value.lower()}",
                table=AnswerPart._meta.db_table,
                event=event,
                refuse_when=condition,
                message="A published answer keeps the parts it was published with.",
                reads=(OfficialAnswer._meta.db_table,),
            )
        )


def _frozen(name: str, model: type[models.Model], *, but: set[str], where: str = "") -> None:
    register_trigger(
        Trigger(
            name=name,
            table=model._meta.db_table,
            event=Event.UPDATE,
            refuse_when=f"{where} ({_changed(model, but=but)})".strip(),
            message=f"{model._meta.label} is not changed any more.",
        )
    )


def _changed(model: type[models.Model], *, but: set[str]) -> str:
    columns = (field.column for field in model._meta.local_concrete_fields)
    return _differ([column for column in columns if column and column not in but])


def _differ(columns: list[str] | tuple[str, ...]) -> str:
    return " OR ".join(
        f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"
        for column in columns
    )
