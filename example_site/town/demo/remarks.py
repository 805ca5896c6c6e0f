"""What people said about an idea, in the order of the file, spread over its life."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any

from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Comment, CommentRules, Thread

from . import residents
from .ideas import DAY, Life
from .past import Event, as_read
from .people import somebody
from .reading import Remark

BEFORE_THE_TURN = 0.35  # of the comments under an idea of which the city said something


def allow_positions(process: Any) -> None:
    CommentRules.objects.update_or_create(process=process, defaults={"positions": True})


class Talk:
    """The thread under one idea. Nobody answers themselves, and authors speak for themselves."""

    def __init__(self, life: Life, *, turn: float | None, end: float):
        self.life, self.turn, self.end = life, turn, end
        self.names = {
            language: cycle(residents.some(residents.voices(language), life.words.title))
            for language in ("en", "ko")
        }
        self.said: list[tuple[str, Comment]] = []

    def events(self) -> Iterator[Event]:
        remarks = self.life.words.remarks
        for days, remark in zip(self._moments(len(remarks)), remarks, strict=True):
            yield Event(days * DAY, partial(self.say, remark))

    def say(self, remark: Remark) -> None:
        """Post it below the last remark that is one level higher."""
        del self.said[remark.depth - 1 :]
        parent = self.said[-1] if self.said else None
        username = self._speaker(remark, parent[0] if parent else "")
        role = "official" if remark.mark == "%" else ""
        posting = PostComment(
            Thread.objects.opened_below(self.life.idea.contribution),
            by=somebody(username),
            text=remark.text,
            language=remark.language,
            position="" if parent else remark.position,
            parent=parent[1] if parent else None,
            role=role,
        )
        with as_read():
            comment = posting.execute()
        self.said.append((username, comment))

    def _speaker(self, remark: Remark, answered: str) -> str:
        if remark.mark == "@":
            return self.life.words.author
        if remark.mark == "%":
            return "official"
        names = self.names[remark.language]
        return next(name for name in names if name not in {self.life.words.author, answered})

    def _moments(self, number: int) -> Iterator[float]:
        """Most of it after the turn; under what is done, all of it."""
        start, turn = self.life.filed - 0.1, self.turn
        early = 0
        if turn is not None and self.life.forum.name != "river":
            early = round(number * BEFORE_THE_TURN)
            for each in range(early):
                yield start + (turn + 0.1 - start) * (each + 0.5) / early
        later = start if turn is None else turn - 0.1
        for each in range(number - early):
            yield later + (self.end - later) * ((each + 0.5) / (number - early)) ** 1.3
