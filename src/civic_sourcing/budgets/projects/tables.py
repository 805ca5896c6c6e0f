"""
Lists of projects as files: the rows of a CSV file, or of the PROJECTS section of a .pb file.

Nothing here knows a vote: a row is a mapping from what a column means to its text, with the line
it stands on. Commas, semicolons and tabs part the fields of a CSV file, whichever its first line
has most of; a quoted field may run over lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting import PabulibError, read_pabulib
from civic_sourcing.budgets.findings import sentence

MOST_ROWS = 500
MOST_BYTES = 1_000_000

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("number", "no", "no.", "id", "project_id", "번호", "사업번호"),
    "title": ("title", "name", "project", "제목", "사업명"),
    "cost": ("cost", "price", "사업비", "비용", "예산"),
    "cost_least": ("cost_least", "least cost", "cost from", "최소 사업비", "최소사업비"),
    "running_cost": ("running_cost", "running costs", "운영비", "연간 운영비", "연간운영비"),
    "area": ("area", "district", "neighborhood", "지역", "지구"),
    "category": ("category", "field", "분야", "분류"),
    "place": ("place", "location", "위치", "장소"),
    "target": ("target", "beneficiaries", "for whom", "대상", "수혜 대상", "수혜대상"),
    "description": ("description", "text", "설명", "내용", "사업내용"),
    "opinion": ("opinion", "부서 의견", "부서의견", "검토의견"),
}
"""What a column means, and what people call it; case and spaces around do not matter."""

REQUIRED = ("number", "title", "cost")
MEANINGS = {name: meaning for meaning, names in COLUMNS.items() for name in names}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; ``column`` as the file calls it, empty for the line as a whole."""

    line: int
    column: str
    message: str | Promise


@dataclass(frozen=True)
class Line:
    """One row of the list: ``fields`` by meaning, ``columns`` by meaning as the file calls them."""

    number: int
    fields: dict[str, str]
    columns: dict[str, str]


@dataclass
class Table:
    """A list of projects as it stands in the file. ``currency`` only if the file names one."""

    lines: list[Line]
    faults: list[Fault]
    remarks: list[str | Promise]
    currency: str = ""


def read_table(data: bytes, *, is_pabulib: bool) -> Table:
    """Read a file's rows. Whatever is wrong with it is told in ``faults``; nothing is raised."""
    table = Table([], [], [])
    if len(data) > MOST_BYTES:
        table.faults.append(Fault(1, "", _("The file is larger than 1 MB.")))
        return table
    text = _decoded(data, table)
    if text is None:
        return table
    if is_pabulib:
        _read_pabulib(data, text, table)
    else:
        _read_rows(text, table)
    return table


def _decoded(data: bytes, table: Table) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = ""
        try:
            text = data.decode("cp949")
        except UnicodeDecodeError:
            line = data[: error.start].count(b"\n") + 1
            table.faults.append(Fault(line, "", _("This is not text in UTF-8.")))
            return None
        table.remarks.append(
            _("The file is not in UTF-8 and was read as Korean text of Windows (CP949).")
        )
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        table.faults.append(Fault(line, "", _("This is no text file: it holds a NUL byte.")))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_pabulib(data: bytes, text: str, table: Table) -> None:
    """Let the whole file be read by the format's own rules, then take its projects."""
    try:
        election = read_pabulib(io.BytesIO(data))
    except PabulibError as error:
        table.faults.append(Fault(error.line, error.field, sentence(error)))
        return
    table.currency = election.meta.get("currency", "").strip().upper()
    if election.ballot_count:
        table.remarks.append(_("Only the projects are taken over, no ballots."))
    lines = text.split("\n")
    marks = [line.strip().upper() for line in lines]
    start = marks.index("PROJECTS") + 1
    end = marks.index("VOTES", start)
    _read_rows("\n".join(lines[start:end]), table, offset=start, delimiter=";")
    withdrawn = [project.id for project in election.projects if project.withdrawn]
    if withdrawn:
        table.lines = [line for line in table.lines if line.fields.get("number") not in withdrawn]
        words = {"numbers": ", ".join(withdrawn)[:200]}
        table.remarks.append(_("Left out, as the file marks them withdrawn: %(numbers)s") % words)


def _read_rows(text: str, table: Table, *, offset: int = 0, delimiter: str = "") -> None:
    first = next((line for line in text.split("\n") if line.strip()), "")
    if not first:
        table.faults.append(Fault(1, "", _("The file is empty.")))
        return
    mark = delimiter or max(",;\t", key=first.count)
    try:
        rows = list(_numbered(text, mark, offset))
    except csv.Error as error:
        table.faults.append(Fault(offset + 1, "", _broken(error)))
        return
    line, header = rows[0]
    columns = _columns(header, line, table)
    for number, row in rows[1:]:
        _take(row, number, columns, len(header), table)
    if not table.lines and not table.faults:
        table.faults.append(Fault(line, "", _("There is no project in the file.")))
    if len(table.lines) > MOST_ROWS:
        table.faults.append(
            Fault(table.lines[MOST_ROWS].number, "", _("There are more than 500 projects."))
        )


def _numbered(text: str, mark: str, offset: int) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line of the file it begins on."""
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    begins = offset + 1
    for row in reader:
        if any(field.strip() for field in row):
            yield begins, [field.strip() for field in row]
        begins = offset + reader.line_num + 1


def _columns(header: list[str], line: int, table: Table) -> dict[int, tuple[str, str]]:
    """Which place of a row holds what, and what the file calls it."""
    found: dict[int, tuple[str, str]] = {}
    for place, name in enumerate(header):
        meaning = MEANINGS.get(" ".join(name.lower().split()), "")
        known = dict(found.values())
        if meaning in known:
            words = {"first": known[meaning], "second": name}
            message = _("“%(first)s” and “%(second)s” are columns for the same.") % words
            table.faults.append(Fault(line, name, message))
        elif meaning:
            found[place] = meaning, name
        elif name:
            table.remarks.append(_("The column “%(name)s” is not used.") % {"name": name[:60]})
    missing = [name for name in REQUIRED if name not in {meant for meant, _name in found.values()}]
    for name in missing:
        message = _("There is no column “%(name)s”.") % {"name": name}
        table.faults.append(Fault(line, name, message))
    return found


def _take(
    row: list[str], line: int, columns: dict[int, tuple[str, str]], width: int, table: Table
) -> None:
    if len(row) > width and any(row[width:]):
        words = {"found": len(row), "wanted": width}
        message = _("The row has %(found)d fields, the first line has %(wanted)d.") % words
        table.faults.append(Fault(line, "", message))
        return
    fields = {
        meaning: row[place] if place < len(row) else ""
        for place, (meaning, _name) in columns.items()
    }
    table.lines.append(Line(line, fields, dict(columns.values())))


def _broken(error: Any) -> Promise | str:
    return _("The quotation marks do not fit together: %(detail)s.") % {"detail": error}
