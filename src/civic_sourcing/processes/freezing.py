"""
What a room has frozen of a process: from then on its rules and conditions stay as they are.

The rooms below cannot know when people have begun to decide something under certain rules; the room
that does registers two functions, and the actions that change rules or conditions ask them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.process import Process
from civic_sourcing.processes.rules import Rules

OfConditions = Callable[[Process], ActionRefused | None]
OfRules = Callable[[Process, Rules, Rules], ActionRefused | None]


@dataclass(frozen=True)
class Freeze:
    """``conditions(process)`` and ``rules(process, before, after)`` say why not, or ``None``."""

    conditions: OfConditions
    rules: OfRules


_freezes: list[Freeze] = []


def register_freeze(*, conditions: OfConditions, rules: OfRules) -> None:
    """Have both asked before the conditions or the rules of any process change."""
    freeze = Freeze(conditions, rules)
    if freeze not in _freezes:
        _freezes.append(freeze)


def refuse_frozen_conditions(process: Process) -> None:
    """Raise what a room has to say against other conditions for those who take part."""
    for freeze in _freezes:
        if refusal := freeze.conditions(process):
            raise refusal


def refuse_frozen_rules(process: Process, before: Rules, after: Rules) -> None:
    """Raise what a room has to say against ``after`` in place of ``before``."""
    for freeze in _freezes:
        if refusal := freeze.rules(process, before, after):
            raise refusal
