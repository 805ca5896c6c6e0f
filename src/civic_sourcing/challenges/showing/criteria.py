"""What entries are scored by, round for round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic_sourcing.challenges.models import Criterion, Round
from civic_sourcing.processes.naming import in_language

MARKS: tuple[tuple[str, str | Promise], ...] = (
    ("is_bonus", gettext_lazy("Bonus")),
    ("is_knockout", gettext_lazy("Knock-out")),
    ("needs_comment", gettext_lazy("With a comment")),
)


@dataclass(frozen=True)
class CriterionLine:
    """One row of the table of criteria; ``levels`` are ``(points, what they stand for)``."""

    title: str
    description: str
    worth: str
    marks: list[str]
    levels: list[tuple[Any, str]]


@dataclass(frozen=True)
class RoundCriteria:
    """The table of one round; ``sum`` says how many points there are in all."""

    number: int
    title: str
    lines: list[CriterionLine]
    sum: str

    @property
    def key(self) -> str:
        """Tells the tables of a page apart."""
        return str(self.number)


def criteria_of(rounds: Iterable[Round]) -> list[RoundCriteria]:
    """A table for each round that has criteria; they need to be at hand (``prefetch_related``)."""
    tables = []
    for each in rounds:
        criteria = list(each.criteria.all())
        if criteria:
            lines = [_line(criterion) for criterion in criteria]
            tables.append(RoundCriteria(each.number, each.title, lines, _sum(criteria)))
    return tables


def most_points(criterion: Criterion) -> int:
    """The most a judge can give: of described levels the highest."""
    levels = [int(level.get("points") or 0) for level in criterion.levels]
    return criterion.points or max(levels, default=0)


def _line(criterion: Criterion) -> CriterionLine:
    return CriterionLine(
        title=criterion.title,
        description=criterion.description,
        worth=_worth(criterion),
        marks=[str(label) for name, label in MARKS if getattr(criterion, name)],
        levels=[
            (level.get("points"), in_language(level.get("labels") or {}))
            for level in criterion.levels
        ],
    )


def _worth(criterion: Criterion) -> str:
    if criterion.is_knockout:
        return _("Has to be met")
    points = most_points(criterion)
    if criterion.weight is not None:
        weight = f"{criterion.weight.normalize():f}"
        return _("up to %(points)d points, weight %(weight)s") % {
            "points": points or 1,
            "weight": weight,
        }
    if criterion.kind == Criterion.Kind.YES_NO and not points:
        return _("Yes or no")
    sentence = ngettext("up to %(points)d point", "up to %(points)d points", points)
    return sentence % {"points": points}


def _sum(criteria: Sequence[Criterion]) -> str:
    scored = [each for each in criteria if not each.is_knockout]
    if any(each.weight is not None for each in scored):
        return ""
    points = sum(most_points(each) for each in scored if not each.is_bonus)
    bonus = sum(most_points(each) for each in scored if each.is_bonus)
    sentence = ngettext("%(points)d point in all", "%(points)d points in all", points)
    told = sentence % {"points": points}
    if not bonus:
        return told
    return _("%(told)s, and up to %(bonus)d more as a bonus") % {"told": told, "bonus": bonus}
