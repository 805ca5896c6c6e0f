"""What is kept about people who enter challenges, and how it goes."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from civic_sourcing.challenges.entering import teams
from civic_sourcing.challenges.entering.drafts import discard
from civic_sourcing.challenges.entering.places import address, page_of
from civic_sourcing.challenges.models import (
    Entry,
    EntryFile,
    EntryState,
    SolverQuestion,
    TeamMember,
)
from civic_sourcing.challenges.personal_records import Counts, RecordsPart
from civic_sourcing.challenges.policies import entries_of_person
from civic_sourcing.core import clock
from civic_sourcing.core.personal_records import Entry as Line
from civic_sourcing.core.personal_records import Summary

LATEST = 5
WORDS = ("uuid", "process__uuid", "team_name", "state", "title", "words", "submitted_at")


def counted(participant: Any) -> dict[str, Any]:
    return {
        "entries": entries_of_person(participant),
        "questions": participant.solver_questions.all(),
    }


def summary(participant: Any, counts: Counts) -> list[Summary]:
    """Entries of one's own and of one's teams, the latest by name, and questions asked."""
    if not counts["entries"]:
        return [Summary(_("Questions about challenges"), counts["questions"])]
    entries = entries_of_person(participant).distinct().order_by("-created_at")
    latest = entries.select_related("process")[:LATEST]
    return [
        Summary(
            _("Entries to challenges"),
            counts["entries"],
            entries=tuple(_line(each) for each in latest),
        ),
        Summary(_("Questions about challenges"), counts["questions"]),
    ]


def export(participant: Any) -> dict[str, Any]:
    """Entries as captain whole, as a member by name; files by name; questions with their reply."""
    own = participant.captained_entries.order_by("pk")
    joined = TeamMember.objects.filter(participant=participant).order_by("pk")
    files = EntryFile.objects.filter(entry__captain=participant).order_by("pk")
    asked = SolverQuestion.objects.filter(participant=participant).order_by("pk")
    return {
        "entries": [
            {**row, "submissions": _submissions(row["uuid"])} for row in own.values(*WORDS)
        ],
        "teams": list(joined.values("entry__uuid", "entry__title", "role", "joined_at", "left_at")),
        "files": list(files.values("uuid", "name", "created_at", entry_uuid=F("entry__uuid"))),
        "questions": list(asked.values("process__uuid", "text", "asked_at", "reply")),
    }


def erase(participant: Any, *, blank_texts: bool) -> None:
    """
    What was only begun goes, or is led by who joined first; what was typed on top of something
    handed in goes too. What was handed in is emptied by the ledger, if that is wished.

    A question stays with its reply, unsigned, as everybody was told the same.
    """
    for entry in participant.captained_entries.filter(state=EntryState.DRAFT, submitted_at=None):
        _let_go(entry)
    for entry in participant.captained_entries.exclude(words={}):
        if not teams.others_of(entry):
            Entry.objects.filter(pk=entry.pk).update(words={})
    memberships = TeamMember.objects.filter(participant=participant)
    memberships.filter(entry__state=EntryState.DRAFT, left_at=None).update(left_at=clock.now())
    memberships.update(address_digest="", token_digest="")
    asked = SolverQuestion.objects.filter(participant=participant)
    asked.update(participant=None, **({"text": ""} if blank_texts else {}))


def _line(entry: Entry) -> Line:
    page = page_of(entry.process)
    url = address(page, "write", entry.uuid) if page else ""
    return Line(entry.title or _("Untitled"), url, entry.get_state_display(), entry.language)


def _submissions(entry: Any) -> list[dict[str, Any]]:
    rows = Entry.objects.get(uuid=entry).submissions.order_by("number")
    return list(rows.values("number", "document", "digest", "at"))


def _let_go(entry: Entry) -> None:
    others = teams.others_of(entry)
    if others:
        Entry.objects.filter(pk=entry.pk).update(captain=others[0].participant)
    else:
        discard(entry)


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
    counted,
    summary,
    export,
    erase,
)
