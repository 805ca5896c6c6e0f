"""
What of a title survives editing: folded words, and the pieces they are found by.

Pure Python without Django, and without a word list of any language.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable

LONGEST = 300
"""Code points of a title that are looked at."""

LONGEST_TEXT = 5_000
"""Code points of a description that are looked at."""

WORDS_AT_MOST = 40
SHINGLE = 4
MARKS = 8
"""Keys of a description."""

SIGN = 1 << 31
LARGEST = SIGN - 2
"""The largest integer of the database but one, which counts titles."""

_KEPT_MARKS = {"\u3099", "\u309a"}  # the voicing of kana makes another letter
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
DENSE = "\uac00-\ud7a3\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The same as ``is_dense``, for a class of characters in a regular expression."""

_HANGUL = ("\uac00", "\ud7a3")
_IDEOGRAPHS = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))


def words(text: str) -> list[str]:
    """
    Return the words of ``text`` in their order: small letters without accents, and digits.

    Everything else parts words. Hangul stays in syllables, so ``"Łąka 주차장!"`` gives
    ``["laka", "주차장"]``.
    """
    return folded(text[:LONGEST])[:WORDS_AT_MOST]


def letters(word: str) -> str:
    """Return ``word`` letter by letter: a syllable of Hangul counts as its two or three letters."""
    return unicodedata.normalize("NFD", word)


def pieces(word: str) -> set[str]:
    """
    Return the pieces a folded word is found by, its beginning and end marked.

    Three characters in alphabets; two where one character is a syllable or a word (Hangul, Han,
    kana), so that ``주차장을`` and ``공영주차장`` share ``주차`` and ``차장``.
    """
    size = 2 if any(is_dense(character) for character in word) else 3
    marked = f" {word} "
    return {marked[at : at + size] for at in range(max(len(marked) - size + 1, 1))}


def piece_keys(title_words: Iterable[str]) -> set[int]:
    """Return the keys of all pieces of the words of a title."""
    return {key("p", piece) for word in title_words for piece in pieces(word)}


def title_keys(title_words: Iterable[str]) -> set[int]:
    """Return the key of a whole title, which the order and the case of its words do not change."""
    together = "".join(sorted(title_words))
    return {key("a", together)} if together else set()


def word_key(word: str) -> int:
    return key("w", word)


def text_keys(text: str) -> set[int]:
    """
    Return up to ``MARKS`` keys of a long text, by which a copy of it is found.

    They are the smallest hashes of its runs of ``SHINGLE`` words (MinHash): of two texts that have
    the share *s* of their runs in common, about *s* of the keys agree. A text of fewer than twelve
    words has none: too many would agree by chance.
    """
    every = folded(text[:LONGEST_TEXT])
    if len(every) < 3 * SHINGLE:
        return set()
    runs = {key("t", " ".join(every[at : at + SHINGLE])) for at in range(len(every) - SHINGLE + 1)}
    return set(sorted(runs)[:MARKS])


def key(kind: str, text: str) -> int:
    """Return 32 bits of a hash as the database's signed integer, the same on every machine."""
    return min(zlib.crc32(f"{kind}{text}".encode()) - SIGN, LARGEST)


def folded(text: str) -> list[str]:
    """Return all words of ``text`` as ``words`` has them, however many there are."""
    # Twice, because a letter of mathematics becomes a capital only when it is taken apart.
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in flat if not unicodedata.combining(c) or c in _KEPT_MARKS)
    whole = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return "".join(c if c.isalnum() else " " for c in whole).split()


def is_dense(character: str) -> bool:
    """Tell scripts in which one character is a syllable or a word."""
    if _HANGUL[0] <= character <= _HANGUL[1]:
        return True
    return any(first <= character <= last for first, last in _IDEOGRAPHS)
