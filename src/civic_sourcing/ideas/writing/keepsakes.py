"""What a whole text is made of, while a masked one stands in its place, and how it is erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civic_sourcing.core.text import render
from civic_sourcing.ideas.models import FormReply, IdeaChange, IdeaFile, IdeaWithdrawal

REPLY = ("question_id", "question_text", "text", "value")


def of(idea: Any) -> dict[str, Any]:
    """As JSON; empty where the description is all there is."""
    replies = FormReply.objects.filter(contribution=idea.contribution_id)
    files = IdeaFile.objects.filter(contribution=idea.contribution_id).exclude(alternative="")
    kept: dict[str, Any] = {
        "replies": list(replies.values(*REPLY)),
        "alternatives": {str(file.uuid): file.alternative for file in files},
        "address": idea.address,
    }
    kept = {name: value for name, value in kept.items() if value}
    return {**kept, "description": idea.description} if kept else {}


def take_apart(idea: Any) -> None:
    """Leave nothing outside of the description; does not save ``idea``."""
    FormReply.objects.filter(contribution=idea.contribution_id).delete()
    IdeaFile.objects.filter(contribution=idea.contribution_id).update(alternative="")
    idea.address = ""


def put_together(idea: Any, keepsake: Mapping[str, Any]) -> None:
    """Put everything where it was before it was taken apart."""
    if "description" not in keepsake:
        return
    idea.description = keepsake["description"]
    idea.rendered_html = render(idea.description)
    idea.address = keepsake.get("address", "")
    replies = [
        FormReply(contribution_id=idea.contribution_id, **reply)
        for reply in keepsake.get("replies", ())
    ]
    FormReply.objects.bulk_create(replies, ignore_conflicts=True)
    files = IdeaFile.objects.filter(contribution=idea.contribution_id)
    for uuid, alternative in keepsake.get("alternatives", {}).items():
        files.filter(uuid=uuid).update(alternative=alternative)
    idea.save(clean=False)


def erase(idea: Any) -> None:
    """Empty for good what people wrote and showed beside the description; does not save."""
    take_apart(idea)
    idea.latitude = idea.longitude = None
    for file in IdeaFile.objects.filter(contribution=idea.contribution_id):
        file.delete_with_content()
    IdeaChange.objects.filter(contribution=idea.contribution_id).update(note="")
    IdeaWithdrawal.objects.filter(contribution=idea.contribution_id).update(text="")
