"""What writing ideas keeps about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.ideas.models import (
    FormReply,
    IdeaChange,
    IdeaFile,
    IdeaFollow,
    IdeaWithdrawal,
)
from civic_sourcing.ideas.writing.drafts import discard
from civic_sourcing.participants.models import Participant


class WritingRecords(PersonalRecords):
    """Drafts, files, replies, edits, withdrawals, followed ideas. The ledger empties texts."""

    name = "ideas_writing"
    models = (
        "civic_ideas.formreply",
        "civic_ideas.ideachange",
        "civic_ideas.ideadraft",
        "civic_ideas.ideafile",
        "civic_ideas.ideafollow",
        "civic_ideas.ideawithdrawal",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        lines = [
            Summary(_("Drafts for forums"), participant.idea_drafts.count()),
            Summary(_("What you follow"), participant.idea_follows.count()),
        ]
        return [line for line in lines if line.count]

    def export(self, participant: Participant) -> dict[str, Any]:
        own = {"contribution__author": participant}
        files = IdeaFile.objects.filter(**own) | IdeaFile.objects.filter(
            draft__participant=participant
        )
        return {
            "drafts": list(participant.idea_drafts.order_by("pk").values("words", "changed_at")),
            "replies": _rows(FormReply, own, "question_text", "text"),
            "files": list(files.order_by("pk").values("uuid", "name", "alternative")),
            "edits": _rows(IdeaChange, own, "number", "note", "changed_at"),
            "withdrawn": _rows(IdeaWithdrawal, own, "reason", "text", "withdrawn_at"),
            "followed": _rows(IdeaFollow, {"participant": participant}, "since"),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """Drafts go with their files, and nobody is told anything any more."""
        for draft in participant.idea_drafts.all():
            discard(draft)
        IdeaFollow.objects.filter(participant=participant).delete()


def _rows(model: Any, own: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    rows = model.objects.filter(**own).order_by("pk")
    return list(rows.values("contribution__uuid", *names))
