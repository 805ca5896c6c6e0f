"""Eojeol and syllables of Korean, and a score of this project's own."""

from __future__ import annotations

import re

_WORD = re.compile(r"[0-9A-Za-z가-힣㐀-䶿一-鿿]+(?:[.,·/'’%-][0-9A-Za-z가-힣]+)*")
_SYLLABLE = re.compile(r"[가-힣]")

SHORT_SENTENCE = 8
"""Eojeol up to which a sentence costs nothing."""
SHORT_WORD = 2.6
"""Syllables of an eojeol up to which it costs nothing; everyday Korean has 2.5 to 3."""


def words_of(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def score(sentences: list[list[str]], hard: int) -> float:
    """
    ``100 − 3·(e − 8) − 25·(s − 2.6) − 200·h − 40·long``, no part of it below 0.

    ``e`` eojeol per sentence, ``s`` syllables per eojeol of Hangul, ``h`` the share of eojeol with
    an office word that has a plainer one, ``long`` the share of sentences of more than 20 eojeol.

    No formula is settled for Korean as Flesch's is for English. This one counts what the guides to
    plain official Korean (쉬운 공공언어) ask for: short sentences, no chains of Sino-Korean nouns
    without particles, no office words. The weights are chosen so that notices rewritten by such a
    guide come out as plain and what they were rewritten from as hard; see the tests.
    """
    words = [word for sentence in sentences for word in sentence]
    length = len(words) / len(sentences)
    spoken = [count for count in (len(_SYLLABLE.findall(word)) for word in words) if count]
    syllables = sum(spoken) / len(spoken) if spoken else 0
    long = sum(len(sentence) > 20 for sentence in sentences) / len(sentences)
    return (
        100
        - 3 * max(length - SHORT_SENTENCE, 0)
        - 25 * max(syllables - SHORT_WORD, 0)
        - 200 * hard / len(words)
        - 40 * long
    )
