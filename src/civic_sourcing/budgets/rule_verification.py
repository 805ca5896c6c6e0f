"""What ``civic_verify`` checks of the rules: the rows still say what was frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from civic_sourcing.budgets.ballots import Rulebook, RulebookError
from civic_sourcing.budgets.models import BudgetRules, VoteRun
from civic_sourcing.budgets.rulebooks import frozen, rulebook_of
from civic_sourcing.core.audit.verification import Finding

if TYPE_CHECKING:
    from civic_sourcing.core.audit.verification import Verification

MAY_CHANGE = frozenset({"phases"})
"""Parts of a rulebook that are compared by themselves: the end of a vote may be put off."""


def verify_rules(verification: Verification) -> Iterator[Finding]:
    """Check of every vote that has opened that nobody went round the database's guards."""
    runs = VoteRun.objects.using(verification.using).filter(kind=VoteRun.Kind.REAL)
    if verification.chain:
        runs = runs.filter(process__uuid=verification.chain)
    for run in runs.exclude(state=VoteRun.State.PREPARED).select_related("process").order_by("pk"):
        verification.checked += 1
        place = f"{run.process.uuid} vote {run.uuid}"
        for part in _changed(run):
            yield Finding("rules-changed", place, f"The rows of “{part}” are not as frozen.")


def _changed(run: VoteRun) -> list[str]:
    try:
        rules, rows = frozen(run), rulebook_of(run.process)
    except (BudgetRules.DoesNotExist, RulebookError, ValueError):
        return ["rulebook"]
    rules, rows = _without_withdrawals(rules), _without_withdrawals(rows)
    names = [each.name for each in fields(Rulebook) if each.name not in MAY_CHANGE]
    changed = [name for name in names if getattr(rules, name) != getattr(rows, name)]
    voting = [phase for phase in rows.phases if phase.kind == "voting"]
    if [(phase.opens_at, phase.closes_at) for phase in voting] != [(run.opens_at, run.closes_at)]:
        changed.append("phases")
    return changed


def _without_withdrawals(rulebook: Rulebook) -> Rulebook:
    projects = tuple(replace(project, withdrawn=False) for project in rulebook.projects)
    return replace(rulebook, projects=projects)
