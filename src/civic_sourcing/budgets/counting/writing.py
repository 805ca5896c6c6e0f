"""
Writing elections in the .pb format of Pabulib, so that ``read_pabulib`` reads the same election.

Nothing tells who cast a ballot: its id is made of what it says.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from .amounts import Amount, parse_amount, plain
from .model import Ballot, Election, Electorate, Project

ID_LENGTH = 24
"""Hexadecimal digits of a ballot's fingerprint in its id: 96 bits."""

AT_ONCE = 5000
"""Rows of ballots that are written together."""

_FIRST_COLUMNS = ("project_id", "cost", "name")
PAPER_COLUMNS = ("area", "group", "age", "sex")


def write_pabulib(
    election: Election, electorate: Electorate | None = None, *, told: Collection[str] = ()
) -> str:
    """
    Return the text of the file: META, PROJECTS, VOTES, lines ended by LF.

    Numbers of rows and the budget are those of the election, whatever ``meta`` says. Ballots stand
    in the order of their ids, which says nothing, and a void ballot as one without projects. Equal
    elections make equal texts. ``electorate`` replaces the ballots of the election, ``told`` names
    what columns say of its papers (``PAPER_COLUMNS``).
    """
    number = (electorate or election.electorate).ballot_count
    head = write_head(election, ballots=number)
    return head + "".join(write_votes(election, electorate, told=told))


def write_head(election: Election, *, ballots: int) -> str:
    """Return META and PROJECTS of a file with so many ``ballots``."""
    columns = _columns(election.projects)
    return _written(
        [
            ["META"],
            ["key", "value"],
            *_meta(election, ballots=ballots).items(),
            ["PROJECTS"],
            [*_FIRST_COLUMNS, *columns],
            *(_project_row(project, columns) for project in election.projects),
        ]
    )


def write_votes(
    election: Election, electorate: Electorate | None = None, *, told: Collection[str] = ()
) -> Iterator[str]:
    """Write VOTES: its name and header first, then ``AT_ONCE`` rows at a time."""
    points = ["points"] if election.vote_type.has_points else []
    yield _written([["VOTES"], ["voter_id", *_columns_of_papers(told), "vote", *points]])
    rows = sorted(ballot_rows(election, electorate, told=told))
    for start in range(0, len(rows), AT_ONCE):
        yield _written([number, *row] for number, row in rows[start : start + AT_ONCE])


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue()


def ballot_rows(
    election: Election, electorate: Electorate | None = None, *, told: Collection[str] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every ballot as its id and the fields of its row, equal ones together."""
    salt = election.meta.get("vote", "")
    merged: Counter[tuple[str, ...]] = Counter()
    columns = _columns_of_papers(told)
    for papers in (electorate or election.electorate).papers:
        place = tuple(getattr(papers, column) for column in columns)
        for ballot in papers.ballots:
            fields = _fields(ballot, has_points=election.vote_type.has_points)
            merged[*place, *fields] += ballot.times
    for row, times in merged.items():
        for number in range(1, times + 1):
            yield ballot_id(salt, row, number), row


def ballot_id(vote: str, row: Sequence[str], place: int) -> str:
    """
    The id of the ballot with these fields that is the ``place``-th of its equals, from 1.

    The first 24 hexadecimal digits of the SHA-256 over three lines (the vote's UUID as in META, or
    nothing; the fields joined by semicolons; the place), a dash, the place. Which of equal ballots
    has which place means nothing.
    """
    told = f"{vote}\n{';'.join(row)}\n{place}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:ID_LENGTH]}-{place}"


def ballots_digest(ids: Iterable[str]) -> str:
    """SHA-256 over the ids in order, each ended by a line feed: one value for all ballots."""
    whole = hashlib.sha256()
    for number in sorted(ids):
        whole.update(f"{number}\n".encode())
    return whole.hexdigest()


def _columns_of_papers(told: Collection[str]) -> list[str]:
    return [column for column in PAPER_COLUMNS if column in told]


def _meta(election: Election, *, ballots: int) -> dict[str, str]:
    """What ``meta`` says, put right where the election differs: ``1,5`` stays as written."""
    own = {
        "num_projects": str(len(election.projects)),
        "num_votes": str(ballots),
        "vote_type": str(election.vote_type),
    }
    if election.rule:
        own["rule"] = election.rule
    if _amount(election.meta.get("budget", "")) != election.budget:
        own["budget"] = plain(election.budget)
    return {**election.meta, **own}


def _amount(text: str) -> Amount | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _columns(projects: Iterable[Project]) -> list[str]:
    """The further columns of all projects, in the order in which they first occur."""
    found = dict.fromkeys(column for project in projects for column in project.columns)
    return [column for column in found if column not in _FIRST_COLUMNS]


def _project_row(project: Project, columns: Iterable[str]) -> list[str]:
    further = [project.columns.get(column, "") for column in columns]
    return [project.id, plain(project.cost), project.name, *further]


def _fields(ballot: Ballot, *, has_points: bool) -> tuple[str, ...]:
    vote = ",".join(ballot.projects)
    return (vote, ",".join(map(plain, ballot.points or ()))) if has_points else (vote,)
