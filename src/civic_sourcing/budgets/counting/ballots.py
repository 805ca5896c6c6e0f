"""The VOTES section: rows to ballots, equal ones merged."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from .amounts import Amount, parse_amount
from .errors import PabulibError, shown
from .model import Ballot, Project, VoteType
from .text import Batch, Text, fields_error, read_header

Cast = str | tuple[str, str]
"""What a voter wrote: ``vote``, or ``vote`` and ``points`` where the vote type has them."""


def read_ballots(
    text: Text,
    projects: Sequence[Project],
    vote_type: VoteType,
    *,
    signed: bool = False,
    keep_order: bool = False,
) -> "tuple[tuple[Ballot, ...], array[int] | None]":
    """
    Read VOTES to the end of the file; merged ballots and, if asked for, the index of each as cast.

    Picks of all but ordinal ballots are put in the order of ``projects``, so that equal ballots are
    merged whatever the order they were ticked in. Points may be below 0 only if ``signed``.
    """
    rows = _Rows(text, vote_type)
    counts, order = rows.count(keep_order=keep_order)
    reader = _Reader(projects, vote_type, signed=signed)
    merged: dict[tuple[object, ...], int] = {}
    places: list[int] = []
    ballots: list[Ballot] = []
    for cast, times in counts.items():
        try:
            picks, points = reader.read(cast)
        except _Refused as refused:
            line = rows.line_of(cast)
            raise PabulibError(line, refused.field, refused.code, **refused.context) from None
        place = merged.setdefault((picks, points), len(ballots))
        places.append(place)
        if place == len(ballots):
            ballots.append(Ballot(tuple([reader.ids[pick] for pick in picks]), points, times))
        else:
            same = ballots[place]
            ballots[place] = same._replace(times=same.times + times)
    if order is not None:
        order = array("I", [places[index] for index in order])
    return tuple(ballots), order


class _Refused(Exception):
    """A ballot that cannot be read; on which line it stands is found out only then."""

    def __init__(self, field: str, code: str, **context: str | int) -> None:
        super().__init__(code)
        self.field, self.code, self.context = field, code, context


class _Reader:
    """Turns what was written on a ballot into positions of projects and points."""

    def __init__(self, projects: Sequence[Project], vote_type: VoteType, *, signed: bool) -> None:
        self.ids = [project.id for project in projects]
        self._positions = {project_id: place for place, project_id in enumerate(self.ids)}
        self._vote_type = vote_type
        self._signed = signed
        self._amounts: dict[str, Amount] = {}

    def read(self, cast: Cast) -> tuple[tuple[int, ...], tuple[Amount, ...] | None]:
        if not isinstance(cast, str):
            return self._with_points(self._picks(cast[0]), cast[1])
        picks = self._picks(cast)
        if self._vote_type is VoteType.CHOOSE_1 and len(picks) > 1:
            raise _Refused("vote", "one-choice", found=len(picks))
        if self._vote_type is not VoteType.ORDINAL:
            picks.sort()
        return tuple(picks), None

    def _picks(self, vote: str) -> list[int]:
        names = vote.split(",")
        try:
            picks = list(map(self._positions.__getitem__, names))
        except KeyError:
            picks = self._stripped_picks(vote)
        if len(set(picks)) != len(picks):
            first = next(pick for pick, times in Counter(picks).items() if times > 1)
            raise _Refused("vote", "project-repeated", value=shown(self.ids[first]))
        return picks

    def _stripped_picks(self, vote: str) -> list[int]:
        if not vote or vote.isspace():
            return []
        names = [name.strip() for name in vote.split(",")]
        for name in names:
            if name not in self._positions:
                raise _Refused("vote", "project-unknown", value=shown(name))
        return [self._positions[name] for name in names]

    def _with_points(
        self, picks: list[int], written: str
    ) -> tuple[tuple[int, ...], tuple[Amount, ...]]:
        texts = written.split(",") if written and not written.isspace() else []
        if len(texts) != len(picks):
            raise _Refused("points", "points-parallel", found=len(texts), wanted=len(picks))
        pairs = sorted(zip(picks, map(self._amount, texts), strict=True))
        return tuple([pick for pick, _ in pairs]), tuple([amount for _, amount in pairs])

    def _amount(self, text: str) -> Amount:
        amount = self._amounts.get(text)
        if amount is None:
            try:
                amount = parse_amount(text.strip(), signed=self._signed)
            except ValueError as error:
                code, value = error.args
                raise _Refused("points", code, value=value) from None
            self._amounts[text] = amount
        return amount


class _Rows:
    """The rows of VOTES, which can be gone through again to name a line."""

    def __init__(self, text: Text, vote_type: VoteType) -> None:
        self._text = text
        columns = ("vote", "points") if vote_type.has_points else ("vote",)
        self._header = read_header(text, "VOTES", ("voter_id", *columns))
        self._start = text.place
        self._voter = itemgetter(self._header.index("voter_id"))
        self._cast = itemgetter(*map(self._header.index, columns))

    def count(self, *, keep_order: bool) -> "tuple[Counter[Cast], array[int] | None]":
        """Count equal ballots, as written; with the order in which they come if asked for."""
        counts: Counter[Cast] = Counter()
        order = array("I") if keep_order else None
        index: dict[Cast, int] = {}
        voters: set[str] = set()
        cast = 0
        for _, rows in self._batches():
            counts.update(map(self._cast, rows))
            voters.update(map(str.strip, map(self._voter, rows)))
            cast += len(rows)
            if order is not None:
                order.extend([index.setdefault(c, len(index)) for c in map(self._cast, rows)])
        if len(voters) != cast or "" in voters:
            self._refuse_voter()
        return counts, order

    def line_of(self, cast: Cast) -> int:
        """The line on which ``cast`` was written first."""
        self._text.rewind(self._start)
        return next(
            line
            for lines, rows in self._batches()
            for line, found in zip(lines, map(self._cast, rows), strict=True)
            if found == cast
        )

    def _batches(self) -> Iterator[Batch]:
        width = {len(self._header)}
        for lines, rows in self._text.batches():
            if set(map(len, rows)) == width:
                yield lines, rows
            else:
                yield self._without_blanks(lines, rows)

    def _without_blanks(self, lines: Sequence[int], rows: list[list[str]]) -> Batch:
        kept: tuple[list[int], list[list[str]]] = ([], [])
        for line, fields in zip(lines, rows, strict=True):
            if len(fields) == len(self._header):
                kept[0].append(line)
                kept[1].append(fields)
            elif len(fields) > 1 or fields[0].strip():
                raise fields_error(line, fields, self._header)
        return kept

    def _refuse_voter(self) -> None:
        self._text.rewind(self._start)
        seen: dict[str, int] = {}
        for lines, rows in self._batches():
            for line, fields in zip(lines, rows, strict=True):
                voter = self._voter(fields).strip()
                if not voter:
                    raise PabulibError(line, "voter_id", "value-missing")
                if voter in seen:
                    value, first = shown(voter), seen[voter]
                    raise PabulibError(line, "voter_id", "voter-twice", value=value, first=first)
                seen[voter] = line
