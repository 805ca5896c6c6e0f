"""What a voter marks on a ballot, and the text it is stored as."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from civic_sourcing.budgets.counting.amounts import Amount, exact, parse_amount

from .documents import amount_written


class Answer(IntEnum):
    """What can be said to a project on a yes/no ballot, and the number it is stored as."""

    YES = 1
    ABSTAIN = 0
    NO = -1


_ANSWERS: dict[Amount, Answer] = {answer.value: answer for answer in Answer}


class ContentError(ValueError):
    """A text that ``Choice.canonical`` cannot have written."""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A filled-in ballot: ``projects`` are numbers, ``points`` run parallel to them.

    ``points`` is ``None`` where a mark is just a mark. Projects stand in the order of the paper,
    those of a ranking best first; make a choice with ``ticked``, ``pointed``, ``answered`` or
    ``ranked``, so that equal choices are equal however they were typed. A void ballot keeps
    nothing but the codes of its faults, in ``void``: for whoever counts, it is a ballot without
    projects.
    """

    projects: tuple[str, ...] = ()
    points: tuple[Amount, ...] | None = None
    void: tuple[str, ...] = ()

    @classmethod
    def ticked(cls, numbers: Collection[str], paper: Sequence[str]) -> Choice:
        """Projects that were ticked, put in the order of ``paper``."""
        return cls(tuple(sorted(set(numbers), key=_places(paper).__getitem__)))

    @classmethod
    def pointed(cls, points: Mapping[str, Amount], paper: Sequence[str]) -> Choice:
        """Projects with their points or scores. Equal values stay as many as they are."""
        numbers = sorted(points, key=_places(paper).__getitem__)
        return cls(tuple(numbers), tuple(exact(points[number]) for number in numbers))

    @classmethod
    def answered(cls, answers: Mapping[str, Answer], paper: Sequence[str]) -> Choice:
        """Projects with a yes, a no or an abstention; one without an answer is left out."""
        return cls.pointed({number: int(answer) for number, answer in answers.items()}, paper)

    @classmethod
    def ranked(cls, numbers: Sequence[str]) -> Choice:
        """Projects in the voter's order, the best first."""
        return cls(tuple(numbers))

    @classmethod
    def voided(cls, codes: Collection[str]) -> Choice:
        """A void ballot, with the codes of what is wrong (at least one)."""
        if not codes:
            raise ValueError("a void ballot names what is wrong with it")
        return cls(void=tuple(sorted(set(codes))))

    @property
    def is_void(self) -> bool:
        return bool(self.void)

    @property
    def marks(self) -> dict[str, Amount]:
        """Number to points; 1 where a mark is just a mark."""
        points = (1,) * len(self.projects) if self.points is None else self.points
        return dict(zip(self.projects, points, strict=True))

    @property
    def answers(self) -> dict[str, Answer]:
        """Number to answer. Only for a yes/no ballot; ``KeyError`` on any other points."""
        return {number: _ANSWERS[mark] for number, mark in self.marks.items()}

    @property
    def chosen(self) -> tuple[str, ...]:
        """Projects the ballot is for: marked, with more than 0 points where there are points."""
        return tuple(number for number, mark in self.marks.items() if mark > 0)

    def canonical(self) -> str:
        """
        Return the choice as canonical JSON, the form in which ballots are stored.

        ``{"vote":[…]}``, with ``"points"`` where there are points (decimals of imported ballots as
        texts) and ``"void"`` on a void ballot. Equal choices, equal text.
        """
        content: dict[str, Any] = {"vote": self.projects}
        if self.points is not None:
            content["points"] = [amount_written(points) for points in self.points]
        if self.void:
            content["void"] = self.void
        return _canonical(content)

    @classmethod
    def load(cls, text: str) -> Choice:
        """
        Return the choice that was stored as ``text``.

        Raises ``ContentError`` unless ``canonical`` writes the very same text again.
        """
        try:
            choice = _read(json.loads(text))
            same = choice.canonical() == text
        except (TypeError, ValueError, KeyError, RecursionError):
            raise ContentError("this is not the text of a ballot") from None
        if not same:
            raise ContentError("this text of a ballot is not in its canonical form")
        return choice


def _read(content: Any) -> Choice:
    if not isinstance(content, dict) or not {"vote"} <= set(content) <= {"vote", "points", "void"}:
        raise TypeError("not a ballot")
    projects = _texts(content["vote"])
    void = _texts(content.get("void", []))
    points = None
    if "points" in content:
        points = tuple(map(_amount, _list(content["points"])))
        if len(points) != len(projects):
            raise ValueError("points do not run parallel to projects")
    if void and (projects or points is not None):
        raise ValueError("a void ballot keeps no marks")
    return Choice(projects, points, void)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    texts = tuple(_list(value))
    if not all(isinstance(text, str) for text in texts) or len(set(texts)) != len(texts):
        raise TypeError("not a list of different texts")
    return texts


def _amount(value: Any) -> Amount:
    if type(value) is int:
        return value
    return parse_amount(value, signed=True)


def _places(paper: Sequence[str]) -> dict[str, int]:
    return {number: place for place, number in enumerate(paper)}


def _canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
