"""What other judges gave: for a judge once the own sheet is in, and for nobody before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Assignment, Criterion, ScoreSheet
from civic_sourcing.challenges.panel.people import judge_label
from civic_sourcing.challenges.panel.rounds import counting_sheets


@dataclass(frozen=True)
class Given:
    """One sheet in words: who, points by criterion (empty: none), the sum, and the comment."""

    judge: str
    points: tuple[int | None, ...]
    total: int
    comment: str


def sheet_of(assignment: Assignment) -> ScoreSheet | None:
    """The judge's own sheet, a draft too."""
    return ScoreSheet.objects.filter(assignment=assignment).first()


def given_by_others(assignment: Assignment) -> list[Given]:
    """Sheets of the other judges of the same entry; empty until the own one is handed in."""
    own = sheet_of(assignment)
    if own is None or own.completed_at is None or assignment.ended_at is not None:
        return []
    criteria = list(Criterion.objects.filter(round=assignment.round_id))
    sheets = counting_sheets(assignment.round).filter(assignment__entry=assignment.entry_id)
    return [in_words(sheet, criteria) for sheet in sheets.exclude(pk=own.pk)]


def in_words(sheet: ScoreSheet, criteria: list[Criterion]) -> Given:
    """A sheet for other people: the judge by alias, without the note meant for nobody else."""
    points = {score.criterion_id: score.points for score in sheet.scores.all()}
    return Given(
        judge=judge_label(sheet.assignment.judge),
        points=tuple(points.get(one.pk) for one in criteria),
        total=total_of(sheet),
        comment=sheet.overall_comment,
    )


@dataclass(frozen=True)
class GivenRow:
    """One criterion with what each sheet gave, in words."""

    criterion: Criterion
    points: tuple[str | Promise, ...]


def rows_of(criteria: list[Criterion], sheets: list[Given]) -> list[GivenRow]:
    """The sheets side by side, one line for each criterion."""
    return [
        GivenRow(one, tuple(said(one, sheet.points[place]) for sheet in sheets))
        for place, one in enumerate(criteria)
    ]


def said(criterion: Criterion, points: int | None) -> str | Promise:
    """Points in words: a question is answered with yes or no."""
    if points is None:
        return "–"
    if criterion.kind == Criterion.Kind.YES_NO:
        return _("Yes") if points else _("No")
    return str(points)


def total_of(sheet: ScoreSheet) -> int:
    """The plain sum of points; a yes is worth the points of its question."""
    return sum(worth(score.criterion, score.points) for score in sheet.scores.all())


def worth(criterion: Criterion, points: int | None) -> int:
    """Points of one score towards the plain sum; a knock-out question gives none."""
    if criterion.is_knockout or points is None:
        return 0
    return points * criterion.points if criterion.kind == Criterion.Kind.YES_NO else points
