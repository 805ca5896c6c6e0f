"""What an idea has beside its words: where it belongs, where it is, what was replied and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from civic_sourcing.ideas.models import (
    Category,
    District,
    FormQuestion,
    FormReply,
    IdeaDraft,
    IdeaFile,
)
from civic_sourcing.ideas.writing.whole import Parts

Reply = tuple[FormQuestion, str, str]
"""A question, the reply as people read it, and as machines do (empty for a text)."""


@dataclass(frozen=True)
class Details:
    """As the form gives them, checked and normalised; ``draft`` is where its files wait."""

    category: Category | None = None
    district: District | None = None
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    replies: Sequence[Reply] = ()
    draft: IdeaDraft | None = None

    @classmethod
    def among(cls, values: Any) -> Details:
        """Take those among the attributes of ``values``, such as the arguments of an action."""
        return cls(**{own.name: getattr(values, own.name) for own in fields(cls)})

    def place(self, idea: Any) -> list[str]:
        """Set the columns of ``idea``, unsaved, and return the names of those that changed."""
        changed = []
        for name in ("category", "district", "address", "latitude", "longitude"):
            value = getattr(self, name)
            if getattr(idea, name) != value:
                setattr(idea, name, value)
                changed.append(name)
        return changed

    def parts(self) -> Parts:
        """What people read of it, photos of the draft included."""
        files = self.draft.files.all() if self.draft else ()
        return Parts(
            [(question.label, text) for question, text, _value in self.replies],
            self.address,
            [file.alternative for file in files if file.alternative],
        )

    def keep(self, contribution: Any) -> None:
        """Store replies and files with ``contribution``, in place of what was replied before."""
        FormReply.objects.bulk_create(
            [
                FormReply(
                    contribution=contribution,
                    question=question,
                    question_text=question.label,
                    text=text,
                    value=value,
                )
                for question, text, value in self.replies
            ]
        )
        if self.draft:
            IdeaFile.objects.filter(draft=self.draft).update(draft=None, contribution=contribution)
