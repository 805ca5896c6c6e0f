"""The measure itself: a score from 0 to 100, the same scale in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from civic_sourcing.challenges.readability import english, korean
from civic_sourcing.challenges.readability.sentences import sentences_of
from civic_sourcing.challenges.readability.vocabulary import hard_words

SHOWN = 5
"""Remarks of one kind that are worth reading at once."""


class Language(StrEnum):
    ENGLISH = "en"
    KOREAN = "ko"


class Level(StrEnum):
    """``PLAIN``: 60 and more. ``DEMANDING``: 40 to 59. ``HARD``: below."""

    PLAIN = "plain"
    DEMANDING = "demanding"
    HARD = "hard"

    @classmethod
    def of(cls, score: int) -> Level:
        return cls.PLAIN if score >= 60 else cls.DEMANDING if score >= 40 else cls.HARD


@dataclass(frozen=True)
class Remark:
    """
    One place to look at: ``kind`` is ``long-sentence`` or ``hard-word``.

    ``text`` is the sentence or the word as written, ``hint`` the number of words or a plainer word.
    """

    kind: str
    text: str
    hint: str


@dataclass(frozen=True)
class Readability:
    """
    ``score`` is 0 (hard) to 100 (plain); ``None`` for too little text to say anything.

    ``words`` are words in English and eojeol (words between blanks) in Korean.
    """

    language: Language
    score: int | None
    sentences: int
    words: int
    words_per_sentence: float
    remarks: tuple[Remark, ...]

    @property
    def level(self) -> Level | None:
        return None if self.score is None else Level.of(self.score)


LEAST_WORDS = {Language.ENGLISH: 20, Language.KOREAN: 12}
"""Below it the figures swing with every word, and nothing is said."""
LONG_SENTENCE = {Language.ENGLISH: 25, Language.KOREAN: 20}
"""Words in a sentence above which people lose the thread."""
SCORES: dict[Language, Callable[[list[list[str]], int], float]] = {
    Language.ENGLISH: english.score,
    Language.KOREAN: korean.score,
}
WORDS: dict[Language, Callable[[str], list[str]]] = {
    Language.ENGLISH: english.words_of,
    Language.KOREAN: korean.words_of,
}


def language_of(code: str) -> Language | None:
    """The language measured for a code such as ``en-gb``; ``None`` where there is no measure."""
    base = code.partition("-")[0]
    return Language(base) if base in set(Language) else None


def readability(text: str, language: str) -> Readability | None:
    """
    Measure a plain text in a language of code ``language``; ``None`` where none is measured.

    The score of English is Flesch's Reading Ease (1948), cut to 0–100. That of Korean is this
    project's own: see ``korean.score``.
    """
    spoken = language_of(language)
    if spoken is None:
        return None
    pairs = [(sentence, WORDS[spoken](sentence)) for sentence in sentences_of(text)]
    pairs = [(sentence, words) for sentence, words in pairs if words]
    total = sum(len(words) for _sentence, words in pairs)
    hard = hard_words(text, spoken)
    enough = total >= LEAST_WORDS[spoken]
    score = SCORES[spoken]([words for _sentence, words in pairs], len(hard)) if enough else None
    return Readability(
        language=spoken,
        score=None if score is None else round(min(max(score, 0), 100)),
        sentences=len(pairs),
        words=total,
        words_per_sentence=round(total / len(pairs), 1) if pairs else 0.0,
        remarks=(*_long_sentences(pairs, LONG_SENTENCE[spoken]), *_plainer(hard)),
    )


def _long_sentences(pairs: list[tuple[str, list[str]]], most: int) -> list[Remark]:
    long = [(sentence, len(words)) for sentence, words in pairs if len(words) > most]
    longest = sorted(long, key=lambda pair: -pair[1])[:SHOWN]
    return [Remark("long-sentence", sentence, str(count)) for sentence, count in longest]


def _plainer(hard: list[tuple[str, str]]) -> list[Remark]:
    return [Remark("hard-word", word, plain) for word, plain in list(dict(hard).items())[:SHOWN]]
