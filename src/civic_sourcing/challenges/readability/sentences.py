"""Where a sentence ends, for both languages."""

from __future__ import annotations

import re

ABBREVIATIONS = frozenset(
    [
        *("approx.", "art.", "cf.", "dept.", "dr.", "e.g.", "est.", "etc.", "fig.", "i.e."),
        *("inc.", "jr.", "ltd.", "mr.", "mrs.", "ms.", "no.", "nos.", "p.", "pp.", "prof."),
        *("sec.", "sr.", "st.", "u.k.", "u.s.", "vol.", "vs."),
    ]
)
_ENDS = re.compile(r"(?<=[.!?。！？…])[\"'”’)\]]*\s+|\n+")
_BULLET = re.compile(r"^\s*(?:[-*•·◦○●▪]|\(?\d{1,2}[.)]|[가-하][.)])\s+")


def sentences_of(text: str) -> list[str]:
    """
    The sentences of ``text``. A line ends one as well: headings and points of lists have no stop.

    A stop within a number, a web address or after a known abbreviation ends nothing.
    """
    found: list[str] = []
    open_end = False
    for line in text.splitlines():
        for part in filter(None, map(str.strip, _ENDS.split(_BULLET.sub("", line)))):
            if open_end:
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
            open_end = part.rpartition(" ")[2].lower().lstrip("(“\"'") in ABBREVIATIONS
        open_end = False
    return found
