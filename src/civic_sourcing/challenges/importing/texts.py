"""Plain texts of other services as paragraphs of ours: every word stays, stray markup goes."""

from __future__ import annotations

import re

from civic_sourcing.core.text import normalise, render
from civic_sourcing.core.text.hygiene import TextRefused

PARAGRAPH = 600
"""Characters after which a paragraph without any break ends with its sentence."""

LONGEST = 200_000

_BREAKS = re.compile(r"<br ?/?>|</?p(?: [^<>]{0,200})?>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:a|b|div|em|h[1-6]|i|li|ol|span|strong|sub|sup|u|ul)(?: [^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[a-z0-9)”\"][.?!]) (?=[A-Z“])")


def plain(text: str) -> str:
    """The text as it may be stored; empty where nothing visible is left."""
    text = _TAGS.sub("", _BREAKS.sub("\n\n", text))
    try:
        return normalise(text, max_length=LONGEST)
    except TextRefused:
        return ""


def one_line(text: str, most: int) -> str:
    """The text on one line of at most ``most`` characters, cut between words."""
    text = " ".join(plain(text).split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def paragraphs(text: str) -> str:
    """The text as HTML: its own breaks, else one after some sentences, addresses as links."""
    text = plain(text)
    return str(render("\n\n".join(_parted(text)))) if text else ""


def _parted(text: str) -> list[str]:
    parts: list[str] = []
    for block in text.split("\n\n"):
        begun = ""
        for sentence in _SENTENCES.split(block):
            begun = f"{begun} {sentence}" if begun else sentence
            if len(begun) >= PARAGRAPH:
                parts.append(begun)
                begun = ""
        parts += [begun] if begun else []
    return parts
