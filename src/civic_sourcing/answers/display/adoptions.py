"""What the city makes of something, as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from civic_sourcing.answers.display.clocks import Clock
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import (
    Adoption,
    AdoptionChange,
    AdoptionStatus,
    DeliveryPhoto,
    DeliveryUpdate,
    Milestone,
)
from civic_sourcing.core.money import format_money, to_major_units

TONES = {
    AdoptionStatus.PLANNED: "neutral",
    AdoptionStatus.IN_PREPARATION: "info",
    AdoptionStatus.IN_PROGRESS: "info",
    AdoptionStatus.IN_FORCE: "success",
    AdoptionStatus.CHANGED: "warning",
    AdoptionStatus.CANCELLED: "danger",
}


@dataclass(frozen=True)
class Step:
    """A milestone as the element ``timeline`` shows it."""

    label: str
    state: str
    when: str


@dataclass(frozen=True)
class News:
    """One report of a delivery, with its pictures and what was spent so far."""

    row: DeliveryUpdate
    html: SafeString
    photos: list[DeliveryPhoto]
    spent: str


@dataclass(frozen=True)
class Money:
    """
    What is planned and what was spent so far, each in words or empty.

    ``percent`` is the spent share of what is planned, rounded down; ``None`` where it is not known.
    ``beyond`` is how much more was spent than planned.
    """

    planned: str
    spent: str
    percent: int | None
    beyond: str

    def __bool__(self) -> bool:
        return bool(self.planned or self.spent)


def money_of(row: Adoption, spent: int | None) -> Money:
    """Planned against spent. More than planned is never rounded down to 100 percent."""
    currency = row.currency
    percent, beyond = None, None
    if row.planned is not None and spent is not None and spent > row.planned:
        beyond = spent - row.planned
    if currency and row.planned and spent is not None:
        percent = (
            spent * 100 // row.planned
            if spent <= row.planned
            else max(101, spent * 100 // row.planned)
        )
    planned, used, more = (in_words(amount, currency) for amount in (row.planned, spent, beyond))
    return Money(planned, used, percent, more)


def in_words(amount: int | None, currency: str) -> str:
    """An amount for people; empty where it or its currency is not known."""
    return "" if amount is None or not currency else format_money(amount, currency)


def amount_of(amount: int | None, currency: str) -> Decimal | str:
    """An amount for tables, in major units; empty where it or its currency is not known."""
    return "" if amount is None or not currency else to_major_units(amount, currency)


@dataclass(frozen=True)
class Plan:
    """An adoption for people; ``clocks`` are the promises of its delivery."""

    row: Adoption
    title: str
    html: SafeString
    status: str
    tone: str
    expected: str
    is_late: bool
    owner: str
    department: str
    partners: list[str]
    steps: list[Step]
    news: list[News]
    reason: str
    money: Money
    clocks: list[Clock] = field(default_factory=list)


def plan_of(
    row: Adoption,
    today: date,
    names: Names,
    *,
    owner: str = "",
    clocks: Iterable[Clock] = (),
    beside: str = "",
) -> Plan:
    """
    Put an adoption into words; ``owner`` is who cares for it, for colleagues alone. A title that
    stands ``beside`` it already is not told again.

    Reads milestones, news with photos, partners and changes, which lists fetch before.
    """
    changes: list[AdoptionChange] = list(row.changes.all())
    updates: list[DeliveryUpdate] = list(row.updates.all())
    spent = next((update.spent for update in updates if update.spent is not None), None)
    title = str(row.contribution.public_title)
    return Plan(
        row=row,
        title="" if title == beside else title,
        html=mark_safe(row.rendered_html),  # noqa: S308
        status=str(row.get_status_display()),
        tone=TONES[AdoptionStatus(row.status)],
        expected=date_format(row.expected_on, "DATE_FORMAT") if row.expected_on else "",
        is_late=row.is_late(today),
        owner=owner,
        department=names.of(row.department),
        partners=names.of_all(row.partners.all()),
        steps=steps_of(row.milestones.all(), today),
        news=[_news(update, row.currency) for update in updates],
        reason=changes[-1].reason if changes else "",
        money=money_of(row, spent),
        clocks=list(clocks),
    )


def steps_of(milestones: Iterable[Milestone], today: date) -> list[Step]:
    """Milestones in order; the first that is not reached is the current one."""
    rows = list(milestones)
    current = next((row for row in rows if row.done_on is None), None)
    return [
        Step(
            row.title,
            "past" if row.done_on else "current" if row is current else "future",
            _when(row, today),
        )
        for row in rows
    ]


def _when(row: Milestone, today: date) -> str:
    if row.done_on:
        return _("reached on %(date)s") % {"date": date_format(row.done_on, "DATE_FORMAT")}
    if row.due_on is None:
        return _("no date yet")
    written = {"date": date_format(row.due_on, "DATE_FORMAT")}
    if row.is_late(today):
        return _("was planned for %(date)s, overdue") % written
    return _("planned for %(date)s") % written


def _news(row: DeliveryUpdate, currency: str) -> News:
    return News(
        row=row,
        html=mark_safe(row.rendered_html),  # noqa: S308
        photos=list(row.photos.all()),
        spent=in_words(row.spent, currency),
    )
