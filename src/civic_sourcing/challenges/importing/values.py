"""
Single values of a published record, as people typed them. Pure: no Django, no clock.

Each reader returns what a text says, or raises ``ValueError`` where it says nothing certain. A
blank text is no error: it says that there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

EARLIEST, LATEST = 1990, 2100
"""Years a published challenge may lie in; others are slips of the pen."""

LARGEST = Decimal(10) ** 12

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_MONTH_FIRST = re.compile(
    r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})"
    r"(?: +(?P<hour>\d\d?):(?P<minute>\d\d) ?(?P<half>[AP]M))?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?P<up_to>up to )?(?:us ?)?\$? ?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<cents>\.\d\d)?"
    r"(?: ?usd)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:FY ?)?(\d{4}|\d\d)(?: ?[-–] ?(?:FY ?)?(\d{4}|\d\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A sum in whole currency units; ``up_to`` where it is the most that is paid."""

    units: Decimal
    up_to: bool = False

    def minor(self, digits: int) -> int:
        """The sum in minor currency units of a currency with so many decimals."""
        return int(self.units.scaleb(digits))


def read_moment(text: str) -> datetime | None:
    """
    Read ``2020-06-30T09:00:00``, ``6/30/2020`` or ``06/30/2020 10:00 AM`` (month first).

    Naive: the records name no time zone. A day without a time is its beginning.
    """
    text = text.strip()
    if not text:
        return None
    if _ISO.fullmatch(text):
        moment = datetime.fromisoformat(text)
    elif found := _MONTH_FIRST.fullmatch(text):
        moment = _month_first(found)
    else:
        raise ValueError("is no date")
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError("is a year out of range")
    return moment


def _month_first(found: re.Match[str]) -> datetime:
    month, day, year = (int(found[name]) for name in ("month", "day", "year"))
    if found["hour"] is None:
        return datetime(year, month, day)  # noqa: DTZ001 - the records name no zone
    if not 1 <= int(found["hour"]) <= 12:
        raise ValueError("is no time of day")
    hours = int(found["hour"]) % 12 + (12 if found["half"].upper() == "PM" else 0)
    return datetime(year, month, day, hours, int(found["minute"]))  # noqa: DTZ001 - as above


def read_amount(text: str) -> Amount | None:
    """Read ``30000``, ``$3,000,000.00`` or ``Up to $240,000``."""
    text = " ".join(text.split())
    if not text:
        return None
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError("is no amount")
    units = Decimal(found["number"].replace(",", "") + (found["cents"] or ""))
    if units > LARGEST:
        raise ValueError("is an amount out of range")
    return Amount(units, up_to=bool(found["up_to"]))


def read_years(text: str) -> tuple[int, ...]:
    """Read fiscal years as ``FY20, FY21``, ``FY18-21`` or ``2016``: four digits, ascending."""
    if not text.strip():
        return ()
    years: set[int] = set()
    for part in re.split(r"[,;]", text):
        found = _YEAR.fullmatch(part.strip())
        if found is None:
            raise ValueError("is no fiscal year")
        first = _four_digits(found[1])
        last = _four_digits(found[2]) if found[2] else first
        if not EARLIEST <= first <= last <= min(LATEST, first + 20):
            raise ValueError("are years out of range")
        years.update(range(first, last + 1))
    return tuple(sorted(years))


def _four_digits(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
