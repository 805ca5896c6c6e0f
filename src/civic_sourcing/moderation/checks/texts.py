"""What a check gets to see, and what it may say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from django.utils.functional import Promise

if TYPE_CHECKING:
    from civic_sourcing.attribution.gate import Submission
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process

Verdict = Literal["mark", "hold", "refuse", "offer"]
Span = tuple[str, int, int]
"""Name of the field (``"title"``, ``"text"``), first and last position in it, half open."""

TITLE, TEXT = "title", "text"
ELLIPSES = "….  "


@dataclass(frozen=True)
class CheckedText:
    """A text on its way to the public. ``contribution`` is there if it is an edit."""

    title: str
    text: str
    language: str
    kind: str = ""
    process: Process | None = None
    author: Participant | None = None
    is_new: bool = False
    at: datetime | None = None
    contribution: Contribution | None = None

    @classmethod
    def of(cls, submission: Submission, *, is_new: bool) -> CheckedText:
        """What came to the gate."""
        return cls(
            title=submission.title,
            text=submission.text,
            language=submission.language,
            kind=submission.kind,
            process=submission.process,
            author=submission.author,
            is_new=is_new,
            at=submission.at,
            contribution=submission.contribution,
        )

    @cached_property
    def fields(self) -> Sequence[tuple[str, str]]:
        """Names and texts, without a title that is the beginning of the text."""
        own_title = self.title and not self.text.startswith(self.title.rstrip(ELLIPSES))
        return [*([(TITLE, self.title)] if own_title else []), (TEXT, self.text)]

    @cached_property
    def whole(self) -> str:
        """All fields in one."""
        return "\n".join(words for _name, words in self.fields)


@dataclass(frozen=True)
class Hit:
    """
    What one check found. ``sentence`` is for the author, ``spans`` show moderators where.

    ``explanation`` holds numbers and codes, and never quotes the text. ``offer`` means: let the
    writer mask it before it is published; ``otherwise`` is what happens if they do not want to.
    """

    check: str
    verdict: Verdict
    code: str
    sentence: str | Promise = ""
    spans: Sequence[Span] = ()
    explanation: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Literal["mark", "hold"] = "mark"
    rule: int | None = None
    """Key of the netiquette rule it may break, where the check knows."""


class ContentCheck:
    """
    One automatic check. Subclass, and register one instance.

    ``examine`` may ask the database, but never waits for anything else, and takes time linear in
    the length of the text whatever somebody writes.
    """

    key: str
    label: str | Promise

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        """Return what was found, nothing if all is well."""
        raise NotImplementedError
