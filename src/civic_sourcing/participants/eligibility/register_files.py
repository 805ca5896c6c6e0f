"""Reading a register's CSV file: in memory, all or nothing, every mistake by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.codes.digests import normal_datum

ENCODINGS = ("utf-8-sig", "cp949")
DELIMITERS = ",;\t"
LONGEST = 100
MISTAKES_NAMED = 100


@dataclass(frozen=True)
class Mistake:
    """What is wrong where; ``row`` counts as spreadsheets do, the heading is 1. No cell's text."""

    row: int
    column: str
    sentence: str | Promise


@dataclass
class Reading:
    """Rows in the order of the register's columns, and what is wrong. Nothing is stored."""

    rows: list[list[str]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    mistake_count: int = 0
    ignored: list[str] = field(default_factory=list)

    def complain(self, row: int, column: str, sentence: str | Promise) -> None:
        self.mistake_count += 1
        if len(self.mistakes) < MISTAKES_NAMED:
            self.mistakes.append(Mistake(row, column, sentence))


def read_register(content: bytes, columns: Sequence[str]) -> Reading:
    """
    Read ``content`` (UTF-8, or CP949 as Korean spreadsheets write it; comma, semicolon or tab).

    The first row names the columns; those of the register must be there, in any order, others are
    not read.
    """
    reading = Reading()
    text = _decoded(content)
    if text is None or "\0" in text:
        reading.complain(1, "", _("This is not a CSV file in UTF-8 or CP949."))
        return reading
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        heading = next(lines, [])
        places = _places(heading, columns, reading)
        if places:
            _read_rows(lines, columns, places, reading)
    except csv.Error:
        reading.complain(
            lines.line_num, "", _("This row cannot be read: a quotation mark is open.")
        )
    return reading


def _read_rows(
    lines: Iterator[list[str]],
    columns: Sequence[str],
    places: list[int],
    reading: Reading,
) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = [cells[place].strip() if place < len(cells) else "" for place in places]
        if not _is_whole(number, row, columns, reading):
            continue
        first = seen.setdefault(tuple(normal_datum(cell) for cell in row), number)
        if first != number:
            sentence = _("The same person is already in row %(row)d.") % {"row": first}
            reading.complain(number, columns[0], sentence)
            continue
        reading.rows.append(row)
    if not seen and not reading.mistakes:
        reading.complain(2, "", _("There is nobody in this file."))


def _is_whole(number: int, row: list[str], columns: Sequence[str], reading: Reading) -> bool:
    whole = True
    for column, cell in zip(columns, row, strict=True):
        if not normal_datum(cell):
            reading.complain(number, column, _("This cell is empty."))
            whole = False
        elif len(cell) > LONGEST:
            sentence = _("This cell has more than %(most)d characters.") % {"most": LONGEST}
            reading.complain(number, column, sentence)
            whole = False
    return whole


def _places(heading: list[str], columns: Sequence[str], reading: Reading) -> list[int]:
    names = [normal_datum(name) for name in heading]
    places = []
    for column in columns:
        wanted = normal_datum(column)
        if names.count(wanted) == 1:
            places.append(names.index(wanted))
        elif wanted in names:
            reading.complain(1, column, _("Two columns have this name."))
        else:
            reading.complain(1, column, _("This column is missing in the first row."))
    if reading.mistakes:
        return []
    reading.ignored = [
        name.strip() for place, name in enumerate(heading) if place not in places and name.strip()
    ]
    return places


def _decoded(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)
