"""
Town words in a text: exactly so, as word forms, with exceptions. No Django in here.

An entry is a word or a few words; a star stands for any ending (``word*``), any beginning
(``*word``) or both. Case, marks, width and, in Korean, particles make no difference, and neither
does writing it with look-alike letters, with signs inside or letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from civic_sourcing.moderation.checks.automaton import Automaton
from civic_sourcing.moderation.checks.korean import is_followed_by_endings
from civic_sourcing.moderation.checks.letters import (
    HANGUL,
    WORD,
    Run,
    disguised_words,
    fold,
    look,
    spelt_out_words,
    words,
)

STAR = "*"
SHORTEST = 2
"""Letters an entry must have; one letter is no word to look for."""

LOOSE_SHORTEST = 3
"""Letters from which a word is found inside a row of single letters; two in Korean."""

MOST = 200
"""Places looked at in one text; beyond them nothing new is learnt."""


@dataclass(frozen=True)
class Entry:
    """One line of a list: its words folded, and where it may begin and end inside another word."""

    words: str
    begins_anywhere: bool = False
    ends_anywhere: bool = False

    @classmethod
    def read(cls, line: str) -> Entry | None:
        """Read a line; ``None`` if it is empty or too short to look for."""
        line = line.strip()
        text = " ".join(WORD.findall(fold(line)))
        if len(text) < SHORTEST:
            return None
        return cls(text, line.startswith(STAR), line.endswith(STAR))

    @property
    def is_korean(self) -> bool:
        return bool(HANGUL.match(self.words[-1]))

    def fits(self, run: str, start: int, end: int) -> bool:
        """Whether it may stand from ``start`` to ``end`` of ``run``, whose words have spaces."""
        if not self.begins_anywhere and run[start - 1] != " ":
            return False
        if self.ends_anywhere or run[end] == " ":
            return True
        return self.is_korean and is_followed_by_endings(run, end)


@dataclass(frozen=True)
class Place:
    """Where an entry was found: ``start`` and ``end`` in the text, half open."""

    start: int
    end: int
    disguised: bool = False


@dataclass(frozen=True)
class Reading:
    """A text read once, for all lists."""

    plain: Run
    disguised: Run
    spelt_out: Run

    @classmethod
    def of(cls, text: str) -> Reading:
        return cls(words(text), disguised_words(text), spelt_out_words(text))


class Wording:
    """The entries of one list, ready to look for. Making it costs more than using it."""

    def __init__(self, entries: Iterable[str], exceptions: Iterable[str] = ()) -> None:
        wanted, allowed = _read(entries), _read(exceptions)
        self._plain = _Side({entry.words: entry for entry in wanted})
        self._allowed = _Side({entry.words: entry for entry in allowed})
        self._looks = _Side({look(entry.words): entry for entry in wanted})
        self._look_allowed = _Side({look(entry.words): entry for entry in allowed})

    def find(self, text: str | Reading) -> list[Place]:
        """Return where entries stand in ``text``, in order, but not inside exceptions."""
        read = Reading.of(text) if isinstance(text, str) else text
        allowed = self._allowed.places(read.plain)
        places = _without(self._plain.places(read.plain), allowed)
        hidden = _without(
            [*self._looks.places(read.disguised), *self._looks.places(read.spelt_out, loose=True)],
            [*self._look_allowed.places(read.disguised), *allowed],
        )
        found = {(place.start, place.end): True for place in hidden}
        found |= {(place.start, place.end): False for place in places}
        return [Place(*span, disguised) for span, disguised in sorted(found.items())]


class _Side:
    """Entries by how they are written or look."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries
        self._automaton = Automaton(entries)

    def places(self, run: Run, *, loose: bool = False) -> list[Place]:
        """Return the places in ``run``; ``loose`` lets long enough entries stand anywhere."""
        if not self._entries or len(run.text) < SHORTEST:
            return []
        return list(self._found(run, loose))

    def _found(self, run: Run, loose: bool) -> Iterator[Place]:
        number = 0
        for end, pattern in self._automaton.find(run.text):
            entry, start = self._entries[pattern], end - len(pattern)
            if (loose and _is_long(entry)) or entry.fits(run.text, start, end):
                yield Place(*run.span(start, end))
                number += 1
                if number >= MOST:
                    return


def _is_long(entry: Entry) -> bool:
    return len(entry.words) >= (SHORTEST if entry.is_korean else LOOSE_SHORTEST)


def _read(lines: Iterable[str]) -> list[Entry]:
    return [entry for entry in map(Entry.read, lines) if entry is not None]


def _without(places: Sequence[Place], allowed: Sequence[Place]) -> list[Place]:
    """Leave out what lies inside something allowed."""
    return [
        place
        for place in places
        if not any(each.start <= place.start and place.end <= each.end for each in allowed)
    ]
