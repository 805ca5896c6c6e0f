"""
Masking passages of a title and a text. Pure, without Django's models.

A passage is ``(field, start, end)``: ``"title"`` or ``"text"``, counted in code points of the
normalised text, end exclusive. Passages are widened to whole characters as a reader sees them, so
that no mark or joiner is left without its base. What is masked becomes ``***``, less for a shorter
passage, so that a text never grows.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from civic_sourcing.core.text import boundaries, graphemes

MARK = "***"
FIELDS = ("title", "text")
JOINERS = "\u200c\u200d"
QUOTED = 8
"""Characters from which a masked passage is looked for in what moderators write."""

Span = tuple[int, int]


class BadPassage(ValueError):
    """A passage that does not lie within the text."""


@dataclass(frozen=True)
class Passages:
    """What is masked of a title and of a text: merged, in order, at whole characters."""

    title: tuple[Span, ...] = ()
    text: tuple[Span, ...] = ()

    @classmethod
    def of(cls, given: Iterable[Sequence[Any]], *, title: str, text: str) -> Passages:
        """Tidy what a form sent. Raises ``BadPassage`` for a field or place there is not."""
        words = {"title": title, "text": text}
        found: dict[str, list[Span]] = {"title": [], "text": []}
        for passage in given:
            name, start, end = _read(passage)
            if not 0 <= start < end <= len(words[name]):
                raise BadPassage(f"{start} to {end} is not within the {name}.")
            found[name].append((start, end))
        return cls(**{name: _tidy(found[name], words[name]) for name in FIELDS})

    @classmethod
    def everything(cls, *, title: str, text: str) -> Passages:
        """All of both, as where a text is removed."""
        return cls(
            title=((0, len(title)),) if title else (), text=((0, len(text)),) if text else ()
        )

    def __bool__(self) -> bool:
        return bool(self.title or self.text)

    def __or__(self, other: Passages) -> Passages:
        """Both together; they speak of the same words."""
        return Passages(_merged([*self.title, *other.title]), _merged([*self.text, *other.text]))

    def as_json(self) -> list[list[Any]]:
        return [[name, *span] for name in FIELDS for span in getattr(self, name)]

    def masked(self, title: str, text: str) -> tuple[str, str]:
        """Return title and text with the passages masked."""
        return _masked(title, self.title), _masked(text, self.text)

    def quoted_in(self, words: str, *, title: str, text: str) -> bool:
        """Whether ``words`` repeat a masked passage (of eight characters or more) as it stands."""
        passages = [title[start:end] for start, end in self.title]
        passages += [text[start:end] for start, end in self.text]
        said = words.casefold()
        return any(
            len(passage.strip()) >= QUOTED and passage.strip().casefold() in said
            for passage in passages
        )

    def before(self, earlier: Passages, *, title: str, text: str) -> Passages:
        """
        Say these passages, counted in the text masked by ``earlier``, in the original's places.

        ``title`` and ``text`` are the original ones.
        """
        return Passages(
            _merged(_traced(self.title, earlier.title, title)),
            _merged(_traced(self.text, earlier.text, text)),
        )


def passages_from(stored: Iterable[Sequence[Any]]) -> Passages:
    """Read what ``as_json`` wrote."""
    found: dict[str, list[Span]] = {"title": [], "text": []}
    for passage in stored:
        name, start, end = _read(passage)
        found[name].append((start, end))
    return Passages(tuple(found["title"]), tuple(found["text"]))


def digest(title: str, text: str) -> str:
    """Return what tells this text from any other one: for forms that point into it."""
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()


def _read(passage: Sequence[Any]) -> tuple[str, int, int]:
    try:
        name, start, end = passage
        start, end = int(start), int(end)
    except (TypeError, ValueError):
        raise BadPassage(f"A passage is [field, start, end], not {passage!r}.") from None
    if name not in FIELDS:
        raise BadPassage(f"A passage lies in one of {FIELDS}, not in {name!r}.")
    return str(name), start, end


def _tidy(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    edges = boundaries(text)
    widened = []
    for start, end in spans:
        first = edges[bisect_right(edges, start) - 1]
        while first and text[first - 1] in JOINERS:
            first -= 1
        widened.append((first, edges[bisect_left(edges, end)]))
    return _merged(widened)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _mark(passage: str) -> str:
    return MARK[: max(1, graphemes(passage))]


def _masked(text: str, spans: Sequence[Span]) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], _mark(text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def _traced(spans: Sequence[Span], earlier: Sequence[Span], original: str) -> list[Span]:
    """Return ``spans`` of the masked text as spans of the original one."""
    edges = [0, *(edge for span in earlier for edge in span), len(original)]
    plain = [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]
    starts, ends, place = [], [], 0
    for number, (begin, end) in enumerate(plain):
        starts.append((place, begin))
        place += end - begin
        ends.append((place, end))
        if number < len(earlier):
            hidden = earlier[number]
            starts.append((place, hidden[0]))
            place += len(_mark(original[hidden[0] : hidden[1]]))
            ends.append((place, hidden[1]))
    return [
        (_place(start, starts, ends, at_end=False), _place(end, starts, ends, at_end=True))
        for start, end in spans
    ]


def _place(at: int, starts: list[Span], ends: list[Span], *, at_end: bool) -> int:
    """Where ``at`` lies in the original; within a mark, at that mark's near edge."""
    for number, ((seen, begin), (seen_end, end)) in enumerate(zip(starts, ends, strict=True)):
        inside = seen < at <= seen_end if at_end else seen <= at < seen_end
        if not inside:
            continue
        is_mark = number % 2 == 1
        if is_mark:
            return end if at_end else begin
        return begin + at - seen
    return ends[-1][1]
