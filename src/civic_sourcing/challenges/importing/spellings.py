"""
What the spellings of types and legal authorities mean. Pure.

A type is told by its words: ``Software/Apps``, ``software and apps`` and ``Software`` have one word
in common that no other type has. So a list is split at every comma, semicolon, slash, ampersand
and “and”, and each piece names a type by how it begins (``spellings.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SPLIT = re.compile(r"[,;/&()\[\]]|\band\b", re.IGNORECASE)


@dataclass(frozen=True)
class Types:
    """Types by their keys, and what could not be read."""

    named: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


OTHER = "other"
"""The key of laws outside the list."""


class UnknownSpelling(ValueError):
    """Words that name no law."""


@cache
def _table() -> dict[str, Any]:
    text = files(__package__).joinpath("spellings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_types(value: str | Iterable[str] | None) -> Types:
    """
    Return the types a record names, each once, in its order, and the pieces that name none.

    Takes a list, or a text with ``;`` or ``,`` between them.
    """
    if value is None:
        return Types()
    texts = [value] if isinstance(value, str) else list(value)
    named: dict[str, None] = {}
    unknown: list[str] = []
    for piece in (part.strip() for text in texts for part in _SPLIT.split(text)):
        if name := _type_of(piece):
            named[name] = None
        elif piece:
            unknown.append(piece)
    return Types(tuple(named), tuple(unknown))


def _type_of(piece: str) -> str:
    folded = " ".join(piece.casefold().split())
    for name, beginnings in _table()["types"].items():
        if folded.startswith(tuple(beginnings)):
            return str(name)
    return ""


def read_authority(text: str) -> str:
    """
    Return the key of the legal basis a text means, ``""`` for a blank one.

    One that names a statute outside the list is ``OTHER``. Raises ``UnknownSpelling`` for words
    that name no law at all.
    """
    folded = " ".join(text.casefold().replace("-", " ").replace("–", " ").split())
    if not folded:
        return ""
    for rule in _table()["authorities"]:
        if any(all(word in folded for word in words) for words in rule["any_of"]):
            return str(rule["key"])
    raise UnknownSpelling(text)
