"""The parts of what challenges keep about people: managing, entering, judging, awards."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.challenges.entering.records import ENTERING
from civic_sourcing.challenges.models import (
    Assignment,
    Award,
    CrowdScore,
    Judge,
    Placement,
    ReviewMessage,
    Score,
    ScoreSheet,
)
from civic_sourcing.challenges.personal_records import ChallengeRecords, Counts, RecordsPart
from civic_sourcing.core.personal_records import Summary, register_personal_records


def register_records() -> None:
    """Called by ``AppConfig.ready``."""
    register_personal_records(ChallengeRecords(MANAGING, ENTERING, JUDGING, AWARDS))


def counted_managed(participant: Any) -> dict[str, Any]:
    return {"managed": participant.managed_challenges.all()}


def managed(participant: Any, counts: Counts) -> list[Summary]:
    return [Summary(_("Challenges you manage"), counts["managed"])]


def export_managed(participant: Any) -> dict[str, Any]:
    said = ReviewMessage.objects.filter(by=participant).order_by("pk")
    return {
        "challenges": list(participant.managed_challenges.values_list("process__uuid", flat=True)),
        "review_messages": list(said.values("process__uuid", "state", "section", "text", "at")),
    }


def erase_managed(participant: Any, *, blank_texts: bool) -> None:
    """Somebody else looks after the challenges; what was said in the review stays, unsigned."""
    participant.managed_challenges.clear()
    ReviewMessage.objects.filter(by=participant).update(by=None)


def counted_judged(participant: Any) -> dict[str, Any]:
    return {
        "panels": participant.judgeships.all(),
        "scores": CrowdScore.objects.filter(participant=participant, points__gt=0),
    }


def judged(participant: Any, counts: Counts) -> list[Summary]:
    return [
        Summary(_("Panels you judge on"), counts["panels"], reverse("civic_judging:index")),
        Summary(_("Scores you gave to others’ entries"), counts["scores"]),
    ]


def export_judged(participant: Any) -> dict[str, Any]:
    panels = Judge.objects.filter(participant=participant).order_by("pk")
    mine = {"judge__participant": participant}
    given = Assignment.objects.filter(**mine).order_by("pk")
    sheets = ScoreSheet.objects.filter(assignment__judge__participant=participant).order_by("pk")
    scores = Score.objects.filter(sheet__in=sheets).order_by("pk")
    given_to = CrowdScore.objects.filter(participant=participant).exclude(points=0)
    crowd = given_to.order_by("pk")
    return {
        "panels": list(panels.values("process__uuid", "organisation", "alias", "state")),
        "assignments": list(
            given.values("uuid", "entry__uuid", "conflict", "conflict_note", "declared_at")
        ),
        "sheets": list(
            sheets.values(
                "assignment__uuid", "overall_comment", "private_note", "saved_at", "completed_at"
            )
        ),
        "scores": list(
            scores.values("sheet__assignment__uuid", "criterion__uuid", "points", "comment")
        ),
        "public_scores": list(crowd.values("kind", "entry__uuid", "points", "at")),
    }


def erase_judged(participant: Any, *, blank_texts: bool) -> None:
    """Scores count on, by a tombstone that names nobody; notes and what tells of a tie go."""
    Judge.objects.filter(participant=participant).update(organisation="", token_digest="")
    mine = Assignment.objects.filter(judge__participant=participant)
    mine.update(conflict_note="")
    ScoreSheet.objects.filter(assignment__in=mine).update(private_note="")


def export_awarded(participant: Any) -> list[dict[str, Any]]:
    awards = Award.objects.filter(placement__entry__captain=participant).order_by("pk")
    names = ("uuid", "placement__entry__uuid", "placement__place", "amount", "state")
    return [{**row} for row in awards.values(*names)]


def counted_awarded(participant: Any) -> dict[str, Any]:
    placements = Placement.objects.filter(entry__captain=participant, place__isnull=False)
    confirmed = placements.filter(decision__confirmed_at__isnull=False, decision__withdrawn_at=None)
    return {"places": confirmed}


def awarded(participant: Any, counts: Counts) -> list[Summary]:
    return [Summary(_("Places in challenges"), counts["places"])]


MANAGING = RecordsPart(
    "managing",
    ("civic_challenges.challengefacts_managers", "civic_challenges.reviewmessage"),
    counted_managed,
    managed,
    export_managed,
    erase_managed,
)
JUDGING = RecordsPart(
    "judging",
    (
        "civic_challenges.judge",
        "civic_challenges.assignment",
        "civic_challenges.scoresheet",
        "civic_challenges.score",
        "civic_challenges.crowdscore",
    ),
    counted_judged,
    judged,
    export_judged,
    erase_judged,
)
AWARDS = RecordsPart(
    "awards",
    (
        "civic_challenges.decision",
        "civic_challenges.placement",
        "civic_challenges.award",
        "civic_challenges.instalment",
    ),
    counted_awarded,
    awarded,
    export_awarded,
)
