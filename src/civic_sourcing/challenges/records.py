"""The parts of what challenges keep about people: managing, entering, judging, awards."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from civic_sourcing.challenges.models import (
    Assignment,
    Award,
    CrowdScore,
    EntryFile,
    EntryState,
    Judge,
    Placement,
    ReviewMessage,
    Score,
    ScoreSheet,
    SolverQuestion,
    TeamMember,
)
from civic_sourcing.challenges.personal_records import ChallengeRecords, RecordsPart
from civic_sourcing.challenges.policies import entries_of_person
from civic_sourcing.core.personal_records import Entry as Line
from civic_sourcing.core.personal_records import Summary, register_personal_records

LATEST = 5


def register_records() -> None:
    """Called by ``AppConfig.ready``."""
    register_personal_records(ChallengeRecords(MANAGING, ENTERING, JUDGING, AWARDS))


def managed(participant: Any) -> list[Summary]:
    return [Summary(_("Challenges you manage"), participant.managed_challenges.count())]


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


def entered(participant: Any) -> list[Summary]:
    entries = entries_of_person(participant).distinct().order_by("-created_at")
    lines = tuple(
        Line(entry.title or _("Untitled"), "", entry.get_state_display(), entry.language)
        for entry in entries[:LATEST]
    )
    return [
        Summary(_("Entries to challenges"), entries.count(), entries=lines),
        Summary(_("Questions about challenges"), participant.solver_questions.count()),
    ]


def export_entered(participant: Any) -> dict[str, Any]:
    """Entries as captain whole, as a member by name; files by name; questions with their reply."""
    own = participant.captained_entries.order_by("pk")
    joined = TeamMember.objects.filter(participant=participant).order_by("pk")
    files = EntryFile.objects.filter(entry__captain=participant).order_by("pk")
    asked = SolverQuestion.objects.filter(participant=participant).order_by("pk")
    return {
        "entries": list(
            own.values(
                "uuid", "process__uuid", "team_name", "state", "title", "words", "submitted_at"
            )
        ),
        "teams": list(joined.values("entry__uuid", "entry__title", "role", "joined_at", "left_at")),
        "files": list(files.values("uuid", "name", "created_at", entry_uuid=F("entry__uuid"))),
        "questions": list(asked.values("process__uuid", "text", "asked_at", "reply")),
    }


def erase_entered(participant: Any, *, blank_texts: bool) -> None:
    """
    What was only begun goes; what was handed in is emptied by the ledger, if that is wished.

    A question stays with its reply, unsigned, as everybody was told the same.
    """
    for entry in participant.captained_entries.filter(state=EntryState.DRAFT):
        entry.words, entry.title = {}, ""
        entry.save(update_fields=["words", "title"])
        for file in entry.files.all():
            file.file.delete(save=False)
            file.delete()
    TeamMember.objects.filter(participant=participant).update(address_digest="", token_digest="")
    asked = SolverQuestion.objects.filter(participant=participant)
    asked.update(participant=None, **({"text": ""} if blank_texts else {}))


def judged(participant: Any) -> list[Summary]:
    scores = CrowdScore.objects.filter(participant=participant)
    return [
        Summary(_("Panels you judge on"), participant.judgeships.count()),
        Summary(_("Scores you gave to others’ entries"), scores.count()),
    ]


def export_judged(participant: Any) -> dict[str, Any]:
    panels = Judge.objects.filter(participant=participant).order_by("pk")
    mine = {"judge__participant": participant}
    given = Assignment.objects.filter(**mine).order_by("pk")
    sheets = ScoreSheet.objects.filter(assignment__judge__participant=participant).order_by("pk")
    scores = Score.objects.filter(sheet__in=sheets).order_by("pk")
    crowd = CrowdScore.objects.filter(participant=participant).order_by("pk")
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
    return list(
        awards.values("uuid", "placement__entry__uuid", "placement__place", "amount", "state")
    )


def awarded(participant: Any) -> list[Summary]:
    placements = Placement.objects.filter(entry__captain=participant, place__isnull=False)
    confirmed = placements.filter(decision__confirmed_at__isnull=False, decision__withdrawn_at=None)
    return [Summary(_("Places in challenges"), confirmed.count())]


MANAGING = RecordsPart(
    "managing",
    ("civic_challenges.challengefacts_managers", "civic_challenges.reviewmessage"),
    managed,
    export_managed,
    erase_managed,
)
ENTERING = RecordsPart(
    "entering",
    (
        "civic_challenges.entry",
        "civic_challenges.teammember",
        "civic_challenges.entryfile",
        "civic_challenges.submission",
        "civic_challenges.advance",
        "civic_challenges.solverquestion",
    ),
    entered,
    export_entered,
    erase_entered,
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
    judged,
    export_judged,
    erase_judged,
)
AWARDS = RecordsPart(
    "awards",
    ("civic_challenges.placement", "civic_challenges.award", "civic_challenges.instalment"),
    awarded,
    export_awarded,
)
