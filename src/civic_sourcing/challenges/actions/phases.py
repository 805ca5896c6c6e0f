"""The phases of a process follow its rounds: whoever changes a round calls ``follow_rounds``."""

from __future__ import annotations

from typing import Any

from civic_sourcing.challenges.timeline import phases_of
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import PhaseRule, Rules


def follow_rounds(process: Process, *, by: Any) -> Process:
    """
    Bring the phases of ``process`` to what its rounds and its decision say. Returns the process.

    Call it in the transaction that changed a round, published the challenge or made a decision;
    where nothing differs nothing happens. What was written about a phase stays with it.
    """
    wanted = phases_of(process)
    now = Rules.of(process).phases
    texts = [(rule.kind, rule.descriptions) for rule in now]
    worded = [_worded(rule, texts) for rule in wanted]
    after: Process = SetRules(process, by=by, phases=worded).execute()
    return after


def _worded(rule: PhaseRule, texts: list[tuple[str, Any]]) -> PhaseRule:
    """``rule`` with the text of the first phase of its kind that nobody has taken yet."""
    for index, (kind, descriptions) in enumerate(texts):
        if kind == rule.kind:
            del texts[index]
            return PhaseRule(rule.kind, rule.opens_at, rule.closes_at, descriptions)
    return rule
