"""How one entry was judged, for its own team: scores, comments, where the field stood."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Any

from civic_sourcing.challenges.models import Criterion, Decision, Entry, Ranking
from civic_sourcing.challenges.panel.rounds import counting_sheets
from civic_sourcing.challenges.winners.display import points


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: the mean of what judges gave, out of how many, and what they said."""

    title: str
    mean: str
    most: int
    comments: list[str]


@dataclass(frozen=True)
class Feedback:
    """
    One phase of one entry. ``place`` of ``ranked`` entries; the field's lowest, middle and highest
    total beside the own one. Comments come without names, in no order of judges.
    """

    decision: Decision
    place: int | None
    out: str
    ranked: int
    total: str
    raw: str
    full: str
    lowest: str
    middle: str
    highest: str
    criteria: list[CriterionLine]
    comments: list[str]


def feedback_of(entry: Entry) -> list[Feedback]:
    """Of all phases that were decided and in which the entry was judged, the latest first."""
    decisions = Decision.objects.confirmed().whole().filter(round__process=entry.process_id)
    rows = decisions.select_related("round", "ranking").order_by("-round__number")
    found = ((decision, line_of(decision.ranking, entry)) for decision in rows)
    return [_feedback(entry, decision, line) for decision, line in found if line is not None]


def line_of(ranking: Ranking, entry: Entry) -> dict[str, Any] | None:
    """What a ranking says of ``entry``."""
    lines = ranking.document["lines"]
    return next((line for line in lines if line["entry"] == str(entry.uuid)), None)


def _feedback(entry: Entry, decision: Decision, line: dict[str, Any]) -> Feedback:
    document = decision.ranking.document
    field = [Fraction(each["total"]) for each in document["lines"] if each["place"] is not None]
    sheets = list(counting_sheets(decision.round).filter(assignment__entry=entry))
    return Feedback(
        decision=decision,
        place=line["place"],
        out=line["out"],
        ranked=len(field),
        total=points(line["total"]),
        raw=points(line["raw"]),
        full=points(document["full"]),
        lowest=points(str(min(field))) if field else "",
        middle=points(str(median(field))) if field else "",
        highest=points(str(max(field))) if field else "",
        criteria=_criteria(decision, line, sheets),
        comments=sorted(sheet.overall_comment for sheet in sheets if sheet.overall_comment),
    )


def _criteria(decision: Decision, line: dict[str, Any], sheets: list[Any]) -> list[CriterionLine]:
    said: dict[int, list[str]] = defaultdict(list)
    for sheet in sheets:
        for score in sheet.scores.all():
            if score.comment:
                said[score.criterion_id].append(score.comment)
    most = {row["id"]: row["most"] for row in decision.ranking.document["criteria"]}
    return [
        CriterionLine(
            title=each.title,
            mean=points(line["by_criterion"].get(str(each.uuid))),
            most=most.get(str(each.uuid), 0),
            comments=sorted(said[each.pk]),
        )
        for each in Criterion.objects.filter(round=decision.round)
        if str(each.uuid) in most or said[each.pk]
    ]
