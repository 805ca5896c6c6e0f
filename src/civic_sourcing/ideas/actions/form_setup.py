"""What the form of a forum asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.ideas.models import Asked, FormQuestion, FormSetup
from civic_sourcing.ideas.signals import idea_form_set
from civic_sourcing.ideas.tags import read_tags
from civic_sourcing.processes.models import Process

FIELDS = ("tags", "category", "district", "location", "photos")
MOST_QUESTIONS = 20
MOST_TAGS = 60


@dataclass(frozen=True)
class Question:
    """One question as it is to be: ``uuid`` of one there is, or ``None`` for a new one."""

    kind: str
    labels: Mapping[str, str]
    helps: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Mapping[str, str]] = ()
    is_required: bool = False
    uuid: UUID | None = None


class SetIdeaForm(Action[Process]):
    """
    Say what the form asks from now on, in all languages of a process. The result is the setup.

    Takes ``asked`` (``{field: Asked}``), ``prefilled`` and ``helps`` (texts by language) and
    ``questions`` in their order, and ``tag_words``, the tags to choose from. A question left out is
    retired if somebody replied to it, else deleted. The right to do this is the right to publish
    the page, which the caller asked about.
    """

    verb = "set_form"
    announces = idea_form_set
    policy = Always()

    asked: Mapping[str, str]
    prefilled: Mapping[str, str] = {}
    helps: Mapping[str, Mapping[str, str]] = {}
    questions: Sequence[Question] = ()
    tag_words: Sequence[str] = ()

    def check(self) -> None:
        if not set(self.asked) <= set(FIELDS) or not set(self.asked.values()) <= set(Asked.values):
            raise ActionRefused(_("This is no field of the form."), code="unknown-field")
        if len(self.questions) > MOST_QUESTIONS:
            raise ActionRefused(_("These are too many questions."), code="too-many-questions")
        for question in self.questions:
            self._check_question(question)
        try:
            self.tag_words = read_tags(",".join(self.tag_words), most=MOST_TAGS)
        except ValidationError as wrong:
            raise ActionRefused(wrong.messages[0], code="tags") from wrong
        self.known = {row.uuid: row for row in FormQuestion.objects.of(self.subject)}

    def _check_question(self, question: Question) -> None:
        if question.kind not in FormQuestion.Kind.values or not any(question.labels.values()):
            raise ActionRefused(_("A question needs a kind and words."), code="question")
        if question.kind == FormQuestion.Kind.CHOICE and len(question.choices) < 2:
            raise ActionRefused(_("Give at least two answers to choose from."), code="choices")

    def perform(self) -> FormSetup:
        setup, _made = FormSetup.objects.update_or_create(
            process=self.subject,
            defaults={
                **{name: self.asked.get(name, Asked.NO) for name in FIELDS},
                "tag_words": self.tag_words,
                "prefilled": _written(self.prefilled),
                "helps": {name: _written(texts) for name, texts in self.helps.items()},
            },
        )
        kept = [self._keep(question, place) for place, question in enumerate(self.questions)]
        for row in self.known.values():
            if row.pk not in kept:
                self._let_go(row)
        return setup

    def _keep(self, question: Question, position: int) -> int:
        row = self.known.get(question.uuid) if question.uuid else None
        if row is not None and row.kind != question.kind and _is_replied(row):
            self._let_go(row)
            row = None
        row = row or FormQuestion(process=self.subject)
        row.kind, row.position, row.is_required = question.kind, position, question.is_required
        row.labels, row.helps = _written(question.labels), _written(question.helps)
        row.choices = [_written(texts) for texts in question.choices]
        row.save()
        return row.pk

    def _let_go(self, row: FormQuestion) -> None:
        if _is_replied(row):
            FormQuestion.objects.filter(pk=row.pk).update(retired_at=self.at)
        else:
            row.delete()

    def audit_details(self) -> dict[str, Any]:
        asked = {name: str(self.asked.get(name, Asked.NO)) for name in FIELDS}
        kinds = [str(question.kind) for question in self.questions]
        return {"asked": asked, "questions": kinds, "tag_words": len(self.tag_words)}


def _is_replied(row: FormQuestion) -> bool:
    return row.replies.exists() or row.files.exists()


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}
