"""What a round is ranked by, read from the database: its criteria, the sheets that count, votes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum

from civic_sourcing.challenges.crowd.votes import of_others
from civic_sourcing.challenges.judging.points import Criterion as Rule
from civic_sourcing.challenges.judging.points import Sheet
from civic_sourcing.challenges.models import (
    Criterion,
    CrowdScore,
    Entry,
    Round,
    Score,
)
from civic_sourcing.challenges.panel.criteria import measure_of
from civic_sourcing.challenges.panel.rounds import live_assignments

PERCENT = 100
MOST_OF_CROWD = 5


def waiting_sheets(round_: Round) -> int:
    """How many sheets judges still owe."""
    return live_assignments(round_).exclude(sheet__completed_at__isnull=False).count()


def rules_of(criteria: Iterable[Criterion]) -> list[Rule]:
    """
    The criteria as the ranking takes them; knock-out questions give no points.

    A criterion weighs its points. Where one has a weight, weights are percent of all of them, a
    bonus left out, and what has none still weighs its points.
    """
    scored = [each for each in criteria if not each.is_knockout and measure_of(each).most]
    weights = {each.pk: Fraction(_weight(each)) for each in scored}
    if any(each.weight is not None for each in scored):
        whole = sum((weights[each.pk] for each in scored if not each.is_bonus), Fraction(0))
        weights = {key: weight * PERCENT / (whole or PERCENT) for key, weight in weights.items()}
    return [
        Rule(str(each.uuid), measure_of(each).most, weights[each.pk], each.is_bonus)
        for each in scored
    ]


def _weight(criterion: Criterion) -> Any:
    return criterion.weight if criterion.weight is not None else _points(criterion)


def _points(criterion: Criterion) -> int:
    return criterion.points or measure_of(criterion).most


def sheets_of(round_: Round, criteria: Iterable[Criterion]) -> list[Sheet]:
    """
    The sheets that count. That on which the panel agreed on its scale is one of them: all judges
    score that entry, so nobody is better off by it.
    """
    known = {each.pk: each for each in criteria}
    rules = {rule.id for rule in rules_of(known.values())}
    rows = live_assignments(round_).filter(sheet__completed_at__isnull=False)
    ordered = rows.select_related(None).order_by("judge__uuid", "entry__uuid")
    people = list(ordered.values_list("sheet", "judge__uuid", "entry__uuid"))
    values: dict[int, dict[str, int]] = {sheet: {} for sheet, _judge, _entry in people}
    failed = set()
    given = Score.objects.filter(sheet__in=rows.values("sheet"), points__isnull=False).order_by()
    for sheet, criterion, points in given.values_list("sheet", "criterion", "points"):
        rule = known.get(criterion)
        if rule is not None and rule.is_knockout and points == 0:
            failed.add(sheet)
        elif rule is not None and str(rule.uuid) in rules:
            values[sheet][str(rule.uuid)] = points
    return [
        Sheet(str(judge), str(entry), values[sheet], sheet in failed)
        for sheet, judge, entry in people
    ]


def crowd_of(round_: Round, kind: str, entries: Iterable[Entry]) -> dict[str, Fraction]:
    """
    The part from 0 to 1 that others give each entry of ``entries``.

    Of other solvers the mean of their points out of five; an entry that none of them has scored
    gets the mean of the others, as it cannot help it. Of the public its choices as a share of those
    of the entry with the most, so that the favourite has the whole share.
    """
    entries = list(entries)
    rows_of = CrowdScore.objects.filter(round=round_, kind=kind, entry__in=entries)
    given = of_others(rows_of.filter(points__isnull=False)).order_by()
    rows: list[dict[str, Any]] = list(
        given.values("entry__uuid").annotate(sum=Sum("points"), count=Count("pk"))
    )
    if kind == CrowdScore.Kind.PEER:
        means = {
            str(row["entry__uuid"]): Fraction(row["sum"], row["count"] * MOST_OF_CROWD)
            for row in rows
        }
        mean = sum(means.values(), Fraction(0)) / (len(means) or 1)
        return {str(entry.uuid): means.get(str(entry.uuid), mean) for entry in entries}
    most = max((row["sum"] for row in rows), default=0)
    return {str(row["entry__uuid"]): Fraction(row["sum"], most or 1) for row in rows}
