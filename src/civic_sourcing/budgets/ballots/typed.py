"""From the fields of a form to a choice, and back to fill the form in again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from .checking import check
from .content import Answer, Choice
from .faults import BallotFaulty, Fault, shown
from .limits import BallotType
from .ranking import places_of, ranking
from .rulebook import Faulty, PaperProject, Rulebook

TICK = "vote"
"""Name of the fields of a ballot on which projects are ticked; the value is the number."""

FIELDS = {
    BallotType.CUMULATIVE: "points:",
    BallotType.SCORING: "score:",
    BallotType.RANKING: "rank:",
    BallotType.YES_NO: "answer:",
}
"""What the name of a project's own field begins with; the number follows."""

ANSWERS = {"yes": Answer.YES, "no": Answer.NO, "abstain": Answer.ABSTAIN}
"""Values of the fields of a yes/no ballot."""

MOST_FIELDS = 10_000

_WHOLE = re.compile(r"[0-9]{1,15}", re.ASCII)

Typed = Iterable[tuple[Any, Any]]
"""Names and values, as texts; anything else is a fault like any other."""


@dataclass(frozen=True)
class Reading:
    """
    What a form says: the choice as far as it could be read, and all that is wrong with it.

    A draft is kept as its ``choice``; without ``faults`` it can be cast.
    """

    choice: Choice
    faults: tuple[Fault, ...]


def read(
    rulebook: Rulebook, areas: Collection[str], typed: Typed, *, withdrawn: Collection[str] = ()
) -> Choice:
    """
    Return the choice that is to be cast, from the names and values a form sent.

    Raises ``BallotFaulty`` with every fault. Where the rulebook says that a ballot breaking a limit
    is void, the void ballot is returned, with the codes of its faults; what cannot be read at all
    is refused there, too. ``areas`` are the codes on this voter's paper (``Rulebook.areas_of``).
    """
    reading = examine(rulebook, areas, typed, withdrawn=withdrawn)
    if not reading.faults:
        return reading.choice
    if rulebook.faulty == Faulty.VOID and not any(f.is_unreadable for f in reading.faults):
        return Choice.voided([fault.code for fault in reading.faults])
    raise BallotFaulty(reading.faults)


def examine(
    rulebook: Rulebook, areas: Collection[str], typed: Typed, *, withdrawn: Collection[str] = ()
) -> Reading:
    """
    Read a form without deciding anything: for drafts, and for a page that shows all faults at once.

    Fields of other names (tokens, buttons) are passed over, and so are empty values: a project
    without a mark is not on the ballot. Whatever is typed, this returns.
    """
    form = _Form(rulebook, rulebook.paper(areas, withdrawn))
    form.take(typed)
    misplaced: list[Fault] = []
    if rulebook.ballot_type == BallotType.RANKING:
        choice, misplaced = ranking(rulebook, form.marks)
    else:
        choice = form.choice()
    broken = check(rulebook, areas, choice, withdrawn=withdrawn)
    return Reading(choice, (*form.faults, *misplaced, *broken))


def typed_of(rulebook: Rulebook, choice: Choice) -> list[tuple[str, str]]:
    """Return the names and values of a form that says ``choice``; the reverse of ``read``."""
    name = FIELDS.get(rulebook.ballot_type)
    if name is None:
        return [(TICK, number) for number in choice.projects]
    if rulebook.ballot_type == BallotType.RANKING:
        return [(name + number, str(place)) for number, place in places_of(rulebook, choice)]
    if rulebook.ballot_type == BallotType.YES_NO:
        return [(name + number, answer.name.lower()) for number, answer in choice.answers.items()]
    return [(name + number, str(mark)) for number, mark in choice.marks.items()]


class _Form:
    """The fields of one form, mark by mark."""

    def __init__(self, rulebook: Rulebook, projects: Iterable[PaperProject]) -> None:
        self._ballot_type = rulebook.ballot_type
        self._paper = [project.number for project in projects]
        self._on_paper = set(self._paper)
        self._prefix = FIELDS.get(self._ballot_type)
        self._seen: set[str] = set()
        self._faults: dict[tuple[object, ...], Fault] = {}
        self.marks: dict[str, int] = {}

    @property
    def faults(self) -> list[Fault]:
        return list(self._faults.values())

    def take(self, typed: Typed) -> None:
        for count, (name, value) in enumerate(typed):
            if count == MOST_FIELDS:
                self._fault("too-long")
                return
            if not isinstance(name, str) or not isinstance(value, str):
                self._fault("wrong-form")
            elif value := value.strip(" "):
                self._take_field(name, value)

    def choice(self) -> Choice:
        """The marks of any kind of ballot but a ranking."""
        if self._ballot_type == BallotType.CUMULATIVE:
            given = {number: points for number, points in self.marks.items() if points}
            return Choice.pointed(given, self._paper)
        if self._ballot_type.has_points:
            return Choice.pointed(self.marks, self._paper)
        return Choice.ticked(self.marks, self._paper)

    def _take_field(self, name: str, value: str) -> None:
        if self._prefix is None and name == TICK:
            self._take_mark(value, "1")
        elif self._prefix is not None and name.startswith(self._prefix):
            self._take_mark(name.removeprefix(self._prefix), value)
        elif name == TICK or name.startswith(tuple(FIELDS.values())):
            self._fault("wrong-form")

    def _take_mark(self, number: str, value: str) -> None:
        if number not in self._on_paper:
            self._fault("not-on-paper", project=shown(number))
        elif number in self._seen:
            self._fault("twice", project=number)
        else:
            self._seen.add(number)
            self._set_mark(number, value)

    def _set_mark(self, number: str, value: str) -> None:
        if self._ballot_type == BallotType.YES_NO:
            if (answer := ANSWERS.get(value)) is None:
                self._fault("answer-unknown", project=number, given=shown(value))
            else:
                self.marks[number] = int(answer)
        elif _WHOLE.fullmatch(value):
            self.marks[number] = int(value)
        else:
            self._fault("whole-number", project=number, given=shown(value))

    def _fault(self, code: str, **context: str | int) -> None:
        self._faults.setdefault((code, *context.values()), Fault(code, context))
