"""
Reading ``forum_texts/*.txt``: ideas, what was said about them, and what the city answered.

An idea begins with ``= title``. Below stands one line of facts, ``@author category district
name=value …`` (a reason to withdraw in quotes), then its text, then what followed::

    > a comment         >> a reply to it        >>> a reply to that
    >+ for  >- against  >~ neither            >>@ by the author   >% by an official
    ! a line of the official answer

Who says the rest is left to the loader.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("forum_texts")
SAID = re.compile(r"(?P<depth>>{1,3})(?P<mark>[-+~@%]?) (?P<text>.+)")
HANGUL = re.compile("[가-힣]")
POSITIONS = {"+": "for", "-": "against", "~": "neutral"}


@dataclass(frozen=True)
class Remark:
    """One comment; ``depth`` 1 begins a thread, ``mark`` is one of ``+-~@%`` or nothing."""

    depth: int
    mark: str
    text: str

    @property
    def language(self) -> str:
        return language_of(self.text)

    @property
    def position(self) -> str:
        return POSITIONS.get(self.mark, "")


@dataclass
class WrittenIdea:
    """One idea as the file has it; ``facts`` are what its loader makes of it."""

    title: str
    author: str = ""
    category: str = ""
    district: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    remarks: list[Remark] = field(default_factory=list)
    answer_lines: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        return language_of(self.title)

    @property
    def description(self) -> str:
        return "\n\n".join(" ".join(lines) for lines in self.paragraphs if lines)

    @property
    def answer(self) -> str:
        return " ".join(self.answer_lines)

    @property
    def tags(self) -> list[str]:
        return _listed(self.facts.get("tags"))

    @property
    def supporters(self) -> list[str]:
        """Usernames of those who support it by name."""
        return _listed(self.facts.get("from"))

    @property
    def supports(self) -> int:
        """How many people support it in all."""
        return int(self.facts.get("supports", len(self.supporters)))

    def take(self, line: str) -> None:
        """Read one line below the title."""
        said = SAID.fullmatch(line)
        if said:
            depth, mark, text = len(said["depth"]), said["mark"], said["text"]
            self.remarks.append(Remark(depth, mark, text))
        elif line.startswith("@"):
            self.author, self.category, self.district, *facts = shlex.split(line[1:])
            self.facts = dict(fact.split("=", 1) for fact in facts)
        elif line.startswith("! "):
            self.answer_lines.append(line[2:])
        elif line:
            self.paragraphs[-1].append(line)
        else:
            self.paragraphs.append([])


@cache
def written(name: str) -> list[WrittenIdea]:
    """Return the ideas of one forum, in the order of their file."""
    return list(_ideas((FOLDER / f"{name}.txt").read_text("utf-8").splitlines()))


@cache
def texts(name: str) -> dict[str, Any]:
    """Return ``forum_texts/NAME.json``."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return loaded


def language_of(text: str) -> str:
    """Korean where there is as much as one syllable of it per four characters, else English."""
    return "ko" if len(HANGUL.findall(text)) * 4 > len(text) else "en"


def _ideas(lines: list[str]) -> Iterator[WrittenIdea]:
    idea: WrittenIdea | None = None
    for line in lines:
        if line.startswith("= "):
            if idea:
                yield idea
            idea = WrittenIdea(line[2:])
        elif idea:
            idea.take(line)
    if idea:
        yield idea


def _listed(words: str | None) -> list[str]:
    return words.split(",") if words else []
