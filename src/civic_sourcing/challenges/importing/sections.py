"""
The parts a published text tells of: criteria with points, parts of a prize, phases. Pure.

Texts of many hands are read with caution: only wording that leaves no doubt, and only a whole that
adds up. What is not certain is left to the text itself, and ``()`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from civic_sourcing.challenges.importing.months import read_span

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"


@dataclass(frozen=True)
class CriterionRead:
    """A criterion of phase ``phase`` (from 1) with the most points it can bring."""

    phase: int
    title: str
    description: str
    points: int
    is_bonus: bool = False


@dataclass(frozen=True)
class PrizePart:
    """``units`` of currency, shared evenly by up to ``winners``; ``phase`` is 0 if not said."""

    label: str
    units: Decimal
    winners: int
    phase: int = 0


@dataclass(frozen=True)
class PhaseRead:
    number: int
    title: str
    begins: date | None
    ends: date | None


_BLOCK = re.compile(
    r"Judges may assign up to (?P<points>\d{1,3}) (?P<bonus>bonus )?points"
    r"[^.:]*?\bPhase (?P<phase>\d)\b[^:]*?following(?: "
    rf"(?P<number>{_NUMBER}))? selection criteri(?:a|on):"
)
_FINALISTS = re.compile(
    r"Judges may assign up to (?P<points>\d{1,3}) points for each selection criterion during the "
    r"judging of finalist submissions[^:]*?following (?P<number>[a-z]+|\d+) selection criteria:"
)
_TITLE = re.compile(r"(?:^|(?<=[a-z)][.] ))(?P<title>[A-Z][a-z]+(?: [a-z]+){0,4})\. (?=The )")
_BOUNDARY = re.compile(
    r"(?<=[a-z)][.] )(?=Judges may |The Department |Up to \d|[A-Z][a-z]+ selection criteria )"
)


def read_criteria(text: str) -> tuple[CriterionRead, ...]:
    """
    Criteria of “Judges may assign up to 20 points for each selection criterion … of Phase 1 …
    following five selection criteria: Title. The extent to which …”.

    The number announced must be the number found, else nothing is read.
    """
    text = " ".join(text.split())
    found: list[CriterionRead] = []
    blocks = sorted(_blocks(text), key=lambda block: block[0])
    for start, phase, points, number, is_bonus in blocks:
        body = _BOUNDARY.split(text[start:].lstrip(), maxsplit=1)[0]
        criteria = list(_titled(body, phase, points, is_bonus))
        if len(criteria) != number:
            return ()
        found += criteria
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield where a list begins, its phase, its points, how many it announces, whether a bonus."""
    for match in _BLOCK.finditer(text):
        number = read_number(match["number"] or "one")
        yield match.end(), int(match["phase"]), int(match["points"]), number, bool(match["bonus"])
    for match in _FINALISTS.finditer(text):
        yield match.end(), 2, int(match["points"]), read_number(match["number"]), False


def _titled(body: str, phase: int, points: int, is_bonus: bool) -> Iterator[CriterionRead]:
    titles = list(_TITLE.finditer(body))
    ends = [*(title.start() for title in titles[1:]), len(body)]
    for title, end in zip(titles, ends, strict=False):
        description = body[title.end() : end].strip()
        yield CriterionRead(phase, title["title"], description, points, is_bonus)


_MONEY = r"(?:US)?\$(?P<money>\d{1,3}(?:,\d{3})+|\d+)(?:\.00)?"
_EVENLY = re.compile(
    rf"The {_MONEY}(?: Phase (?P<phase>\d))? cash prize pool will be (?:distributed evenly among "
    rf"up to (?P<shared>{_NUMBER}) (?P<label>[a-z]+)|awarded to one (?P<one>[a-z ]+?))\."
)
_PLACE = re.compile(
    r"\b(?P<label>(?:First|Second|Third|Fourth|Fifth|1st|2nd|3rd|4th|5th)(?: [Pp]lace| [Pp]rize)?)"
    rf"[ :=(–-]+{_MONEY}(?![,\d.]*\d)"
)


def read_prizes(text: str, total: Decimal | None) -> tuple[PrizePart, ...]:
    """
    Parts of “First place: $3,000” or “The $500,000 Phase 1 cash prize pool will be distributed
    evenly among up to five finalists”, if they add up to ``total`` to the unit.
    """
    text = " ".join(text.split())
    for reading in (_shared, _placed):
        parts = tuple(reading(text))
        if len(parts) > 1 and sum(part.units for part in parts) == total:
            return parts
    return ()


def _shared(text: str) -> Iterator[PrizePart]:
    for match in _EVENLY.finditer(text):
        winners = read_number(match["shared"] or "one")
        label = (match["label"] or match["one"]).capitalize()
        yield PrizePart(label, _units(match["money"]), winners, int(match["phase"] or 0))


def _placed(text: str) -> Iterator[PrizePart]:
    for match in _PLACE.finditer(text):
        yield PrizePart(match["label"], _units(match["money"]), 1)


def _units(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


_PHASE = re.compile(
    r"\bPhase (?P<number>\d): (?P<title>[A-Z][^():.]{2,58}?) ?-? \((?P<span>[^()]+)\)"
)


def read_phases(text: str) -> tuple[PhaseRead, ...]:
    """
    Phases of “Phase 1: Open Submissions (June 30 - October 8, 2020)”, numbered from 1 without gap.
    """
    phases = []
    for expected, match in enumerate(_PHASE.finditer(" ".join(text.split())), start=1):
        if int(match["number"]) != expected:
            return ()
        begins, ends = read_span(match["span"])
        phases.append(PhaseRead(expected, match["title"].strip(), begins, ends))
    return tuple(phases) if len(phases) > 1 else ()


def read_number(word: str) -> int:
    """Read ``five`` or ``5``; 0 for another word."""
    if word.isdecimal():
        return int(word)
    return NUMBERS.index(word) + 1 if word in NUMBERS else 0
