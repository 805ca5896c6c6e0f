"""
When an edit says something else than before, and when it only mends the wording.

Pure: no Django, no database. Whoever supported an idea stands behind what it said then, so the rule
errs on one side: in doubt an edit is material, and supporters are asked.

An edit is a correction, and not material, if all of this holds:

1. No word came, went or changed its place. Words are compared without case, accents of typing
   (NFKC), punctuation and spaces, so that ``play ground`` and ``playground`` are one.
2. A changed word keeps its first letter, and no more than one letter of it differs (two in words of
   ten letters and more; two neighbours that changed places count as one). Words of three letters
   and less do not change. Letters of Korean are jamo: 주차장을 and 주차장를 differ in two.
3. No figure changed: not in amounts, dates, times, numbers of houses.
4. As many words deny as before (``not``, ``never``, ``no``, 없, 않, 못, 안 …).
5. No more than three words changed, or one in twenty, whichever is more.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

SHORTEST_WORD, LONG_WORD = 4, 10
"""Letters from which a word may differ in one letter, and in two."""

FEWEST_WORDS, ONE_IN = 3, 20

_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile(r"['’]")
_FIGURES = re.compile(r"\d+")
_DENIALS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot"
    r"|(?:do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|should|must|need)nt)\b"
    r"|[없않못안]",
    re.IGNORECASE,
)


def is_material(before: str, after: str) -> bool:
    """Whether ``after`` says something else than ``before``, by the rule of this module."""
    old, new = _plain(before), _plain(after)
    if _denials(old) != _denials(new) or _FIGURES.findall(old) != _FIGURES.findall(new):
        return True
    old_words, new_words = _words(old), _words(new)
    if "".join(old_words) == "".join(new_words):
        return False
    changed = 0
    for pairs in _changes(old_words, new_words):
        for was, now in pairs:
            if was != now and not _is_slip(was, now):
                return True
            changed += was != now
    longer = max(len(old_words), len(new_words))
    return changed > max(FEWEST_WORDS, longer // ONE_IN)


def _changes(old: list[str], new: list[str]) -> list[list[tuple[str, str]]]:
    """The words that differ in pairs; several that were joined or parted stand as one."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    return [_pairs(old[i:j], new[k:m]) for _kind, i, j, k, m in steps]


def _pairs(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return [("".join(old), "".join(new))]


def _is_slip(was: str, now: str) -> bool:
    was, now = (unicodedata.normalize("NFD", word) for word in (was, now))
    shorter = min(len(was), len(now))
    if shorter < SHORTEST_WORD or was[0] != now[0]:
        return False
    allowed = 2 if shorter >= LONG_WORD else 1
    return abs(len(was) - len(now)) <= allowed and _distance(was, now) <= allowed


def _distance(was: str, now: str) -> int:
    """Letters to put in, take out or replace; neighbours that changed places count once."""
    before: list[int] = []
    row = list(range(len(now) + 1))
    for i, letter in enumerate(was, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(now, 1):
            cost = before[j - 1] + (letter != other)
            cost = min(cost, before[j] + 1, row[j - 1] + 1)
            swapped = i > 1 and j > 1 and letter == now[j - 2] and was[i - 2] == other
            row.append(min(cost, last[j - 2] + 1) if swapped else cost)
    return row[-1]


def _plain(text: str) -> str:
    return _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _denials(text: str) -> list[str]:
    return sorted(_DENIALS.findall(text))
