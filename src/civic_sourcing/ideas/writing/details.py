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

    def replace_replies(self, contribution: Any) -> bool:
        """
        Put the replies in place of those there are, and return whether any changed.

        A reply left as it is keeps the words of its question, and so does one to a question that is
        asked no more.
        """
        given = {question.pk: value or text for question, text, value in self.replies}
        rows = FormReply.objects.filter(contribution=contribution)
        asked = rows.filter(question__retired_at=None)
        before = {row.question_id: row.value or row.text for row in asked}
        changed = {key for key, _said in given.items() ^ before.items()}
        asked.filter(question__in=changed).delete()
        new = [reply for reply in self.replies if reply[0].pk in changed]
        Details(replies=new).keep(contribution)
        return bool(changed)

    def keep(self, contribution: Any) -> None:
        """Store replies and files with ``contribution``."""
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
