"""Spans of days as English texts write them: ``June 30 - October 8, 2020``. Pure."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date

_MONTHS = {name: number for number, name in enumerate(month_name) if name}
_END = re.compile(r"(?P<month>[A-Z][a-z]+)(?: (?P<day>\d\d?))?(?:,? (?P<year>\d{4}))?")


def read_span(text: str) -> tuple[date | None, date | None]:
    """
    First and last day of a span between two months or days; both ``None`` if that is not certain.

    A year said once, at the end, holds for both. A month alone is meant whole.
    """
    ends = [_END.fullmatch(part.strip()) for part in re.split(r" ?[-–—] ?", text)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None, None
    first, last = ends[0], ends[1]
    if last["year"] is None or {first["month"], last["month"]} - _MONTHS.keys():
        return None, None
    last_year = int(last["year"])
    first_year = int(first["year"] or last_year)
    first_month, last_month = _MONTHS[first["month"]], _MONTHS[last["month"]]
    try:
        begins = date(first_year, first_month, int(first["day"] or 1))
        last_day = int(last["day"] or monthrange(last_year, last_month)[1])
        ends_on = date(last_year, last_month, last_day)
    except ValueError:
        return None, None
    return (begins, ends_on) if begins <= ends_on else (None, None)
