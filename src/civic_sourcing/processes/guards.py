"""What the database itself keeps of a process: a promise is never made smaller afterwards."""

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
    register_trigger(
        Trigger(
            "civic_processes_opened_phase_moved",
            PHASES,
            Event.UPDATE,
            {
                vendor: f"NEW.opens_at <> OLD.opens_at AND {_opening_unknown(now)}"
                for vendor, now in NOW.items()
            },
            "Note the first opening of the process before moving a phase that has opened.",
        )
    )
    register_trigger(
        Trigger(
            "civic_processes_opened_phase_deleted",
            PHASES,
            Event.DELETE,
            {vendor: _opening_unknown(now) for vendor, now in NOW.items()},
            "Note the first opening of the process before deleting a phase that has opened.",
        )
    )


def _mandate_lowered(now: str) -> str:
    lower = f"{RANK.format(row='NEW')} < {RANK.format(row='OLD')}"
    opened = (
        f"EXISTS (SELECT 1 FROM {PHASES} p WHERE p.process_id = OLD.id AND p.opens_at <= {now})"  # noqa: S608
    )
    return f"{lower} AND (OLD.first_opened_at IS NOT NULL OR {opened})"


def _opening_unknown(now: str) -> str:
    return (
        f"OLD.opens_at <= {now} AND EXISTS (SELECT 1 FROM {PROCESSES} p"  # noqa: S608
        " WHERE p.id = OLD.process_id AND p.first_opened_at IS NULL)"
    )
