"""Files of an entry: adding and taking out one at a time, what is missing, who may see them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Entry, EntryFile, EntryQuestion, Round
from civic_sourcing.challenges.policies import is_on_team
from civic_sourcing.challenges.sealing import may_read, opened_document
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import UploadField
from civic_sourcing.core.uploads import Received, Upload, register_uploads

MOST_FILES = 10
"""Files of one entry beside those that questions ask for."""

REMOVED = "removed_files"
"""Among an entry's words: files that count until it is handed in again, and then go."""


class FileForm(forms.Form):
    """One file: for ``question``, or any other."""

    def __init__(self, *args: Any, question: EntryQuestion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["file"] = UploadField(
            label=question.label if question else _("Another file"),
            help_text=(question.help if question else "")
            or _("PDF, JPEG, PNG or WebP. Where a photo was taken is removed from it."),
            error_messages={"required": _("Please choose a file.")},
        )

    @property
    def is_multipart(self) -> bool:  # type: ignore[override]
        return True


def questions_of(round_: Round) -> list[EntryQuestion]:
    """What the form of a round asks now, in order."""
    return list(EntryQuestion.objects.filter(round=round_, retired_at=None))


def file_questions(round_: Round) -> list[EntryQuestion]:
    return [each for each in questions_of(round_) if each.kind == EntryQuestion.Kind.FILE]


def files_of(entry: Entry) -> list[EntryFile]:
    """The files the next submission has: those there are, without those taken out."""
    taken_out = set(entry.words.get(REMOVED, ()))
    files = EntryFile.objects.filter(entry=entry).select_related("question")
    return [file for file in files if str(file.uuid) not in taken_out]


def handed_in_files(entry: Entry, round_: Round) -> list[EntryFile]:
    """
    The files of a submission to ``round_``. Raises ``ActionRefused`` (``file-missing``) where one
    is asked for that is not there.
    """
    files = [
        file
        for file in files_of(entry)
        if file.question is None or file.question.round_id == round_.pk
    ]
    if lacking := missing_files(round_, files):
        raise ActionRefused(
            _("A file is missing: %(question)s"), code="file-missing", question=lacking[0]
        )
    return files


def missing_files(round_: Round, files: Sequence[EntryFile]) -> list[str]:
    """The questions everybody has to hand in a file for, and nobody has."""
    there = {file.question_id for file in files}
    return [
        each.label for each in file_questions(round_) if each.is_required and each.pk not in there
    ]


def add(entry: Entry, received: Received, question: EntryQuestion | None) -> EntryFile:
    """Keep a file with a locked ``entry``; for a question it takes the place of the former one."""
    if question is not None:
        for before in files_of(entry):
            if before.question_id == question.pk:
                take_out(entry, before)
    elif sum(file.question_id is None for file in files_of(entry)) >= MOST_FILES:
        raise ActionRefused(
            _("There is no room for more than %(most)d files."), code="full", most=MOST_FILES
        )
    digest = hashlib.sha256(received.content).hexdigest()
    file = EntryFile.holding(received, entry=entry, question=question, digest=digest)
    file.save()
    return file


def take_out(entry: Entry, file: EntryFile) -> None:
    """Delete a file of a locked ``entry``; one that counts goes when it is handed in again."""
    if not file.counts:
        file.delete_with_content()
        return
    entry.words[REMOVED] = [*entry.words.get(REMOVED, ()), str(file.uuid)]
    entry.save(update_fields=["words"])


def find_in(entry: Entry, number: str) -> EntryFile | None:
    """The file of ``entry`` with that number, if there is one."""
    try:
        return entry.files.filter(uuid=UUID(number)).first()
    except ValueError:
        return None


def register() -> None:
    register_uploads(EntryFile._meta.label_lower, find=find_file, may_see=may_see_file)


def find_file(uuid: UUID) -> EntryFile | None:
    rows = EntryFile.objects.select_related(
        "entry__captain", "entry__round", "entry__process", "entry__contribution"
    )
    return rows.filter(uuid=uuid).first()


def may_see_file(user: Any, upload: Upload) -> bool:
    """As the entry itself, and only what was handed in and opened; the team sees drafts, too."""
    assert isinstance(upload, EntryFile)
    entry = upload.entry
    if entry is None:
        return False
    if is_on_team(user, entry):
        return True
    at = clock.now()
    opened = opened_document(entry, at) or {}
    there = {file["uuid"] for file in opened.get("files", ())}
    return str(upload.uuid) in there and may_read(user, entry, at)
