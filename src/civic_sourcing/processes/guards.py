"""
What the database itself keeps of a process: a promise is never made smaller afterwards, and the
page of what holds something is neither deleted nor taken offline.

``first_opened_at`` remembers that a phase has opened when that phase is moved or removed later:
``SetRules`` and ``civic_tick`` write it, and nobody takes it back.
"""

from __future__ import annotations

from typing import Any

import swapper
from django.db.models import Model

from civic_sourcing.core.triggers import NOW, PREFIX, Event, Trigger, register_trigger

PROCESSES = "civic_processes_process"
PHASES = "civic_processes_phase"

RANK = "CASE {row}.mandate WHEN 'binding' THEN 2 WHEN 'conditional' THEN 1 ELSE 0 END"


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    register_trigger(
        Trigger(
            "civic_processes_mandate_not_lowered",
            PROCESSES,
            Event.UPDATE,
            {vendor: _mandate_lowered(now) for vendor, now in NOW.items()},
            "A mandate is not lowered once the first phase has opened.",
        )
    )
    register_trigger(
        Trigger(
            "civic_processes_first_opening_kept",
            PROCESSES,
            Event.UPDATE,
            "OLD.first_opened_at IS NOT NULL AND NEW.first_opened_at IS NULL",
            "Once a process has opened, that is not forgotten.",
        )
    )


def keep_pages_of(held: type[Model]) -> None:
    """
    Have the database keep the pages of a process to which a row of ``held`` points.

    The base page's row is guarded, whichever class the site uses for it, so the page stays also
    where nobody asks first: queryset updates and statements by hand. What may go is what
    ``refusal_to_delete`` and ``refusal_to_unpublish`` let go, for ``held`` alone.
    """
    field: Any = held._meta.get_field("process")
    rows = field.model._meta.db_table
    pages = swapper.load_model("wagtailcore", "Page")._meta.db_table
    holds = (
        f"OLD.alias_of_id IS NULL AND EXISTS (SELECT 1 FROM {PROCESSES} p JOIN {rows} h"  # noqa: S608 - names of ours
        f" ON h.{field.column} = p.id WHERE p.translation_key = OLD.translation_key)"
    )
    stem = rows if rows.startswith(PREFIX) else f"{PREFIX}{rows}"
    for suffix, event, refuse_when, message in (
        ("stay", Event.DELETE, holds, "deleted"),
        ("stay_up", Event.UPDATE, _taken_down(pages, holds), "taken offline"),
    ):
        register_trigger(
            Trigger(
                f"{stem}_{suffix}",
                pages,
                event,
                refuse_when,
                f"A page whose process holds contributions or ballots is not {message}.",
                reads=(PROCESSES, rows),
            )
        )


def _taken_down(pages: str, holds: str) -> str:
    elsewhere = (
        f"EXISTS (SELECT 1 FROM {pages} o WHERE o.translation_key = OLD.translation_key"  # noqa: S608 - names of ours
        " AND o.id <> OLD.id AND o.live)"
    )
    below = (
        f"EXISTS (SELECT 1 FROM {pages} c WHERE c.depth = OLD.depth + 1 AND c.live"  # noqa: S608 - names of ours
        " AND substr(c.path, 1, length(OLD.path)) = OLD.path)"
    )
    return f"OLD.live AND NOT NEW.live AND {holds} AND ({below} OR NOT {elsewhere})"


def _mandate_lowered(now: str) -> str:
    lower = f"{RANK.format(row='NEW')} < {RANK.format(row='OLD')}"
    opened = (
        f"EXISTS (SELECT 1 FROM {PHASES} p WHERE p.process_id = OLD.id AND p.opens_at <= {now})"  # noqa: S608
    )
    return f"{lower} AND (OLD.first_opened_at IS NOT NULL OR {opened})"
