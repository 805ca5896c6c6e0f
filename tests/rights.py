"""
Rights as tables: a line for each role, a column for each step, and in each cell the phases in which
that step is open to that role.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from civic_sourcing.core.exceptions import ActionRefused

Cell = tuple[str, str]
NEVER, ALWAYS = "-", "any"


class TakenBack(Exception):
    """Undoes a step that was only tried."""


def read_table(text: str, phases: Mapping[str, Any]) -> dict[str, set[Cell]]:
    """The steps of ``text``, and for each the roles and letters of phases in which it is taken."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    may: dict[str, set[Cell]] = {step: set() for step in head}
    for line in lines:
        role, cells = line[0].replace("_", " "), line[1:]
        for step, cell in zip(head, cells, strict=True):
            letters = {NEVER: "", ALWAYS: "".join(phases)}.get(cell, cell)
            may[step] |= {(role, letter) for letter in letters}
    return may


def roles_in(text: str) -> list[str]:
    return [line.split()[0].replace("_", " ") for line in text.strip().splitlines()[1:]]


def tried(
    step: Callable[[Any], Any],
    people: Mapping[str, Any],
    phases: Mapping[str, Any],
    enter: Callable[[Any], Any],
) -> set[Cell]:
    """Which of ``people`` take ``step`` in which of ``phases``; nothing of it stays."""
    return {
        (role, letter)
        for letter, phase in phases.items()
        for role, user in _entered(people, enter, phase)
        if _is_taken(step, user)
    }


def _entered(people: Mapping[str, Any], enter: Callable[[Any], Any], phase: Any) -> Iterable[Any]:
    enter(phase)
    return people.items()


def _is_taken(step: Callable[[Any], Any], user: Any) -> bool:
    try:
        with transaction.atomic():
            step(user)
            raise TakenBack
    except TakenBack:
        return True
    except (ActionRefused, ValidationError):
        return False
