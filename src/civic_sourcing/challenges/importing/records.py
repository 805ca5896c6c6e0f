"""
One published record, read: what could be read, and what could not, by field. Pure.

The record's ``id`` is its key. Nothing here decides what becomes of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from civic_sourcing.challenges.importing.sections import (
    CriterionRead,
    PhaseRead,
    PrizePart,
    read_criteria,
    read_phases,
    read_prizes,
)
from civic_sourcing.challenges.importing.spellings import (
    OTHER,
    UnknownSpelling,
    read_authority,
    read_types,
)
from civic_sourcing.challenges.importing.values import (
    Amount,
    read_amount,
    read_moment,
    read_years,
)

WORDS = (
    "title",
    "tagline",
    "url",
    "external_url",
    "agency",
    "department",
    "federal_partners",
    "non_federal_partners",
    "description",
    "prizes",
    "rules",
    "judging",
    "how_to_enter",
)
LONGEST = 200_000
"""Characters of one text; more is listed and cut."""

LARGEST_ID = 2**53


@dataclass(frozen=True)
class Unreadable:
    """Something of record ``id`` (``None``: it has none) that could not be read, and why."""

    id: int | None
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Record:
    """
    A published challenge. ``opens_at`` and ``closes_at`` are naive; ``None``: blank or unreadable.

    ``words`` are its texts by field, markup and all; ``digest`` is the SHA-256 of the whole row.
    """

    id: int
    words: dict[str, str]
    digest: str = ""
    types: tuple[str, ...] = ()
    authority: str = ""
    amount: Amount | None = None
    years: tuple[int, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    phases: tuple[PhaseRead, ...] = ()
    prizes: tuple[PrizePart, ...] = ()
    criteria: tuple[CriterionRead, ...] = ()


@dataclass
class Reading:
    """The records of a file in its order, and everything that could not be read."""

    records: list[Record] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def read_records(rows: Iterable[Any]) -> Reading:
    """Read all; of records with one id the first counts, and the others are listed."""
    reading = Reading()
    seen: set[int] = set()
    for row in rows:
        number = _id(row)
        if number is None:
            reading.unreadable.append(Unreadable(None, "id", _shown(row), "has no number as id"))
        elif number in seen:
            reading.unreadable.append(Unreadable(number, "id", str(number), "is there twice"))
        else:
            seen.add(number)
            page = _Page(number, row)
            reading.records.append(page.record())
            reading.unreadable += page.unreadable
    return reading


def _id(row: Any) -> int | None:
    number = row.get("id") if isinstance(row, dict) else None
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    return number if 0 < number <= LARGEST_ID else None


def _digest(row: dict[str, Any]) -> str:
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _shown(value: Any) -> str:
    return str(value)[:200]


class _Page:
    """One row under the reader's eyes: every reader that fails leaves a line."""

    def __init__(self, number: int, row: dict[str, Any]) -> None:
        self.number = number
        self.row = row
        self.unreadable: list[Unreadable] = []

    def record(self) -> Record:
        words = {name: self.text(name) for name in WORDS}
        amount = self.read("prize", read_amount)
        opens_at, closes_at = self.window()
        authority = self.authority()
        return Record(
            id=self.number,
            words=words,
            digest=_digest(self.row),
            types=self.types(),
            authority=authority,
            amount=amount,
            years=self.read("fiscal_year", read_years) or (),
            opens_at=opens_at,
            closes_at=closes_at,
            phases=read_phases(words["description"]),
            prizes=read_prizes(words["prizes"], amount.units if amount else None),
            criteria=read_criteria(words["judging"]),
        )

    def window(self) -> tuple[datetime | None, datetime | None]:
        """Both ends; an end before its beginning is unreadable."""
        opens_at = self.read("submission_start", read_moment)
        closes_at = self.read("submission_end", read_moment)
        if opens_at and closes_at and closes_at < opens_at:
            self.note("submission_end", self.text("submission_end"), "is before the beginning")
            closes_at = None
        return opens_at, closes_at

    def authority(self) -> str:
        try:
            return read_authority(self.text("legal_authority"))
        except UnknownSpelling as unknown:
            self.note("legal_authority", str(unknown), "names no law that is known")
            return OTHER

    def types(self) -> tuple[str, ...]:
        value = self.row.get("types")
        texts = [value] if isinstance(value, str) else value
        if texts is not None and not _are_texts(texts):
            self.note("types", _shown(value), "is no list of words")
            return ()
        types = read_types(texts)
        for piece in types.unknown:
            self.note("types", piece, "names no type that is known")
        return types.named

    def read(self, name: str, reader: Callable[[str], Any]) -> Any:
        text = self.text(name)
        try:
            return reader(text)
        except ValueError as error:
            self.note(name, text, str(error))
            return None

    def text(self, name: str) -> str:
        """The text of a field; a number is one, other things are unreadable."""
        value = self.row.get(name)
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.note(name, _shown(value), "is no text")
            return ""
        if len(value) > LONGEST:
            self.note(name, _shown(value), "is too long and was cut")
        return value[:LONGEST].strip()

    def note(self, name: str, value: str, reason: str) -> None:
        line = Unreadable(self.number, name, _shown(value), reason)
        if line not in self.unreadable:
            self.unreadable.append(line)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def lines(unreadable: Iterable[Unreadable]) -> Iterator[str]:
    """One line for each, as the command prints them: id, field, what stands there, why not."""
    for each in unreadable:
        number = "?" if each.id is None else each.id
        yield f"{number} {each.field}: {each.value!r} {each.reason}"
