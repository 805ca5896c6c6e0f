"""
Reading elections in the .pb format of Pabulib (pabulib.org/format, arXiv:2012.06539).

A file has the sections META, PROJECTS and VOTES in this order, each with a header line; fields are
separated by semicolons and may be quoted. What is read and what is refused:

- UTF-8, with or without byte-order mark; lines end in LF, CRLF or CR; blank lines are skipped;
- costs and the budget are exact decimals of at least 0, points too unless META has a negative
  ``min_points``; see ``parse_amount``;
- a ballot without projects is an empty vote and counts as a ballot;
- project and voter ids occur once; a ballot names a project once, and only projects that exist;
- ``num_projects`` and ``num_votes`` must be right, for that is how a file cut short is noticed; a
  file without them is read with a warning;
- ballots beyond ``max_length``, ``max_sum_points`` and the like are counted, with a warning: the
  city that published the file has counted them;
- a cost of 999999999 that exceeds the budget marks a project withdrawn after the vote.
"""

import contextlib
import gc
import os
from collections.abc import Iterator
from typing import IO

from .amounts import Amount, parse_amount
from .ballots import Progress, read_ballots
from .errors import Finding, PabulibError, shown
from .limits import broken_limits
from .meta import Meta
from .model import PLACEHOLDER_COST, Election, Project
from .text import Text, fields_error, is_section, open_section, read_header

Source = str | os.PathLike[str] | IO[bytes] | IO[str]


def read_pabulib(
    source: Source, *, keep_order: bool = False, progress: Progress | None = None
) -> Election:
    """
    Read an election from a path or an open file (binary or text).

    Equal ballots are merged while reading and voter ids are forgotten; ``keep_order`` keeps in
    which order ballots were cast (four bytes each) for ``Election.iter_ballots``; ``progress`` is
    told now and then how many bytes of how many are read. Raises
    ``PabulibError`` for whatever is wrong with the file, ``OSError`` if it cannot be opened.
    """
    text = Text(_bytes(source))
    meta = _read_meta(text)
    budget, vote_type = meta.budget(), meta.vote_type()
    threshold = meta.amount("min_project_score_threshold")
    projects = _read_projects(text, budget)
    meta.check_rows("num_projects", "PROJECTS", len(projects))
    signed = (meta.amount("min_points", signed=True) or 0) < 0
    with _uncollected():
        ballots, order = read_ballots(
            text, projects, vote_type, signed=signed, keep_order=keep_order, progress=progress
        )
    meta.check_rows("num_votes", "VOTES", sum(ballot.times for ballot in ballots))
    return Election(
        projects=projects,
        ballots=ballots,
        budget=budget,
        vote_type=vote_type,
        rule=meta.values.get("rule") or None,
        threshold=threshold,
        meta=meta.values,
        lines=meta.lines,
        order=order,
        warnings=(*_unannounced(meta), *broken_limits(meta, projects, ballots)),
    )


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from looking through ballots again and again: they have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _bytes(source: Source) -> bytes:
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            return file.read()
    content = source.read()
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content


def _read_meta(text: Text) -> Meta:
    open_section(text, "META", text.row())
    read_header(text, "META", ("key", "value"))
    meta = Meta()
    while (row := text.row()) is not None and not is_section(row[1]):
        meta.add(*row)
    open_section(text, "PROJECTS", row)
    return meta


def _read_projects(text: Text, budget: Amount) -> tuple[Project, ...]:
    header = read_header(text, "PROJECTS", ("project_id", "cost"))
    projects: list[Project] = []
    lines: dict[str, int] = {}
    while (row := text.row()) is not None and not is_section(row[1]):
        line, fields = row
        if len(fields) != len(header):
            raise fields_error(line, fields, header)
        columns = dict(zip(header, map(str.strip, fields), strict=True))
        project = _project(line, columns, len(projects), budget)
        if project.id in lines:
            first = lines[project.id]
            value = shown(project.id)
            raise PabulibError(line, "project_id", "project-twice", value=value, first=first)
        lines[project.id] = line
        projects.append(project)
    open_section(text, "VOTES", row)
    if not projects:
        raise PabulibError(text.number, "PROJECTS", "projects-none")
    return tuple(projects)


def _project(line: int, columns: dict[str, str], position: int, budget: Amount) -> Project:
    project_id, cost_text = columns.pop("project_id"), columns.pop("cost")
    if not project_id:
        raise PabulibError(line, "project_id", "value-missing")
    if "," in project_id:
        raise PabulibError(line, "project_id", "project-comma", value=shown(project_id))
    try:
        cost = parse_amount(cost_text)
    except ValueError as error:
        code, value = error.args
        raise PabulibError(line, "cost", code, value=value) from None
    withdrawn = cost == PLACEHOLDER_COST and cost > budget
    name = columns.pop("name", "")
    return Project(project_id, cost, name, position, withdrawn, columns)


def _unannounced(meta: Meta) -> list[Finding]:
    return [
        Finding(1, key, "rows-unannounced", {"section": section})
        for key, section in (("num_projects", "PROJECTS"), ("num_votes", "VOTES"))
        if not meta.values.get(key)
    ]
