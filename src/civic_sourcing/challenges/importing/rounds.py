"""The rounds of a record: the window in which entries were taken, and the phases its text tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from civic_sourcing.challenges.importing.records import Record
from civic_sourcing.challenges.status import RoundDates, first_disorder


@dataclass(frozen=True)
class RoundPlan:
    """A round to be made: ``number`` from 1; an empty ``title`` says nothing but the number."""

    number: int
    title: str
    dates: RoundDates


def rounds_of(record: Record, zone: tzinfo) -> list[RoundPlan]:
    """
    The rounds of ``record``; none where nobody can say when it opened.

    The first one is the window of the record. Those of the text follow if they begin after it ends
    and each has its days; they take entries where criteria are told for them.
    """
    opens_at, closes_at = aware(record.opens_at, zone), aware(record.closes_at, zone)
    if opens_at is None:
        return []
    window = RoundDates(opens_at, closes_at, closes_at)
    told = list(_told(record, window, zone))
    if told and first_disorder([plan.dates for plan in told]) is None:
        return told
    return [RoundPlan(1, "", window)]


def aware(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """A moment of the record where and when people read it."""
    return None if moment is None else moment.replace(tzinfo=zone)


def _told(record: Record, window: RoundDates, zone: tzinfo) -> Iterator[RoundPlan]:
    """The phases of the text; one whose days are not certain has none, which is a disorder."""
    for phase in record.phases:
        if phase.number == 1:
            yield RoundPlan(1, phase.title, window)
            continue
        begins = _midnight(phase.begins, zone)
        ends = _midnight(phase.ends and phase.ends + timedelta(days=1), zone)
        judged = any(criterion.phase == phase.number for criterion in record.criteria)
        yield RoundPlan(phase.number, phase.title, RoundDates(begins, ends, ends, judged))


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, zone)
