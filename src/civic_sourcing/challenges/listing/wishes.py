"""What somebody wishes to see of a list, read from the address. Nonsense is as if not said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from django.utils.http import urlencode

from civic_sourcing.challenges.models import ChallengeType
from civic_sourcing.challenges.status import Status
from civic_sourcing.core.text import TextRefused, single_line

LONGEST_QUERY = 100
LONGEST_NAME = 200
SORTS = ("deadline", "newest", "prize", "title")
MONEY, OTHER = "money", "other"
EARLIEST, LATEST = 1900, 2200
MOST_TERMS = 8
_DIGITS = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Wishes:
    """
    Words, filters and order. ``begin`` and ``end`` are days (ISO): what takes entries in between.

    ``least`` is prize money in whole currency, ``prize`` whether there is money or something else.
    """

    q: str = ""
    type: str = ""
    department: str = ""
    status: str = ""
    prize: str = ""
    least: int = 0
    audience: str = ""
    begin: str = ""
    end: str = ""
    sort: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Read them from the query of an address."""
        return cls(
            q=_words(data.get("q", ""), LONGEST_QUERY),
            type=_one_of(ChallengeType.values, data.get("type", "")),
            department=_words(data.get("department", ""), LONGEST_NAME),
            status=_one_of([*Status], data.get("status", "")),
            prize=_one_of((MONEY, OTHER), data.get("prize", "")),
            least=_number(data.get("least", "")),
            audience=_words(data.get("audience", ""), LONGEST_NAME),
            begin=_day(data.get("begin", "")),
            end=_day(data.get("end", "")),
            sort=_one_of(SORTS, data.get("sort", "")),
        )

    @property
    def order(self) -> str:
        return self.sort or SORTS[0]

    @property
    def terms(self) -> list[str]:
        """The words that must all be found; what comes after the eighth is not looked for."""
        return self.q.casefold().split()[:MOST_TERMS]

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day wished."""
        begin, end = (date.fromisoformat(day) if day else None for day in (self.begin, self.end))
        return begin, end

    @property
    def narrow(self) -> bool:
        """Whether they leave challenges out."""
        return any(value for name, value in asdict(self).items() if name != "sort")

    def query(self, **changes: str | int) -> str:
        """These wishes as the query of an address, with ``changes``; ``"?"`` for none."""
        values = asdict(self) | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _words(text: str, most: int) -> str:
    try:
        return single_line(text[: 4 * most], max_length=4 * most)[:most]
    except TextRefused:
        return ""


def _one_of(known: object, value: str) -> str:
    return value if value in known else ""  # type: ignore[operator]


def _number(text: str) -> int:
    text = text.replace(",", "").replace(" ", "")
    return int(text) if text.isascii() and _DIGITS.fullmatch(text) else 0


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return day.isoformat() if EARLIEST <= day.year <= LATEST else ""
