"""The ballots of a count as everybody fetches them: their rows are written down once."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count as Number
from django.db.models import QuerySet, Sum

from civic_sourcing.budgets.counting.writing import AT_ONCE, write_head, write_votes
from civic_sourcing.budgets.counting_votes import rules_of_vote
from civic_sourcing.budgets.exports.elections import (
    columns_needed,
    election_of,
    export_of,
    held_run,
)
from civic_sourcing.budgets.models import CountedBallots, CountResult
from civic_sourcing.budgets.rulebooks import frozen


@dataclass(frozen=True)
class BallotRows:
    """The rows of the ballots of ``count``, in so many ``pieces``; one at a time is in memory."""

    count: CountResult
    ballots: int
    pieces: int

    @property
    def columns(self) -> list[str]:
        """What is told of each ballot."""
        return self._text(0).splitlines()[1].split(";")

    def __iter__(self) -> Iterator[str]:
        return map(self._text, range(self.pieces))

    def ids(self) -> Iterator[str]:
        """The ids of all ballots, sorted."""
        for place in range(1, self.pieces):
            rows = csv.reader(io.StringIO(self._text(place)), delimiter=";")
            yield from (row[0] for row in rows)

    def _text(self, place: int) -> str:
        return _kept(self.count).values_list("text", flat=True).get(place=place)


@dataclass(frozen=True)
class BallotsFile:
    """The .pb file: texts as the page has them now, rows as they were written down."""

    head: str
    rows: BallotRows

    @property
    def etag(self) -> str:
        """A quoted fingerprint; the rows follow from the count."""
        told = f"{self.rows.count.digest}\n{self.head}"
        return f'"{hashlib.sha256(told.encode()).hexdigest()}"'

    def __iter__(self) -> Iterator[str]:
        yield self.head
        yield from self.rows


def ballots_file(page: Any, count: CountResult) -> BallotsFile:
    """The file of all ballots of ``count`` with the texts of ``page``."""
    rows = rows_of(page, count)
    run = held_run(page)
    needed = columns_needed(rules_of_vote(frozen(run))) if run else ()
    withheld = not set(needed) <= set(rows.columns)
    election = election_of(page, count, withheld=withheld)
    return BallotsFile(write_head(election, ballots=rows.ballots), rows)


def rows_of(page: Any, count: CountResult) -> BallotRows:
    """The rows of the ballots of ``count``; whoever asks first writes them, others wait for it."""
    rows = kept_rows(count)
    if rows is not None:
        return rows
    with transaction.atomic():
        CountResult.objects.select_for_update().get(pk=count.pk)
        rows = kept_rows(count)
        if rows is None:
            _write(page, count)
    return rows or rows_of(page, count)


def kept_rows(count: CountResult) -> BallotRows | None:
    """The rows that were written down for ``count``; ``None`` before anybody asked."""
    found = _kept(count).aggregate(pieces=Number("*"), ballots=Sum("ballots"))
    return BallotRows(count, found["ballots"], found["pieces"]) if found["pieces"] else None


def result_lines(told: dict[str, Any], rows: BallotRows) -> Iterator[str]:
    """``told`` as JSON, its last key ``ballots`` with the ids of ``rows``."""
    yield f'{json.dumps(told, ensure_ascii=False)[:-1]}, "ballots": ['
    between = ""
    for number in rows.ids():
        yield f"{between}{json.dumps(number)}"
        between = ", "
    yield "]}"


def _kept(count: CountResult) -> QuerySet[CountedBallots]:
    return CountedBallots.objects.using(count._state.db).filter(count=count)


def _write(page: Any, count: CountResult) -> None:
    export = export_of(page, count)
    left = export.electorate.ballot_count
    texts = write_votes(export.election, export.electorate, told=export.told)
    for place, text in enumerate(texts):
        ballots = min(left, AT_ONCE) if place else 0
        CountedBallots.objects.create(count=count, place=place, ballots=ballots, text=text)
        left -= ballots
