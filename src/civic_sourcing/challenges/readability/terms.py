"""Terms a text must not leave unexplained: its acronyms, and what its glossary promises."""

from __future__ import annotations

import re
from collections.abc import Mapping

Glossary = Mapping[str, str]
"""``{term: what it means}``, as the challenge's editors wrote it."""

KNOWN = frozenset(
    [
        *("AM", "CD", "CEO", "DIY", "DVD", "EU", "FAQ", "GPS", "ID", "IT", "OK", "PC", "PDF"),
        *("PM", "SMS", "TV", "UK", "UN", "URL", "US", "USA", "USB"),
    ]
)
"""Acronyms everybody reads as words."""
_ACRONYM = re.compile(r"(?<![A-Za-z0-9&-])[A-Z](?:[A-Z0-9&-]*[A-Z0-9])s?(?![A-Za-z0-9])")
_ROMAN = re.compile(r"[IVXLC]+")


def unexplained(text: str, glossary: Glossary) -> list[str]:
    """
    The acronyms of ``text`` that nobody explains, each once, in order.

    One is explained by ``glossary`` (case does not matter), or where it stands beside brackets for
    the first time: “geographic information system (GIS)”, “GIS (geographic information system)”.
    Words all in capitals (a heading) are longer than six letters or stand in a line of their like.
    """
    known = {term.strip().casefold() for term, meaning in glossary.items() if meaning.strip()}
    found: dict[str, None] = {}
    for line in text.splitlines():
        if not _is_shouted(line):
            found |= {match[0].removesuffix("s"): None for match in _ACRONYM.finditer(line)}
    return [term for term in found if _wants_explaining(term, known, text)]


def _wants_explaining(term: str, known: set[str], text: str) -> bool:
    if term in KNOWN or term.casefold() in known or len(term) > 6 or not term.strip("0123456789"):
        return False
    if _ROMAN.fullmatch(term) or sum(map(str.isalpha, term)) < 2:
        return False
    word = re.escape(term)
    beside = rf"\w[^()\n]{{2,}}\({word}s?\)|(?<![A-Za-z]){word}s?\s?\((?=[^()\n]{{4,}}\))"
    return re.search(beside, text) is None


def _is_shouted(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    words = line.split()
    return (
        len(words) > 2
        and bool(letters)
        and all(map(str.isupper, letters))
        and len(letters) > 0.8 * sum(map(str.isalpha, line))
    )
