"""
How words are compared: folded texts, the pieces they are found by, and what a query asks for.

Pure Python without Django. Hangul, Han and kana are found anywhere in a word, because words are
written together there (주차장 is in 주차장을 and in 공영주차장); words of alphabets are found by
their beginning (bench is in benches, and art is not in start).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from civic_sourcing.attribution.similar.grams import DENSE, folded, is_dense

FORMAT = 1
"""Raise it when a text gives other words or pieces: everything is read anew then."""

LONGEST_QUERY = 100
TERMS_AT_MOST = 8
BEGINNINGS = (2, 4, 6)
"""Letters of a word's beginning that are pieces: any query of two letters or more has one."""

CROSSING = 4
"""Syllables from which on a word is looked for across spaces, too: 공영 주차장 for 공영주차장."""

_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑'’.·][^\W_]+)+")
_PARTS = re.compile(rf"\d*[{DENSE}][{DENSE}\d]*|[^{DENSE}]+")
_JOINTS = re.compile(r"[-‐‑'’.·]")
_AFTER_CONSONANT = ("으로", "이랑", "이나", "은", "이", "을", "과")
_AFTER_VOWEL = ("랑", "나", "는", "가", "를", "와", "로")
_AFTER_ANY = (
    *("에서는", "에서도", "까지", "부터", "처럼", "보다", "에서", "에게", "에는", "에도"),
    *("하고", "마다", "의", "에", "도", "만"),
)
_PARTICLES = frozenset({*_AFTER_CONSONANT, *_AFTER_VOWEL, *_AFTER_ANY})
_ENDINGS = (
    (re.compile(r"(?<=..)ies$"), ("y", "ie")),
    (re.compile(r"(?<=[aiou])ses$"), ("s", "se")),
    (re.compile(r"(?<=ch|sh|ss|zz)es$|(?<=x)es$"), ("",)),
    (re.compile(r"(?<![sui])s$"), ("",)),
    (re.compile(r"(?<=[^aeiou])y$"), ("y", "ie")),
)
"""Endings of English nouns, and what stands in the place of each."""

_FIRST_SYLLABLE, _FINALS, _RIEUL = 0xAC00, 28, 8


@dataclass(frozen=True)
class Term:
    """
    One word of a query. Any of ``stems`` will do: anywhere in a word if ``inside``, otherwise at
    its beginning. ``across`` spaces, too, if it is long enough.
    """

    stems: tuple[str, ...]
    inside: bool = False

    @property
    def across(self) -> bool:
        return self.inside and len(self.stems[0]) >= CROSSING

    def pattern(self, stem: str) -> str:
        """What is looked for in the folded words; one or two letters are a word of their own."""
        if self.inside:
            return stem
        return f" {stem} " if len(stem) <= 2 else f" {stem}"

    def pieces(self, stem: str) -> set[str]:
        """Pieces that every text with ``stem`` has; none if it is too short."""
        if self.inside:
            return _inner(stem)
        lengths = [length for length in BEGINNINGS if length <= len(stem)]
        return {stem[: lengths[-1]]} if lengths else set()


def words_of(text: str) -> str:
    """
    Return the folded words of ``text`` with a space around each, as the database keeps them.

    Written-together scripts and alphabets are set apart (``공공wifi`` gives two words), and what
    has hyphens is there a second time without them.
    """
    together = [_JOINTS.sub("", found) for found in _HYPHENATED.findall(text)]
    words = [part for word in folded(" ".join([text, *together])) for part in _parts(word)]
    return f" {' '.join(words)} " if words else ""


def pieces_of(words: str) -> set[str]:
    """Return the pieces the folded ``words`` are found by."""
    pieces: set[str] = set()
    run = ""
    for word in words.split():
        if _is_dense(word):
            run += word
            continue
        pieces |= _inner(run)
        run = ""
        pieces |= {word[:length] for length in BEGINNINGS if length <= len(word)}
    return pieces | _inner(run)


def terms_of(query: str) -> list[Term]:
    """Return what ``query`` asks for; all of it has to be found. Empty if it has no words."""
    short = unicodedata.normalize("NFC", query)[:LONGEST_QUERY]
    joined = _HYPHENATED.sub(lambda found: _JOINTS.sub("", found[0]), short)
    words = (part for word in folded(joined) for part in _without_lone_particles(_parts(word)))
    return [_term(word) for word in dict.fromkeys(words)][:TERMS_AT_MOST]


def _term(word: str) -> Term:
    if _is_dense(word):
        return Term((_without_particle(word),), inside=True)
    return Term(tuple(_stems(word)))


def _parts(word: str) -> list[str]:
    """Cut where letters of an alphabet meet Hangul, Han or kana; a number stays with what counts:
    ``3동`` and ``cctv2`` are one word each."""
    parts: list[str] = _PARTS.findall(word)
    return parts


def _is_dense(word: str) -> bool:
    return any(map(is_dense, word))


def _without_lone_particles(parts: list[str]) -> list[str]:
    """Leave out what only says which part of the sentence a word is: the 를 of ``cctv를``."""
    return [part for at, part in enumerate(parts) if not at or part not in _PARTICLES]


def _inner(word: str) -> set[str]:
    """One and two characters from anywhere in ``word``."""
    return {word[at : at + size] for size in (1, 2) for at in range(len(word) - size + 1)}


def _without_particle(word: str) -> str:
    """Cut one particle off the end, if it fits the syllable before it and two syllables stay."""
    for particles, fits in (
        (_AFTER_ANY, lambda final: True),
        (_AFTER_CONSONANT, lambda final: final != 0),
        (_AFTER_VOWEL, lambda final: final == 0),
    ):
        for particle in particles:
            stem = word.removesuffix(particle)
            if stem != word and len(stem) >= 2 and fits(_final(stem[-1])):
                return stem
    if word.endswith("로") and len(word) > 2 and _final(word[-2]) == _RIEUL:
        return word[:-1]
    return word


def _final(syllable: str) -> int:
    """The number of the consonant a syllable of Hangul ends with, 0 for a vowel."""
    code = ord(syllable) - _FIRST_SYLLABLE
    return code % _FINALS if 0 <= code < 11_172 else 0


def _stems(word: str) -> Iterable[str]:
    """Beginnings that an English word and its other forms share; other words stay whole."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return [word]
    for pattern, endings in _ENDINGS:
        if pattern.search(word):
            return [pattern.sub(ending, word) for ending in endings]
    return _without_ending_of_verb(word)


def _without_ending_of_verb(word: str) -> list[str]:
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and _has_vowel(stem) and not word.endswith("eed"):
            return [stem[:-1] if _doubled(stem) else stem]
    return [word.removesuffix("e") if len(word) > 4 else word]


def _has_vowel(stem: str) -> bool:
    return any(vowel in stem for vowel in "aeiouy")


def _doubled(stem: str) -> bool:
    return len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
