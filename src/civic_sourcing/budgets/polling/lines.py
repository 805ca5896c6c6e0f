"""
From a line that somebody types off a sheet of paper to a ballot, and back.

One line for one sheet, so that hundreds can be typed without leaving the keyboard: numbers of
projects, separated by spaces or commas, with ``=`` before points, scores and answers. A ranking is
typed best first, a sheet left blank as ``-``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from civic_sourcing.budgets.ballots.content import Choice
from civic_sourcing.budgets.ballots.faults import BallotFaulty, Fault
from civic_sourcing.budgets.ballots.limits import BallotType
from civic_sourcing.budgets.ballots.rulebook import Rulebook, Scope
from civic_sourcing.budgets.ballots.typed import FIELDS, TICK, examine, typed_of

BLANK = "-"
SPOILED = "spoiled"
"""Code of a sheet that is void as it lies there: torn, signed, unreadable."""

LONGEST = 4000
SHORT = {"y": "yes", "n": "no", "a": "abstain"}

_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class SheetRead:
    """What was read on a sheet: the line in its normal form, and the ballot it makes."""

    line: str
    content: str

    @property
    def is_void(self) -> bool:
        return Choice.load(self.content).is_void


def read_sheet(rulebook: Rulebook, area: str, line: str, *, spoiled: bool = False) -> SheetRead:
    """
    Return the ballot of a sheet that is a ballot paper of ``area`` (``Rulebook.areas_of``).

    A sheet cannot be given back to its voter, so one that breaks a limit is void whatever the
    rulebook says of ballots online. Raises ``BallotFaulty`` for what cannot be a sheet but only a
    slip of the typist: a number that is not on the paper, or twice.
    """
    if spoiled:
        return SheetRead("", Choice.voided([SPOILED]).canonical())
    areas = rulebook.areas_of(area)
    if len(line) > LONGEST:
        raise BallotFaulty([Fault("too-long")])
    reading = examine(rulebook, areas, _typed(rulebook, line))
    slips = [fault for fault in reading.faults if fault.is_unreadable]
    if slips:
        raise BallotFaulty(slips)
    codes = {fault.code for fault in reading.faults}
    choice = Choice.voided(codes) if codes else reading.choice
    return SheetRead(line_of(rulebook, reading.choice), choice.canonical())


def line_of(rulebook: Rulebook, choice: Choice) -> str:
    """Return the line that says ``choice``; the reverse of what is typed."""
    if not choice.projects:
        return BLANK
    if FIELDS.get(rulebook.ballot_type) is None or rulebook.ballot_type == BallotType.RANKING:
        return " ".join(choice.projects)
    prefix = FIELDS[rulebook.ballot_type]
    pairs = typed_of(rulebook, choice)
    return " ".join(f"{name.removeprefix(prefix)}={value}" for name, value in pairs)


def _typed(rulebook: Rulebook, line: str) -> list[tuple[str, str]]:
    """Names and values as the form of the booth sends them."""
    words = [word for word in _BETWEEN.split(line.strip()) if word]
    if words == [BLANK]:
        return []
    prefix = FIELDS.get(rulebook.ballot_type)
    if prefix is None:
        return [(TICK, word) for word in words]
    if rulebook.ballot_type == BallotType.RANKING:
        return _ranked(rulebook, words)
    marks = [_mark(word) for word in words]
    if rulebook.ballot_type == BallotType.YES_NO:
        marks = [(number, SHORT.get(value, value)) for number, value in marks]
    return [(prefix + number, value) for number, value in marks]


def _ranked(rulebook: Rulebook, words: list[str]) -> list[tuple[str, str]]:
    """Places by order; where each area is ranked by itself, the order within the area."""
    prefix, places = FIELDS[BallotType.RANKING], dict[str, int]()
    typed = []
    for word in words:
        project = rulebook.by_number.get(word)
        part = project.area if project and rulebook.scope == Scope.AREA else ""
        places[part] = places.get(part, 0) + 1
        typed.append((prefix + word, str(places[part])))
    return typed


def _mark(word: str) -> tuple[str, str]:
    """Number and value of ``3=5``; a value left out is one that no form would send."""
    number, equals, value = word.rpartition("=")
    return (number, value) if equals else (word, "?")


EXAMPLES = {
    BallotType.CUMULATIVE: "3=5 12=4 7=1",
    BallotType.SCORING: "3=5 12=0 7=4",
    BallotType.YES_NO: "3=yes 12=no 7=abstain",
}


def example_of(rulebook: Rulebook) -> str:
    """How a line looks on this kind of ballot."""
    return EXAMPLES.get(rulebook.ballot_type, "3 12 7")
