"""What people said about an idea, in the order of the file, spread over its life."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any

from civic_sourcing.attribution.models import Channel
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Comment, CommentRules, Thread

from . import residents
from .ideas import DAY, Life
from .past import Event
from .people import somebody
from .reading import Remark

BEFORE_THE_ANSWER = 0.35  # of the comments under an idea that was answered


def allow_positions(process: Any) -> None:
    CommentRules.objects.update_or_create(process=process, defaults={"positions": True})


class Talk:
    """The thread under one idea. Nobody answers themselves, and authors speak for themselves."""

    def __init__(self, life: Life, *, answered: float | None, end: float):
        self.life, self.answered, self.end = life, answered, end
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
        comment = PostComment(
            Thread.objects.opened_below(self.life.idea.contribution),
            by=somebody(username),
            text=remark.text,
            language=remark.language,
            position="" if parent else remark.position,
            parent=parent[1] if parent else None,
            role=role,
            channel=Channel.IMPORT,
        ).execute()
        self.said.append((username, comment))

    def _speaker(self, remark: Remark, answered: str) -> str:
        if remark.mark == "@":
            return self.life.words.author
        if remark.mark == "%":
            return "official"
        names = self.names[remark.language]
        return next(name for name in names if name not in {self.life.words.author, answered})

    def _moments(self, number: int) -> Iterator[float]:
        start, end = self.life.filed - 0.1, self.end
        early = 0
        if self.answered is not None:
            early = 0 if self.life.forum.name == "river" else round(number * BEFORE_THE_ANSWER)
        for each in range(early):
            assert self.answered is not None
            yield start + (self.answered + 0.1 - start) * (each + 0.5) / early
        later = start if self.answered is None else self.answered - 0.1
        late = number - early
        for each in range(late):
            yield later + (end - later) * ((each + 0.5) / late) ** 1.3
