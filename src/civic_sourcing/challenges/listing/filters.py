"""What a list of challenges can be narrowed and sorted by, and the form that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from civic_sourcing.challenges.editorial.audiences import audience_label
from civic_sourcing.challenges.listing.rows import Listed
from civic_sourcing.challenges.listing.wishes import MONEY, OTHER, Wishes
from civic_sourcing.challenges.models import ChallengeType
from civic_sourcing.challenges.showing.standing import LABELS
from civic_sourcing.challenges.status import Status

FAR = datetime.max.replace(tzinfo=UTC)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
FIRST = (Status.OPEN, Status.UPCOMING, Status.JUDGING, Status.CLOSED, Status.ARCHIVED)
"""In which order challenges stand in a list that goes by what can be done."""

SORT_LABELS = {
    "deadline": gettext_lazy("Open first, by deadline"),
    "newest": pgettext_lazy("order", "Newest"),
    "prize": gettext_lazy("Prize money"),
    "title": gettext_lazy("Title"),
}


@dataclass(frozen=True)
class Choice:
    """One list to choose from: ``options`` of value, label and whether it is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, Any, bool]]


def narrowed(rows: Iterable[Listed], wishes: Wishes) -> list[Listed]:
    """The rows all wishes let through, words aside."""
    tests = [test for test in _tests(wishes) if test is not None]
    return [row for row in rows if all(test(row) for test in tests)]


def _tests(wishes: Wishes) -> list[Callable[[Listed], bool] | None]:
    return [
        (lambda row: wishes.type in row.facts.types) if wishes.type else None,
        (lambda row: row.department == wishes.department) if wishes.department else None,
        _has_status(wishes.status),
        (lambda row: row.facts.prize_total is not None) if wishes.prize == MONEY else None,
        (lambda row: row.facts.has_other_prizes) if wishes.prize == OTHER else None,
        (lambda row: row.units >= wishes.least) if wishes.least else None,
        (lambda row: wishes.audience in row.facts.audiences) if wishes.audience else None,
        _in_days(wishes),
    ]


def _has_status(status: str) -> Callable[[Listed], bool]:
    """The one wished; what was put away is listed for who asks for it."""
    if status:
        return lambda row: row.status == status
    return lambda row: row.status != Status.ARCHIVED


def _in_days(wishes: Wishes) -> Callable[[Listed], bool] | None:
    """Whether entries are taken on one of the days wished, as the reader's days are."""
    begin, end = wishes.days
    if begin is None and end is None:
        return None
    zone = get_current_timezone()
    since = make_aware(datetime.combine(begin, time.min), zone) if begin else LONG_AGO
    until = make_aware(datetime.combine(end + timedelta(days=1), time.min), zone) if end else FAR

    def overlaps(row: Listed) -> bool:
        if row.opens_at is None and row.closes_at is None:
            return False
        return (row.opens_at or LONG_AGO) < until and since < (row.closes_at or FAR)

    return overlaps


def in_order(rows: list[Listed], wishes: Wishes, at: datetime) -> list[Listed]:
    """The rows in the order wished; every order is total, equals go by their page."""
    keys: dict[str, Callable[[Listed], tuple[Any, ...]]] = {
        "deadline": lambda row: (FIRST.index(row.status), _nearness(row, at), row.page),
        "newest": lambda row: (-_seconds(_appeared(row)), -row.page),
        "prize": lambda row: (row.facts.prize_total is None, -row.units, row.page),
        "title": lambda row: (row.title.casefold(), row.page),
    }
    return sorted(rows, key=keys[wishes.order])


def _nearness(row: Listed, at: datetime) -> float:
    """What comes next comes first; of what is over, what ended last."""
    if row.status == Status.OPEN:
        return _seconds(row.deadline(at) or FAR)
    if row.status == Status.UPCOMING:
        return _seconds(row.opens_at or FAR)
    return -_seconds(row.closes_at or row.opens_at or LONG_AGO)


def _appeared(row: Listed) -> datetime:
    """When it came out; an imported one came out when it opened, elsewhere."""
    if row.facts.imported:
        return row.opens_at or row.closes_at or LONG_AGO
    return row.facts.published_at or LONG_AGO


def _seconds(moment: datetime) -> float:
    return (moment - LONG_AGO).total_seconds()


def choices(rows: Sequence[Listed], wishes: Wishes) -> list[Choice]:
    """The lists of the form, each only where there is something to choose between."""
    types = {key for row in rows for key in row.facts.types}
    states = {row.status for row in rows}
    departments = sorted({row.department for row in rows if row.department})
    audiences = sorted({each for row in rows for each in row.facts.audiences})
    lists = [
        _choice(
            "status",
            _("Status"),
            [(each.value, LABELS[each]) for each in FIRST if each in states],
            wishes.status,
            _("All"),
        ),
        _choice(
            "type",
            _("Type"),
            [(key, label) for key, label in ChallengeType.choices if key in types],
            wishes.type,
            _("All types"),
        ),
        _choice(
            "department",
            _("Department"),
            [(name, name) for name in departments],
            wishes.department,
            _("All departments"),
        ),
        _choice(
            "audience",
            _("For whom"),
            [(key, audience_label(key)) for key in audiences],
            wishes.audience,
            _("Everybody"),
        ),
        _choice("prize", _("Prize"), _prizes(rows), wishes.prize, _("Any")),
        _choice("sort", _("Order"), SORT_LABELS.items(), wishes.order),
    ]
    return [each for each in lists if len(each.options) > 1]


def _prizes(rows: Sequence[Listed]) -> list[tuple[str, Any]]:
    found = []
    if any(row.facts.prize_total is not None for row in rows):
        found.append((MONEY, _("Money")))
    if any(row.facts.has_other_prizes for row in rows):
        found.append((OTHER, _("Other than money")))
    return found


def _choice(
    name: str, label: str, known: Iterable[tuple[str, Any]], chosen: str, every: str = ""
) -> Choice:
    options = [(value, text, value == chosen) for value, text in known]
    return Choice(name, label, [("", every, not chosen), *options] if every else options)
