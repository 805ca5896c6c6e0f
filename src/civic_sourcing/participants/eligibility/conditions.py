"""What a verifier says to somebody, and where it says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Condition:
    """
    A condition somebody does not meet.

    ``sentence`` says what is missing and ``how_to_meet`` what can be done; ``url`` leads to the
    place where it is done and ``link`` are the words on the button. ``office`` is filled in from
    the process.
    """

    code: str
    sentence: Label
    how_to_meet: Label = ""
    office: Label = ""
    url: str = ""
    link: Label = ""

    @property
    def message(self) -> str:
        """The whole refusal in the active language."""
        return " ".join(filter(None, map(str, (self.sentence, self.how_to_meet, self.office))))


State = Literal["met", "missing", "unknown"]


@dataclass(frozen=True)
class Line:
    """One requirement before the form: ``unknown`` until somebody is signed in."""

    requirement: Label
    state: State
    condition: Condition | None = None
