"""The lines and rows of an election file, read from its bytes a piece at a time."""

import csv
from collections.abc import Iterator

from .errors import PabulibError, shown

SECTIONS = ("META", "PROJECTS", "VOTES")
_FOREIGN = ((",", "commas"), ("\t", "tabs"), ("|", "bars"))
_BOM = b"\xef\xbb\xbf"
_LEAST_PIECE, _LARGEST_PIECE = 1 << 10, 1 << 14
_FIELD_LIMIT = 1 << 17


class Text:
    """
    A file's lines, decoded as they are taken.

    A byte-order mark is dropped; LF, CRLF and CR all end a line. ``number`` is that of the line
    taken last, from 1. Raises ``PabulibError`` for what is not UTF-8 and for NUL bytes, naming
    line and column.
    """

    def __init__(self, data: bytes) -> None:
        data = data.removeprefix(_BOM)
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._data = data.rstrip(b"\n")
        self._at = 0
        self.number = 0
        self.header: list[str] = []
        if not data.strip():
            raise PabulibError(1, "META", "empty")

    @property
    def place(self) -> tuple[int, int]:
        """Where reading stands, for ``rewind``."""
        return self._at, self.number

    def rewind(self, place: tuple[int, int]) -> None:
        """Go back to a ``place`` noted before."""
        self._at, self.number = place

    @property
    def done(self) -> tuple[int, int]:
        """How many bytes are read, and of how many."""
        return min(self._at, len(self._data)), len(self._data)

    @property
    def is_plain(self) -> bool:
        """Whether no quotation mark is left, so that a row is a line split at semicolons."""
        return self._data.find(b'"', self._at) < 0

    def line(self) -> str | None:
        """The next line without its end, ``None`` after the last."""
        if self._at >= len(self._data):
            return None
        end = self._data.find(b"\n", self._at)
        end = len(self._data) if end < 0 else end
        line = self._decode(self._at, end)
        self._at = end + 1
        self.number += 1
        return line

    def row(self) -> tuple[int, list[str]] | None:
        """The next row that is not blank, with its line; a quoted field may run over lines."""
        while (line := self.line()) is not None:
            if line and not line.isspace():
                number = self.number
                return number, self._unquoted(line) if '"' in line else line.split(";")
        return None

    def pieces(self) -> Iterator[tuple[int, str]]:
        """All further lines, many at a time, with the number of the first; for a plain rest."""
        size = max(_LEAST_PIECE, min(len(self._data) // 8, _LARGEST_PIECE))
        while self._at < len(self._data):
            end = self._data.find(b"\n", self._at + size)
            end = len(self._data) if end < 0 else end
            piece = self._decode(self._at, end)
            first, self._at = self.number + 1, end + 1
            self.number += piece.count("\n") + 1
            yield first, piece

    def _unquoted(self, first: str) -> list[str]:
        number = self.number
        reader = csv.reader(self._continued(first), delimiter=";", strict=True)
        try:
            return next(reader)
        except csv.Error as error:
            detail = shown(str(error))
            field = self._field(first.partition('"')[0])
            raise PabulibError(number, field, "quote", detail=detail) from None

    def _continued(self, first: str) -> Iterator[str]:
        taken = 0
        line: str | None = first
        while line is not None and taken <= _FIELD_LIMIT:
            taken += len(line)
            yield line + "\n"
            line = self.line()

    def _decode(self, start: int, end: int) -> str:
        piece = self._data[start:end]
        nul = piece.find(b"\0")
        try:
            text = piece.decode("utf-8")
        except UnicodeDecodeError as error:
            if 0 <= nul < error.start:
                raise self._broken(piece[:nul], "nul") from None
            raise self._broken(piece[: error.start], "encoding") from None
        if nul >= 0:
            raise self._broken(piece[:nul], "nul")
        return text

    def _broken(self, before: bytes, code: str) -> PabulibError:
        line = before.rpartition(b"\n")[2].decode("utf-8")
        number = self.number + 1 + before.count(b"\n")
        return PabulibError(number, self._field(line), code)

    def _field(self, before: str) -> str:
        """The name of the column in which a line breaks off after ``before``."""
        column = before.count(";")
        return self.header[column] if column < len(self.header) else f"column {column + 1}"


def is_section(fields: list[str]) -> bool:
    """Whether a row is the name of a section."""
    return len(fields) == 1 and fields[0].strip().upper() in SECTIONS


def open_section(text: Text, section: str, row: tuple[int, list[str]] | None) -> None:
    """Make sure that ``row``, the one taken last, opens ``section``."""
    if row is None:
        raise PabulibError(max(text.number, 1), section, "section-missing", section=section)
    line, fields = row
    if not is_section(fields) or fields[0].strip().upper() != section:
        value = shown(";".join(fields[:9]))
        raise PabulibError(line, section, "section-expected", section=section, value=value)


def read_header(text: Text, section: str, required: tuple[str, ...]) -> list[str]:
    """Take the header of ``section``: names in lower case, each once, all ``required`` ones."""
    row = text.row()
    if row is None or is_section(row[1]):
        raise PabulibError(max(text.number, 1), section, "header-missing", section=section)
    line, fields = row
    text.header = header = [name.strip().lower() for name in fields]
    found = [name for sign, name in _FOREIGN if sign in header[0]]
    if len(header) == 1 and found:
        raise PabulibError(line, required[0], "delimiter", found=found[0])
    for column in (*required, *header):
        if column not in header:
            columns = shown(", ".join(header))
            raise PabulibError(line, column, "column-missing", columns=columns)
        if header.count(column) > 1:
            code = "column-twice" if column else "columns-unnamed"
            raise PabulibError(line, column or _called(header, header.index("")), code)
    return header


def _called(header: list[str], place: int) -> str:
    """The name of the column at ``place``, or its number from 1 if it has none: ``#3``."""
    return header[place] or f"#{place + 1}"


def fields_error(line: int, fields: list[str], header: list[str]) -> PabulibError:
    """The error of a row with another number of fields than ``header``, at the first amiss."""
    field = _called(header, min(len(fields), len(header) - 1))
    return PabulibError(line, field, "fields", found=len(fields), wanted=len(header))
