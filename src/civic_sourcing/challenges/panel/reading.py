"""
An entry as one judge reads it: whole, or blind, without what would tell whose it is.

Blind means: called by its alias; names and addresses blacked out of the texts; no web addresses,
which lead to somebody; files under plain names, without the information about whoever made them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from civic_sourcing.challenges.judging.redacting import redacted
from civic_sourcing.challenges.models import (
    Assignment,
    ChallengeFacts,
    ConflictState,
    Entry,
    EntryFile,
    Submission,
)
from civic_sourcing.challenges.panel.people import alias_of, names_of
from civic_sourcing.core.text import render

ADDRESS = "url"


@dataclass(frozen=True)
class Reply:
    """What was replied to one question of the form."""

    label: str
    text: str


@dataclass(frozen=True)
class File:
    """A file as a judge is offered it; ``number`` is its place, from 1."""

    number: int
    name: str
    row: EntryFile


class Reading:
    """What ``assignment`` lets its judge read. Nothing before a declaration, nothing after one."""

    def __init__(self, assignment: Assignment, *, blind: bool) -> None:
        self.assignment = assignment
        self.entry: Entry = assignment.entry
        self.blind = blind

    @property
    def is_open(self) -> bool:
        """Whether the judge said that there is no conflict, and still has the entry."""
        row = self.assignment
        return row.conflict == ConflictState.NONE and row.ended_at is None

    @cached_property
    def document(self) -> dict[str, Any]:
        """What was handed in last to this round, or before it to one that takes no entries."""
        if not self.is_open:
            return {}
        round_ = self.assignment.round
        rows = Submission.objects.filter(entry=self.entry, round__process=round_.process_id)
        rows = rows.filter(round__number__lte=round_.number).exclude(salt="")
        last = rows.order_by("-number").first()
        return last.document if last else self.entry.handed_in

    @cached_property
    def names(self) -> set[str]:
        return names_of(self.entry) if self.blind else set()

    @property
    def label(self) -> str:
        """What the entry is called in lists, before it is opened too."""
        return alias_of(self.entry) if self.blind else self.entry.title

    @property
    def title(self) -> str:
        return self.word("title")

    @property
    def brief(self) -> str:
        return self.word("brief")

    @property
    def description(self) -> str:
        return self.word("description")

    @property
    def description_html(self) -> SafeString:
        return render(self.description)

    @property
    def url(self) -> str:
        return "" if self.blind else self.document.get(ADDRESS, "")

    @property
    def hides_address(self) -> bool:
        return self.blind and bool(self.document.get(ADDRESS))

    @property
    def by(self) -> str:
        """Whose it is; empty where judges do not learn it."""
        return "" if self.blind else author_line(self.entry)

    def word(self, name: str) -> str:
        return self.clean(self.document.get(name, ""))

    def clean(self, text: str) -> str:
        return redacted(text, self.names) if self.blind else text

    @cached_property
    def replies(self) -> list[Reply]:
        return [
            Reply(reply["label"], self.clean(self.shown(reply)))
            for reply in self.document.get("replies", ())
        ]

    def shown(self, reply: dict[str, str]) -> str:
        if self.blind and reply["text"].startswith(("https://", "http://")):
            return _("A web address, not shown because judging is blind.")
        return reply["text"]

    @cached_property
    def files(self) -> list[File]:
        """The files of the document, in its order."""
        wanted = [str(file["uuid"]) for file in self.document.get("files", ())]
        found = {str(row.uuid): row for row in EntryFile.objects.filter(uuid__in=wanted)}
        rows = [found[key] for key in wanted if key in found]
        return [File(place, self.file_name(place, row), row) for place, row in enumerate(rows, 1)]

    def file_name(self, place: int, row: EntryFile) -> str:
        if not self.blind:
            return row.name
        return f"{alias_of(self.entry)} - {place}{PurePath(row.name).suffix}"


def reading_of(assignment: Assignment) -> Reading:
    """What the judge of ``assignment`` reads, as the challenge's rules say."""
    return Reading(assignment, blind=is_blind(assignment.round.process))


def is_blind(process: Any) -> bool:
    """Whether judges of the challenge do not learn who made an entry."""
    return ChallengeFacts.objects.of(process).blind


def author_line(entry: Entry) -> str:
    """The team with its people, or whoever entered alone."""
    members = entry.members.filter(joined_at__isnull=False, left_at=None)
    people = [entry.captain, *(member.participant for member in members)]
    names = list(dict.fromkeys(person.public_name for person in people if person))
    if entry.team_name:
        return f"{entry.team_name} ({', '.join(names)})" if names else entry.team_name
    return ", ".join(names)
