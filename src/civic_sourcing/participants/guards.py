"""What the database itself keeps: a published text and a given consent are never changed."""

from __future__ import annotations

from civic_sourcing.core.triggers import Event, Trigger, append_only, register_trigger
from civic_sourcing.participants.models import ConsentRecord, LegalText, LegalTextBody

MESSAGE = "A published legal text is not changed: write the next version."


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    append_only(ConsentRecord)
    texts, bodies = LegalText._meta.db_table, LegalTextBody._meta.db_table
    for event in (Event.UPDATE, Event.DELETE):
        _refuse("text", texts, event, "OLD.published_at IS NOT NULL")
    for event, row in ((Event.INSERT, "NEW"), (Event.UPDATE, "OLD"), (Event.DELETE, "OLD")):
        _refuse("words", bodies, event, _published(texts, row))


def _refuse(what: str, table: str, event: Event, condition: str) -> None:
    name = f"civic_legal_{what}_no_{event.value.lower()}"
    register_trigger(Trigger(name, table, event, condition, MESSAGE))


def _published(texts: str, row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {texts} t"  # noqa: S608 - names of ours
        f" WHERE t.id = {row}.legal_text_id AND t.published_at IS NOT NULL)"
    )
