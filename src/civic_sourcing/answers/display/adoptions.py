"""What the city makes of something, as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

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
from civic_sourcing.core.money import format_money

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
    clocks: list[Clock] = field(default_factory=list)


def plan_of(
    row: Adoption, today: date, names: Names, *, owner: str = "", clocks: Iterable[Clock] = ()
) -> Plan:
    """
    Put an adoption into words; ``owner`` is who cares for it, for colleagues alone.

    Reads milestones, news with photos, partners and changes, which lists fetch before.
    """
    changes: list[AdoptionChange] = list(row.changes.all())
    return Plan(
        row=row,
        title=str(row.contribution.public_title),
        html=mark_safe(row.rendered_html),  # noqa: S308
        status=str(row.get_status_display()),
        tone=TONES[AdoptionStatus(row.status)],
        expected=date_format(row.expected_on, "DATE_FORMAT") if row.expected_on else "",
        is_late=row.is_late(today),
        owner=owner,
        department=names.of(row.department),
        partners=names.of_all(row.partners.all()),
        steps=steps_of(row.milestones.all(), today),
        news=[_news(update, row.currency) for update in row.updates.all()],
        reason=changes[-1].reason if changes else "",
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
    spent = row.spent is not None and currency
    return News(
        row=row,
        html=mark_safe(row.rendered_html),  # noqa: S308
        photos=list(row.photos.all()),
        spent=format_money(row.spent or 0, currency) if spent else "",
    )
