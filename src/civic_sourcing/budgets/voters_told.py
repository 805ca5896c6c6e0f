"""
Age and sex of voters, as a published file has them for each ballot.

They are left out of whatever is stored, unless whoever imports the file decides otherwise, and
refused where few have them in common: those could be known by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting.text import Text, is_section, read_header
from civic_sourcing.budgets.models.ballots import canonical_json
from civic_sourcing.budgets.small_areas import LEAST_TOLD
from civic_sourcing.core.exceptions import ActionRefused

COLUMNS = ("age", "sex")
YEARS, MOST_YEARS = 10, 50
LONGEST = 16

WARNING = _(
    "What the ballots say of age and sex will be published with them, and cannot be taken back. "
    "Whoever knows the age and sex of somebody who voted, and all who have them in common voted "
    "alike, knows how that person voted."
)

Values = tuple[str, ...]


@dataclass(frozen=True)
class VotersTold:
    """
    What is told of voters beside their ballots: ``columns`` (of ``COLUMNS``), ages in steps of so
    many ``years``. ``rows`` says how often each content was cast (its place among the merged
    ballots of the election) by people with these values.
    """

    columns: tuple[str, ...]
    years: int
    rows: Counter[tuple[int, Values]]

    @property
    def cells(self) -> Counter[Values]:
        """How many ballots there are of each combination of values."""
        cells: Counter[Values] = Counter()
        for (_place, values), number in self.rows.items():
            cells[values] += number
        return cells

    def check(self) -> None:
        """Refuse if a combination has so few ballots that its voters could be known by it."""
        cells = self.cells
        small = [values for values, number in cells.items() if number < LEAST_TOLD]
        if not small:
            return
        smallest = min(small, key=lambda values: (cells[values], values))
        raise ActionRefused(
            _(
                "Of %(cells)d combinations of %(columns)s %(small)d have fewer than %(least)d "
                "ballots; “%(smallest)s” has %(number)d. Tell one column less, or ages in larger "
                "steps."
            ),
            code="few-alike",
            cells=len(cells),
            columns=", ".join(self.columns),
            small=len(small),
            least=LEAST_TOLD,
            smallest=", ".join(value or "–" for value in smallest),
            number=cells[smallest],
        )

    def written(self, values: Values) -> str:
        """What is stored of a ballot's voter."""
        return canonical_json(dict(zip(self.columns, values, strict=True)))


def read_voters(
    data: bytes, order: Sequence[int], columns: Sequence[str], years: int = YEARS
) -> VotersTold:
    """
    Read ``columns`` of the ballots of a file; ``order`` has the place of each as cast.

    Raises ``PabulibError`` where the file has no such column.
    """
    text = Text(data)
    while (row := text.row()) is not None and not _opens_votes(row[1]):
        pass
    header = read_header(text, "VOTES", ("voter_id", *columns))
    places = [header.index(column) for column in columns]
    rows: Counter[tuple[int, Values]] = Counter()
    for place in order:
        fields = (text.row() or (0, header))[1]
        values = zip(columns, (fields[each] for each in places), strict=True)
        rows[place, tuple(_told(column, value, years) for column, value in values)] += 1
    return VotersTold(tuple(columns), years, rows)


def _opens_votes(fields: list[str]) -> bool:
    return is_section(fields) and fields[0].strip().upper() == "VOTES"


def _told(column: str, value: str, years: int) -> str:
    """An age in its step, whatever else as it is written; nothing for what nobody could read."""
    value = value.strip()
    if column == "age" and years > 1 and re.fullmatch(r"[0-9]{1,3}", value, re.ASCII):
        first = int(value) // years * years
        return f"{first}-{first + years - 1}"
    return value if value.isprintable() and len(value) <= LONGEST else ""
