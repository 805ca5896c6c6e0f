"""What can be wrong with a filled-in ballot: stable codes, values, plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Coded:
    """
    Something to tell people: a ``code`` of ``sentences`` and the values of its placeholders.

    ``area`` and ``category`` in ``context`` are codes, ``project`` is a number on the paper, money
    is in minor units. A translating layer keeps a table of its own with the same codes and
    placeholders.
    """

    sentences: ClassVar[Mapping[str, str]] = {}

    code: str
    context: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.sentences[self.code].format(**self.context)

    def __str__(self) -> str:
        return self.message


FAULTS = {
    "no-paper": "there is no project that could be chosen on this ballot paper",
    "too-long": "more fields were sent than a ballot can have",
    "wrong-form": "this was not filled in on the form of this ballot",
    "not-on-paper": "the project “{project}” is not on this ballot paper",
    "twice": "the project {project} is marked more than once",
    "whole-number": "expected a whole number for the project {project}, not “{given}”",
    "answer-unknown": "expected yes, no or abstain for the project {project}, not “{given}”",
    "rank-beyond": "the project {project} has place {given}; places go from 1 to {most}",
    "rank-twice": "place {place} is given to more than one project: {projects}",
    "rank-gap": "place {place} is given to no project, but a later one is",
    "too-few": "{given} chosen, at least {least} needed",
    "too-many": "{given} chosen, at most {most} allowed",
    "over-budget": "the projects cost {given}, there are {budget}",
    "under-budget": "the projects cost {given}, at least {least} must be spent",
    "over-total": "{given} points given, there are {total}",
    "under-total": "{given} points given, at least {least} must be given",
    "over-project": "the project {project} has {given} points, at most {most} are allowed",
    "over-score": "the project {project} is rated {given}, the highest is {top}",
    "unanswered": "{missing} projects have no answer, the first is {project}",
    "one-area": "projects of {given} areas are chosen, a ballot keeps to one",
    "category-few": "{given} chosen in the category {category}, at least {least} needed",
    "category-many": "{given} chosen in the category {category}, at most {most} allowed",
    "exclusive": "of these projects only one can be chosen: {projects}",
    "needs": "the project {project} can only be chosen together with {needs}",
}
"""Sentence of each code; faults of a part of the ballot also carry ``area`` (empty: the whole)."""

UNREADABLE = frozenset(
    {
        "no-paper",
        "too-long",
        "wrong-form",
        "not-on-paper",
        "twice",
        "whole-number",
        "answer-unknown",
    }
)
"""
Faults after which nobody can say what was meant. Refused under every rulebook: a ballot is void
for breaking a limit, never because a page was out of date or a number mistyped.
"""


class Fault(Coded):
    """One thing that is wrong with a ballot."""

    __slots__ = ()
    sentences = FAULTS

    @property
    def is_unreadable(self) -> bool:
        return self.code in UNREADABLE


class BallotFaulty(Exception):
    """A ballot that cannot be cast as it is; ``faults`` says why, at least one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


def shown(value: str) -> str:
    """``value`` fit for a sentence: no control or format characters, 40 characters at most."""
    text = value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
