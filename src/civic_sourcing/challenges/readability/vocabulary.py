"""Words of offices that have a plainer one."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

PACKAGE = "civic_sourcing.challenges.readability"


def hard_words(text: str, language: str) -> list[tuple[str, str]]:
    """Each office word of ``text`` as often as it stands there, with a plainer one, in order."""
    plainer = plain_words(language)
    if not plainer:
        return []
    found = (match[0].lower() for match in _pattern(language).finditer(text))
    return [(word, plainer[word]) for word in found]


@cache
def plain_words(language: str) -> dict[str, str]:
    """``{office word: plainer one}`` of one language."""
    document = json.loads((files(PACKAGE) / "plain_words.json").read_text("utf-8"))
    words: dict[str, str] = document.get(language, {})
    return words


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Whole words in English; in Korean the start of an eojeol, as particles follow the word."""
    longest_first = sorted(plain_words(language), key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    end = r"(?![A-Za-z])" if language == "en" else ""
    return re.compile(rf"(?<![0-9A-Za-z가-힣])(?:{either}){end}", re.IGNORECASE)
