"""The VOTES section: rows to ballots, equal ones merged."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import islice, repeat
from operator import itemgetter, lt
from typing import Any

from .amounts import Amount, parse_amount
from .errors import PabulibError, shown
from .model import Ballot, Project, VoteType
from .text import Text, fields_error, read_header

Cast = str | tuple[str, str]
"""What a voter wrote: ``vote``, or ``vote`` and ``points`` where the vote type has them."""

Content = tuple[str, ...] | tuple[tuple[str, ...], tuple[Amount, ...]]
"""Ids of the projects a ballot names; beside them their points where the vote type has them."""

Columns = tuple[Sequence[int], Sequence[str], Sequence[Cast]]
"""Line numbers, voters and what they wrote, in parallel."""

Progress = Callable[[int, int], None]
"""Told how many bytes are read, and of how many."""

_END = {"\n"}
_AT_ONCE = 4096

_new_ballot = partial(tuple.__new__, Ballot)


def read_ballots(
    text: Text,
    projects: Sequence[Project],
    vote_type: VoteType,
    *,
    signed: bool = False,
    keep_order: bool = False,
    progress: Progress | None = None,
) -> "tuple[tuple[Ballot, ...], array[int] | None]":
    """
    Read VOTES to the end of the file; merged ballots and, if asked for, the index of each as cast.

    Picks of all but ordinal ballots are put in the order of ``projects``, so that equal ballots are
    merged whatever the order they were ticked in. Points may be below 0 only if ``signed``.
    """
    rows = _Rows(text, vote_type)
    counts, order = rows.count(keep_order=keep_order, progress=progress)
    contents = _contents(counts, rows, _Reader(projects, vote_type, signed=signed))
    merged = _merged(contents, counts.values())
    if order is not None:
        index = {content: place for place, content in enumerate(merged)}
        places = [index[content] for content in contents]
        order = array("I", [places[cast] for cast in order])
    if vote_type.has_points and merged:
        columns = zip(*zip(*merged, strict=True), merged.values(), strict=True)
    else:
        columns = zip(merged, repeat(None), merged.values(), strict=False)
    return tuple(map(_new_ballot, columns)), order


def _merged(contents: list[Content], numbers: Collection[int]) -> dict[Content, int]:
    """How many ballots there are of each content; mostly no two of ``contents`` are equal."""
    merged = dict(zip(contents, numbers, strict=True))
    if len(merged) < len(contents):
        merged = dict.fromkeys(contents, 0)
        for content, times in zip(contents, numbers, strict=True):
            merged[content] += times
    return merged


def _contents(casts: Collection[Cast], rows: "_Rows", reader: "_Reader") -> list[Content]:
    """What ``casts`` say; many at a time, and one by one where something is unusual about them."""
    contents: list[Content] = []
    written = iter(casts)
    while some := list(islice(written, _AT_ONCE)):
        try:
            contents += reader.read_all(some)
        except (LookupError, ValueError, _Refused):
            for cast in some:
                try:
                    contents.append(reader.read(cast))
                except _Refused as error:
                    line, field, context = rows.line_of(cast), error.field, error.context
                    raise PabulibError(line, field, error.code, **context) from None
    return contents


class _Refused(Exception):
    """A ballot that cannot be read; on which line it stands is found out only then."""

    def __init__(self, field: str, code: str, **context: str | int) -> None:
        super().__init__(code)
        self.field, self.code, self.context = field, code, context


class _Amounts(dict[str, Amount]):
    """Points by what was written, each read once."""

    def __init__(self, *, signed: bool) -> None:
        super().__init__()
        self._signed = signed

    def __missing__(self, text: str) -> Amount:
        try:
            amount = parse_amount(text.strip(), signed=self._signed)
        except ValueError as error:
            code, value = error.args
            raise _Refused("points", code, value=value) from None
        self[text] = amount
        return amount


class _Reader:
    """Turns what was written on ballots into positions of projects and points."""

    def __init__(self, projects: Sequence[Project], vote_type: VoteType, *, signed: bool) -> None:
        self.ids = [project.id for project in projects]
        self._positions = {project_id: place for place, project_id in enumerate(self.ids)}
        self._place, self._name = self._positions.__getitem__, self.ids.__getitem__
        self._same = dict(zip(self.ids, self.ids, strict=True)).__getitem__
        self._vote_type = vote_type
        self._ordered = vote_type is VoteType.ORDINAL
        self._amounts = _Amounts(signed=signed)

    def read_all(self, casts: Sequence[Any]) -> Sequence[Content]:
        """As ``read`` for each; a ``LookupError`` or ``ValueError`` if one of them is unusual."""
        place, name, same = self._place, self._name, self._same
        if self._vote_type.has_points:
            return self._read_points(casts)
        if self._ordered:
            named = [tuple(map(same, vote.split(","))) if vote else () for vote in casts]
        else:
            named = [
                tuple(map(name, sorted(map(place, vote.split(","))))) if vote else ()
                for vote in casts
            ]
        sizes = list(map(len, named))
        if sum(map(len, map(set, named))) != sum(sizes):
            raise ValueError("a project twice")
        if self._vote_type is VoteType.CHOOSE_1 and max(sizes) > 1:
            raise ValueError("several projects")
        return named

    def _read_points(self, casts: Sequence[tuple[str, str]]) -> list[Content]:
        place, name, amount = self._place, self._name, self._amounts.__getitem__
        contents: list[Content] = []
        for vote, written in casts:
            places = list(map(place, vote.split(","))) if vote else []
            points = list(map(amount, written.split(","))) if written else []
            ordered = sorted(places)
            if ordered != places:
                by_place = dict(zip(places, points, strict=True))
                points = list(map(by_place.__getitem__, ordered))
            if len(set(ordered)) != len(points):
                raise ValueError("a project twice, or points that are not parallel")
            contents.append((tuple(map(name, ordered)), tuple(points)))
        return contents

    def read(self, cast: Cast) -> Content:
        """The projects and points of one ballot, whatever is wrong or unusual about it."""
        vote = cast if type(cast) is str else cast[0]
        picks = self._stripped_picks(vote)
        several = len(picks) > 1
        if several and len(set(picks)) != len(picks):
            first = next(pick for pick, times in Counter(picks).items() if times > 1)
            raise _Refused("vote", "project-repeated", value=shown(self.ids[first]))
        if type(cast) is not str:
            return self._with_points(picks, cast[1])
        if several and not self._ordered:
            if self._vote_type is VoteType.CHOOSE_1:
                raise _Refused("vote", "one-choice", found=len(picks))
            picks.sort()
        return tuple(map(self._name, picks))

    def _stripped_picks(self, vote: str) -> list[int]:
        if not vote or vote.isspace():
            return []
        names = [name.strip() for name in vote.split(",")]
        for name in names:
            if name not in self._positions:
                raise _Refused("vote", "project-unknown", value=shown(name))
        return [self._positions[name] for name in names]

    def _with_points(self, picks: list[int], written: str) -> Content:
        texts = written.split(",") if written and not written.isspace() else []
        if len(texts) != len(picks):
            raise _Refused("points", "points-parallel", found=len(texts), wanted=len(picks))
        points = [self._amounts[text] for text in texts]
        pairs = sorted(zip(picks, points, strict=True))
        return tuple(self.ids[pick] for pick, _ in pairs), tuple(amount for _, amount in pairs)


class _Voters:
    """
    Tells whether a voter may occur twice or have no name; where it is doubtful, go and see.

    Names that are numbers, each larger than the one before, differ: of them only the last is kept.
    Of others it is their hashes.
    """

    def __init__(self) -> None:
        self.are_doubtful = False
        self._last = -1
        self._hashes: set[int] = set()

    def add(self, names: Sequence[str]) -> None:
        """Look at the next ``names``."""
        if self.are_doubtful or not names or (not self._hashes and self._grow(names)):
            return
        before = len(self._hashes)
        self._hashes.update(map(hash, map(str.strip, names)))
        is_once = len(self._hashes) == before + len(names) and hash("") not in self._hashes
        self.are_doubtful = self._last >= 0 or not is_once

    def _grow(self, names: Sequence[str]) -> bool:
        try:
            numbers = list(map(int, names))
        except ValueError:
            return False
        if numbers[0] <= self._last or not all(map(lt, numbers, islice(numbers, 1, None))):
            return False
        self._last = numbers[-1]
        return True


class _Rows:
    """The rows of VOTES, which can be gone through again to name a line."""

    def __init__(self, text: Text, vote_type: VoteType) -> None:
        self._text = text
        columns = ("vote", "points") if vote_type.has_points else ("vote",)
        self._header = read_header(text, "VOTES", ("voter_id", *columns))
        self._start = text.place
        self._voter = self._header.index("voter_id")
        self._cast = [self._header.index(column) for column in columns]

    def count(
        self, *, keep_order: bool, progress: Progress | None
    ) -> "tuple[Counter[Cast], array[int] | None]":
        """Count equal ballots, as written; with the order in which they come if asked for."""
        counts: Counter[Cast] = Counter()
        order = array("I") if keep_order else None
        index: dict[Cast, int] = {}
        voters = _Voters()
        for _, names, casts in self._columns():
            counts.update(casts)
            voters.add(names)
            if order is not None:
                order.extend([index.setdefault(c, len(index)) for c in casts])
            if progress is not None:
                progress(*self._text.done)
        if voters.are_doubtful:
            self._refuse_voter()
        return counts, order

    def line_of(self, cast: Cast) -> int:
        """The line on which ``cast`` was written first."""
        self._text.rewind(self._start)
        return next(
            line
            for lines, _, casts in self._columns()
            for line, found in zip(lines, casts, strict=True)
            if found == cast
        )

    def _columns(self) -> Iterator[Columns]:
        if not self._text.is_plain:
            while (numbered := self._text.row()) is not None:
                yield self._of_rows((numbered[0],), [numbered[1]])
            return
        width = len(self._header) + 1
        for first, piece in self._text.pieces():
            fields = piece.replace("\n", ";\n;").split(";")
            lines = range(first, first + piece.count("\n") + 1)
            if len(fields) == len(lines) * width - 1 and set(fields[width - 1 :: width]) <= _END:
                parts = [fields[column::width] for column in self._cast]
                casts = parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))
                yield lines, fields[self._voter :: width], casts
            else:
                yield self._of_rows(lines, [line.split(";") for line in piece.split("\n")])

    def _of_rows(self, lines: Sequence[int], rows: list[list[str]]) -> Columns:
        """The columns of rows, some of which may be blank."""
        kept: list[int] = []
        voters: list[str] = []
        casts: list[Cast] = []
        cast = itemgetter(*self._cast)
        for line, fields in zip(lines, rows, strict=True):
            if len(fields) == len(self._header):
                kept.append(line)
                voters.append(fields[self._voter])
                casts.append(cast(fields))
            elif len(fields) > 1 or fields[0].strip():
                raise fields_error(line, fields, self._header)
        return kept, voters, casts

    def _refuse_voter(self) -> None:
        self._text.rewind(self._start)
        seen: dict[str, int] = {}
        for lines, voters, _ in self._columns():
            for line, name in zip(lines, voters, strict=True):
                voter = name.strip()
                if not voter:
                    raise PabulibError(line, "voter_id", "value-missing")
                if voter in seen:
                    value, first = shown(voter), seen[voter]
                    raise PabulibError(line, "voter_id", "voter-twice", value=value, first=first)
                seen[voter] = line
