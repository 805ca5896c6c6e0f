"""
What the database itself keeps of a process: a promise is never made smaller afterwards.

``first_opened_at`` remembers that a phase has opened when that phase is moved or removed later:
``SetRules`` and ``civic_tick`` write it, and nobody takes it back.
"""

from __future__ import annotations

from civic_sourcing.core.triggers import Event, Trigger, register_trigger

PROCESSES = "civic_processes_process"
PHASES = "civic_processes_phase"

RANK = "CASE {row}.mandate WHEN 'binding' THEN 2 WHEN 'conditional' THEN 1 ELSE 0 END"
NOW = {
    "postgresql": "clock_timestamp()",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


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


def _mandate_lowered(now: str) -> str:
    lower = f"{RANK.format(row='NEW')} < {RANK.format(row='OLD')}"
    opened = (
        f"EXISTS (SELECT 1 FROM {PHASES} p WHERE p.process_id = OLD.id AND p.opens_at <= {now})"  # noqa: S608
    )
    return f"{lower} AND (OLD.first_opened_at IS NOT NULL OR {opened})"
