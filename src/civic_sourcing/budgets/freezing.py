"""
What is frozen once a vote has opened: its rules, areas, groups, projects, dates, conditions.

The rulebook of the run says what holds. The rows it was made of are kept like it, by the actions
in a sentence and by the database whoever writes.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.models import (
    AreaRegister,
    BudgetRules,
    ExclusiveSet,
    GroupSource,
    Project,
    ProjectDependency,
    ProjectWithdrawal,
    VoteArea,
    VoteCategory,
    VoterGroup,
    VoteRun,
)
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.triggers import Event, Trigger, changed, register_trigger
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.models import Phase, Process
from civic_sourcing.processes.rules import Rules

# ruff: noqa: S608 - the names are those of our own tables

RUNS = VoteRun._meta.db_table
PROJECTS = Project._meta.db_table
AREAS = VoteArea._meta.db_table
GROUPS = VoterGroup._meta.db_table
SETS = ExclusiveSet._meta.db_table
MEMBERS = ExclusiveSet.members.through._meta.db_table
WITHDRAWALS = ProjectWithdrawal._meta.db_table
MESSAGE = "The rules of a vote are frozen at its opening."


def is_frozen(process: Process | Any) -> bool:
    """Whether the vote has opened, or is over. A rehearsal freezes nothing, an import does."""
    return VoteRun.objects.in_earnest().filter(process=process).exclude(state="prepared").exists()


def refuse_if_frozen(process: Process | Any) -> None:
    """Raise ``ActionRefused`` (code ``frozen``) where the rules of the vote may not change."""
    if is_frozen(process):
        raise frozen_refusal()


def frozen_refusal() -> ActionRefused:
    return ActionRefused(
        _(
            "The vote has opened, so its rules and projects stay as they are. Only its end can be "
            "put off, with a public reason and the consent of a second person, and a project "
            "can be withdrawn."
        ),
        code="frozen",
    )


def refusal_of_conditions(process: Process) -> ActionRefused | None:
    """Why the conditions for voters may not change, or ``None``."""
    return frozen_refusal() if is_frozen(process) else None


def refusal_of_rules(process: Process, before: Rules, after: Rules) -> ActionRefused | None:
    """
    Why mandate and dates may not change, or ``None``; what is written about a phase may.

    Until the vote is closed all of them stay, then those that people have voted under.
    """
    run = VoteRun.objects.of(process) if process.kind == "budget" else None
    if run is None or run.kind != VoteRun.Kind.REAL or run.state == VoteRun.State.PREPARED:
        return None
    kinds = None if run.state == VoteRun.State.OPEN else {"projects", "voting"}
    if before.mandate == after.mandate and _windows(before, kinds) == _windows(after, kinds):
        return None
    return frozen_refusal()


def _windows(rules: Rules, kinds: set[str] | None) -> set[tuple[Any, ...]]:
    return {
        (phase.kind, phase.opens_at, phase.closes_at)
        for phase in rules.phases
        if kinds is None or phase.kind in kinds
    }


def lock_process(key: int, *, using: str) -> Process:
    """
    Lock the row of a process: whoever changes or freezes the rules of a vote does so first.

    Waits for rows that are being added to the vote, too: they point to the process.
    """
    return Process.objects.using(using).select_for_update().get(pk=key)


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    for model in (BudgetRules, VoteArea, VoteCategory, VoterGroup, ExclusiveSet, EligibilityRule):
        _freeze(model._meta.db_table, "{row}.process_id")
    of_set = f"(SELECT s.process_id FROM {SETS} s WHERE s.id = {{row}}.exclusiveset_id)"
    _freeze(MEMBERS, of_set, reads=(SETS,))
    of_project = f"(SELECT p.process_id FROM {PROJECTS} p WHERE p.id = {{row}}.project_id)"
    _freeze(ProjectDependency._meta.db_table, of_project, reads=(PROJECTS,))
    of_area = f"(SELECT a.process_id FROM {AREAS} a WHERE a.id = {{row}}.area_id)"
    _freeze(AreaRegister._meta.db_table, of_area, reads=(AREAS,))
    of_group = f"(SELECT g.process_id FROM {GROUPS} g WHERE g.id = {{row}}.group_id)"
    _freeze(GroupSource._meta.db_table, of_group, reads=(GROUPS,))
    _freeze(PROJECTS, "{row}.process_id", only=changed(*FROZEN_OF_PROJECT))
    _guard_withdrawals()
    _guard_voting()


FROZEN_OF_PROJECT = (
    "process_id", "number", "cost", "cost_least", "running_cost", "area_id", "category_id",
    "position",
)  # fmt: skip
"""Columns of a project that stay; its outcome is what the count says."""


def _freeze(table: str, process: str, *, only: str = "", reads: tuple[str, ...] = ()) -> None:
    """Keep the rows of ``table`` once their ``process`` (SQL over ``{row}``) is frozen."""
    for event, rows in (
        (Event.INSERT, ("NEW",)),
        (Event.UPDATE, ("OLD", "NEW")),
        (Event.DELETE, ("OLD",)),
    ):
        when = " OR ".join(_run_began(process.format(row=row)) for row in rows)
        if only and event is Event.UPDATE:
            when = f"({only}) AND ({when})"
        _guard(f"{_stem(table)}_frozen_{event.value.lower()}", table, event, when, *reads)


def _guard_withdrawals() -> None:
    """A project of an open vote is withdrawn with a reason everybody can read, and stays so."""
    reasoned = f"EXISTS (SELECT 1 FROM {WITHDRAWALS} w WHERE w.project_id = NEW.id)"
    withdrawn = "NEW.outcome <> OLD.outcome AND 'withdrawn' IN (OLD.outcome, NEW.outcome)"
    _guard(
        "civic_project_withdrawn_with_reason",
        PROJECTS,
        Event.UPDATE,
        f"{withdrawn} AND NOT (NEW.outcome = 'withdrawn' AND {reasoned})"
        f" AND {_run_began('OLD.process_id')}",
        WITHDRAWALS,
    )
    for event in (Event.UPDATE, Event.DELETE):
        name = f"civic_project_withdrawal_{event.value.lower()}"
        _guard(name, WITHDRAWALS, event, "", message="The reason for a withdrawal stays.")


def _guard_voting() -> None:
    """The time to vote stays, but for its end, which is always that of the run."""
    table = Phase._meta.db_table
    as_the_run = (
        f"EXISTS (SELECT 1 FROM {RUNS} r WHERE r.process_id = NEW.process_id"
        " AND r.kind = 'real' AND r.closes_at = NEW.closes_at)"
    )
    moved = (
        "NEW.kind <> OLD.kind OR NEW.process_id <> OLD.process_id OR NEW.opens_at <> OLD.opens_at"
        f" OR NEW.closes_at IS NULL OR (NEW.closes_at <> OLD.closes_at AND NOT {as_the_run})"
    )
    old, new = _run_began("OLD.process_id"), _run_began("NEW.process_id")
    for event, when in (
        (Event.INSERT, f"NEW.kind = 'voting' AND {new}"),
        (Event.UPDATE, f"'voting' IN (OLD.kind, NEW.kind) AND ({moved}) AND {old}"),
        (Event.DELETE, f"OLD.kind = 'voting' AND {old}"),
    ):
        _guard(f"civic_phase_voting_frozen_{event.value.lower()}", table, event, when)


def _guard(
    name: str, table: str, event: Event, when: str, *reads: str, message: str = MESSAGE
) -> None:
    needed = (RUNS, *reads) if RUNS in when else reads
    register_trigger(Trigger(name, table, event, when, message, needed))


def _run_began(process: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {RUNS} began WHERE began.process_id = {process}"
        " AND began.kind = 'real' AND began.state <> 'prepared')"
    )


def _stem(table: str) -> str:
    return table.replace("civic_budgets_", "civic_").replace("civic_participants_", "civic_")
