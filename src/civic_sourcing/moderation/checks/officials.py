"""Names that look like those of people who act for the city, in a text or above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks.letters import is_disguised
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit
from civic_sourcing.participants.confusables import joined_looks, look_of, skeleton
from civic_sourcing.participants.models.participants import NAME_COLUMN
from civic_sourcing.participants.names import holds_role, protected_skeletons

CACHE_KEY = "civic_moderation:protected_names"
REMEMBERED = 60
"""Seconds for which the names may be behind."""

MOST_NAMES = 5_000
MOST_WORDS = 50
"""Disguised words of one text that are looked at."""

WORDS_OF_A_NAME = 3
SHORTEST = 3
"""Letters of a name below which likeness means nothing."""

_CHUNK = re.compile(r"\S+")
_AROUND = ".,;:!?\"'“”‘’()[]«»…@"
NAMED_LIKE = _("It waits because your public name looks like that of somebody who works here.")


class OfficialsCheck(ContentCheck):
    """
    Mark a name of an official written with letters that only look like those of the name; hold
    what somebody writes whose own public name does. To name an official plainly is everybody's
    right.
    """

    key = "officials"
    label = _("Names like those of officials")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        names = protected_names()
        if text.author is not None and _passes_for_one(text, names):
            yield Hit(self.key, "hold", "public-name", NAMED_LIKE)
        spans = [
            (field, *span) for field, words in text.fields for span in disguised_names(words, names)
        ]
        if spans:
            yield Hit(self.key, "mark", "disguised-name", spans=spans)


def protected_names() -> frozenset[str]:
    """Return the skeletons of names that stand for the city, at most a minute behind."""
    names: frozenset[str] | None = cache.get(CACHE_KEY)
    if names is None:
        found = (name for name in protected_skeletons() if len(name) >= SHORTEST)
        names = frozenset(islice(found, MOST_NAMES))
        cache.set(CACHE_KEY, names, REMEMBERED)
    return names


def disguised_names(words: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Return where one of ``names`` stands in ``words`` with a letter that is not what it seems."""
    chunks = list(_CHUNK.finditer(words))
    disguised = (at for at, chunk in enumerate(chunks) if is_disguised(chunk.group()))
    looks = _Looks(chunks)
    spans: list[tuple[int, int]] = []
    for at in islice(disguised, MOST_WORDS):
        if spans and chunks[at].start() < spans[-1][1]:
            continue
        spans.extend(islice(_names_around(chunks, at, names, looks), 1))
    return spans


class _Looks(dict[int, str]):
    """What each of ``chunks`` looks like, found out when it is asked for."""

    def __init__(self, chunks: list[re.Match[str]]) -> None:
        self._chunks = chunks

    def __missing__(self, at: int) -> str:
        look = self[at] = look_of(self._chunks[at].group().strip(_AROUND))
        return look


def _names_around(
    chunks: list[re.Match[str]], at: int, names: Collection[str], looks: _Looks
) -> Iterator[tuple[int, int]]:
    for length in range(1, WORDS_OF_A_NAME + 1):
        for first in range(max(0, at - length + 1), min(at, len(chunks) - length) + 1):
            start, end = chunks[first].start(), chunks[first + length - 1].end()
            if end - start > NAME_COLUMN:
                continue
            if joined_looks(looks[first + each] for each in range(length)) in names:
                yield start, end


def _passes_for_one(text: CheckedText, names: Collection[str]) -> bool:
    assert text.author is not None
    return skeleton(text.author.public_name) in names and not holds_role(text.author.user)
