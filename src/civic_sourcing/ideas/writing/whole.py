"""
The whole text of an idea: description, replies to the form's questions, address, what photos show.

The ledger fingerprints it, the gate reads it, versions keep it, and masking replaces it. It is put
together the same way for ever, one paragraph after the other, without words of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from civic_sourcing.ideas.models import FormReply, IdeaFile


@dataclass(frozen=True)
class Parts:
    """What people read of an idea beside title and description."""

    replies: Sequence[tuple[str, str]] = ()
    address: str = ""
    alternatives: Sequence[str] = ()

    @classmethod
    def of(cls, idea: Any) -> Parts:
        """As they are stored now; two queries."""
        replies = FormReply.objects.filter(contribution=idea.contribution_id)
        files = IdeaFile.objects.filter(contribution=idea.contribution_id)
        return cls(
            list(replies.values_list("question_text", "text")),
            idea.address,
            [text for text in files.values_list("alternative", flat=True) if text],
        )

    def with_description(self, description: str) -> str:
        """The text as it is published."""
        return whole_text(description, self.replies, self.address, self.alternatives)

    @property
    def substance(self) -> str:
        """What supporters stand behind, apart from the description; photos are illustration."""
        return whole_text("", self.replies, self.address, ())


def whole_text(
    description: str,
    replies: Iterable[tuple[str, str]],
    address: str,
    alternatives: Iterable[str],
) -> str:
    paragraphs = [
        description,
        *(f"{question}\n{reply}" for question, reply in replies),
        address,
        *(f"[{text}]" for text in alternatives),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
