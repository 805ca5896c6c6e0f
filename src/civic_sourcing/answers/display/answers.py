"""Official answers as people read them: the one that holds, and what it took the place of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import AnswerDecision, AnswerKind, AnswerPart, OfficialAnswer

TONES = {
    AnswerDecision.ACCEPTED: "success",
    AnswerDecision.PARTLY: "info",
    AnswerDecision.DECLINED: "danger",
    AnswerDecision.REFERRED: "warning",
    AnswerDecision.ANSWERED: "info",
}


@dataclass(frozen=True)
class Part:
    """What one partner department says."""

    department: str
    html: SafeString


@dataclass(frozen=True)
class Answer:
    """``former`` are the answers this one corrects, the latest first."""

    row: OfficialAnswer
    heading: str
    decision: str
    tone: str
    department: str
    partners: list[str]
    html: SafeString
    parts: list[Part]
    former: list[Answer] = field(default_factory=list)


def answers_of(rows: Iterable[OfficialAnswer], names: Names) -> list[Answer]:
    """
    Put published answers into words, the latest first, each with those it corrects.

    ``rows`` come with departments and parts, as many queries as that takes.
    """
    known = {row.pk: row for row in rows}
    corrected = {row.corrects_id for row in known.values()}
    current = [row for row in known.values() if row.pk not in corrected]
    latest_first = sorted(current, key=lambda row: (row.published_at, row.pk), reverse=True)
    return [_answer(row, names, _former(row, known)) for row in latest_first]


def shown(row: OfficialAnswer, names: Names) -> Answer:
    """Put one answer into words, a draft too."""
    return _answer(row, names, [])


def _former(row: OfficialAnswer, known: dict[int, OfficialAnswer]) -> list[OfficialAnswer]:
    found: list[OfficialAnswer] = []
    while row.corrects_id in known and known[row.corrects_id] not in found:
        row = known[row.corrects_id]
        found.append(row)
    return found


def _answer(row: OfficialAnswer, names: Names, former: list[OfficialAnswer]) -> Answer:
    parts = [part for part in row.parts.all() if part.contributed_at]
    return Answer(
        row=row,
        heading=_heading(row),
        decision=str(row.get_decision_display()) if row.decision else "",
        tone=TONES.get(_decision(row), "neutral"),
        department=names.of(row.department),
        partners=names.of_all(part.department for part in row.parts.all()),
        html=html_of(row),
        parts=[Part(names.of(part.department), html_of(part)) for part in parts],
        former=[_answer(each, names, []) for each in former],
    )


def _heading(row: OfficialAnswer) -> str:
    if row.kind == AnswerKind.INTERIM:
        return _("Interim answer of the city")
    return _("Answer of the city")


def _decision(row: OfficialAnswer) -> Any:
    return AnswerDecision(row.decision) if row.decision else None


def html_of(row: OfficialAnswer | AnswerPart) -> SafeString:
    """What was rendered when it was written; nothing else is taken for HTML."""
    return mark_safe(row.rendered_html)  # noqa: S308
