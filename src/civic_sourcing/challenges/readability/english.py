"""Words and syllables of English, and Flesch's Reading Ease."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"y?[aeiou]+y?|y")
_SILENT_END = re.compile(r"(?:[^laeiouy]|[aeiouy]l)es?$|[^aeiouytd]ed$")
_TWO_VOWELS = re.compile(
    r"(?:i[aou]|eo(?![up])|(?<![qb])u[aio]|[aeou]ing|ier|iest|^react|creat|[dr]eas?$|scie|quie)"
)
_ONE_AFTER_ALL = re.compile(r"(?:[cgst]i(?:on|ous|al|an|ent|a)|geo[nu]|gua|gui|quo)")


def words_of(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """
    How many syllables an English word has, by its spelling: right for nine words in ten.

    Letters of an acronym are spoken one by one.
    """
    if word.isupper() and len(word) > 1:
        return len(word)
    plain = word.lower().replace("’", "").replace("'", "")
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT_END.search(plain) and not plain.endswith(("ses", "zes", "ces", "ges")):
        count -= 1
    count += len(_TWO_VOWELS.findall(plain)) - len(_ONE_AFTER_ALL.findall(plain))
    return max(count, 1)


def score(sentences: list[list[str]], _hard: int) -> float:
    """
    Flesch's Reading Ease: ``206.835 − 1.015 · words/sentence − 84.6 · syllables/word``.

    60 and more is plain English (school grade 8 or 9), below 30 is read by specialists. Source:
    R. Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948).
    """
    words = sum(map(len, sentences))
    spoken = sum(syllables(word) for sentence in sentences for word in sentence)
    return 206.835 - 1.015 * words / len(sentences) - 84.6 * spoken / words
