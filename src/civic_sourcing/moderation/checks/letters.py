"""
Words as they are compared: without case, marks and width, and, where somebody plays with letters,
as they look at a glance.

Everything here maps one character to one character, so that positions stay those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from civic_sourcing.participants.confusables import skeleton

WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_DISGUISED = re.compile(r"[^\W\d_][\d@$!|*_.~^-]+[^\W\d_]|[\d@$!|][^\W\d_]|[^\W\d_][@$!|](?=\w)")
_LATIN = re.compile(r"[a-zA-Z\u00C0-\u024F]")
_LOOKALIKE = re.compile(r"[\u0370-\u03FF\u0400-\u052F\u0531-\u0587]")
_SPELT_OUT = re.compile(r"(?<!\w)[^\W_](?:[ .*~·/-]{1,3}[^\W_](?!\w)){2,}")
_SHORT = 64
_REMEMBERED = 30_000
"""Letters a table keeps; a text made of all of Unicode must not fill the memory."""

HANGUL = re.compile(r"[\uAC00-\uD7A3]")


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that fills itself."""

    def __missing__(self, code: int) -> str:
        folded = self.fold(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded

    def fold(self, letter: str) -> str:
        plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", letter).casefold())
        bare = unicodedata.normalize("NFC", "".join(c for c in plain if not _is_mark(c)))
        return bare if len(bare) == 1 else letter


class _Looks(_Folding):
    def fold(self, letter: str) -> str:
        look = skeleton(letter)
        return look if len(look) == 1 else super().fold(letter)


_folding, _looks = _Folding(), _Looks()


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """
    Return ``text`` without case, marks and width, every character in its place.

    Several checks ask for the same text one after the other.
    """
    return text.translate(_folding)


def look(text: str) -> str:
    """Return ``text`` as it looks, letters of other scripts, digits and signs taken for Latin."""
    return text.translate(_looks)


@dataclass
class Run:
    """Words with a space before, between and after, and where each character stood in the text."""

    text: str = " "
    origins: list[int] = field(default_factory=lambda: [-1])

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, Iterable[int]]]) -> Run:
        """Put ``pieces`` (words and the positions of their characters) behind each other."""
        words, origins = [""], [-1]
        for word, positions in pieces:
            words.append(word)
            origins.extend(positions)
            origins.append(-1)
        return cls(" ".join([*words, ""]) if len(words) > 1 else " ", origins)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from ``start`` to ``end`` stood in the text."""
        return self.origins[start], self.origins[end - 1] + 1


def words(text: str) -> Run:
    """The words of ``text``, folded."""
    folded = fold(text)
    return Run.of((m.group(), range(m.start(), m.end())) for m in WORD.finditer(folded))


def disguised_words(text: str) -> Run:
    """Words written to be overlooked: with letters of two scripts, digits or signs inside."""
    return Run.of(_undisguised(text))


def spelt_out_words(text: str) -> Run:
    """Words written letter by letter, each such row as one."""
    return Run.of(
        _letters(look(m.group()), m.start(), hangul=bool(HANGUL.search(m.group())))
        for m in _SPELT_OUT.finditer(text)
    )


def is_disguised(written: str) -> bool:
    """
    Whether ``written``, something without spaces, mixes scripts or has signs for letters.

    Several checks ask about the same pieces of one text, so that the latest are remembered.
    """
    return _disguised(written) if len(written) <= _SHORT else _disguised.__wrapped__(written)


@lru_cache(maxsize=8192)
def _disguised(written: str) -> bool:
    if written.isalpha() and (written.isascii() or not _LOOKALIKE.search(written)):
        return False
    mixed = _LATIN.search(written) and _LOOKALIKE.search(written)
    return bool(mixed or _DISGUISED.search(written))


def _undisguised(text: str) -> Iterator[tuple[str, list[int]]]:
    for chunk in _CHUNK.finditer(text):
        written = chunk.group()
        if is_disguised(written):
            hangul = bool(HANGUL.search(written))
            yield _letters(look(written), chunk.start(), hangul=hangul)


def _letters(written: str, start: int, *, hangul: bool) -> tuple[str, list[int]]:
    """Only what counts as a letter; in Korean only Hangul, as digits and signs are put between."""
    is_kept = _is_hangul if hangul else str.isalnum
    kept = [at for at, letter in enumerate(written, start) if is_kept(letter)]
    return "".join(filter(is_kept, written)), kept


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me")
