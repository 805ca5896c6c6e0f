"""Dates as published election files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_PATTERNS = (
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d{2})", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})[./](?P<year>(?:19|20)\d{2})", re.ASCII),
    re.compile(r"(?P<year>(?:19|20)\d{2})(?:-(?P<month>\d{1,2}))?", re.ASCII),
)


@dataclass(frozen=True)
class Period:
    """A half-open window ``[opens_at, closes_at)``, aware, in the site's time zone."""

    opens_at: datetime
    closes_at: datetime


def read_days(text: str) -> tuple[date, date] | None:
    """
    Return the first and last day that ``text`` stands for; ``None`` if it is no date.

    Read are ``13.09.2023``, ``13/09/2023``, ``2023-09-13``, a month (``09.2023``, ``2023-09``) and
    a year.
    """
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text.strip()):
            parts = {name: int(value) for name, value in match.groupdict().items() if value}
            try:
                return date(**{"month": 1, "day": 1, **parts}), _last_day(parts)
            except ValueError:
                return None
    return None


def voting_period(begin: str, end: str, *, before: datetime) -> Period | None:
    """
    Return when a published election was voted on, or ``None`` if its dates cannot be read.

    One readable date stands for both. Whole days of the site's time zone, the last one included. An
    election that is already published is over: the window is cut at ``before``.
    """
    first, last = read_days(begin) or read_days(end), read_days(end) or read_days(begin)
    if first is None or last is None:
        return None
    opens_at = _midnight(first[0])
    closes_at = min(_midnight(last[1] + timedelta(days=1)), before)
    return Period(opens_at, closes_at) if opens_at < closes_at else None


def _last_day(parts: dict[str, int]) -> date:
    if "day" in parts:
        return date(**parts)
    year, month = parts["year"], parts.get("month", 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
