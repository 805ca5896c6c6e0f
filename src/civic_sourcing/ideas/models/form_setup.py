"""What the form for new ideas asks in one forum, the same in all its languages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.processes.naming import in_language

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

LABEL_COLUMN = 200


class Asked(models.TextChoices):
    """How the form treats a field that not every forum needs."""

    NO = "no", _("Not asked")
    OPTIONAL = "optional", _("People may fill it in")
    REQUIRED = "required", _("Everybody has to fill it in")


class FormSetupQuerySet(models.QuerySet["FormSetup"]):
    def of(self, process: Process | Any) -> FormSetup:
        """The form of ``process``; the usual one, not saved, where nobody has set any up."""
        return self.filter(process=process).first() or FormSetup(process=process)


class FormSetup(models.Model):
    """
    Which fields the form has beside title and description.

    ``tag_words`` are the tags there are to choose from; without any, people write their own.
    ``prefilled`` and ``helps`` hold texts by language: what stands in the description at first,
    and ``{field: {language: text}}`` for the help under a field.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="idea_form"
    )
    tags = models.CharField(
        pgettext_lazy("field", "tags"), max_length=8, choices=Asked, default=Asked.OPTIONAL
    )
    tag_words = models.JSONField(_("tags to choose from"), default=list, blank=True)
    category = models.CharField(_("category"), max_length=8, choices=Asked, default=Asked.OPTIONAL)
    district = models.CharField(_("district"), max_length=8, choices=Asked, default=Asked.OPTIONAL)
    location = models.CharField(_("location"), max_length=8, choices=Asked, default=Asked.NO)
    photos = models.CharField(_("photos"), max_length=8, choices=Asked, default=Asked.NO)
    prefilled = models.JSONField(_("text to begin with"), default=dict, blank=True)
    helps = models.JSONField(_("help per field"), default=dict, blank=True)

    objects = FormSetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("form for new ideas")
        verbose_name_plural = _("forms for new ideas")
        constraints = [
            models.CheckConstraint(
                name=f"civic_idea_form_{field}_known",
                condition=models.Q((f"{field}__in", Asked.values)),
            )
            for field in ("tags", "category", "district", "location", "photos")
        ]

    def __str__(self) -> str:
        return str(self.process)

    def asks(self, field: str) -> bool:
        return bool(getattr(self, field) != Asked.NO)

    def requires(self, field: str) -> bool:
        return bool(getattr(self, field) == Asked.REQUIRED)

    def help_for(self, field: str) -> str:
        return in_language(self.helps.get(field, {}))

    @property
    def prefilled_text(self) -> str:
        return in_language(self.prefilled)


class FormQuestionQuerySet(models.QuerySet["FormQuestion"]):
    def of(self, process: Process | Any) -> FormQuestionQuerySet:
        """The questions asked in ``process`` now, in their order."""
        return self.filter(process=process, retired_at=None)


class FormQuestion(models.Model):
    """
    One further question on the form. Replies are shown with the idea.

    ``labels`` and ``helps`` are texts by language; ``choices`` a list of ``{language: text}``. A
    question that was answered is retired, never deleted, and its kind does not change any more.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("One of several")
        NUMBER = "number", pgettext_lazy("question", "Number")
        DATE = "date", _("Date")
        FILE = "file", _("File")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="idea_questions"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    labels = models.JSONField(_("question"), default=dict)
    helps = models.JSONField(_("help"), default=dict, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    objects = FormQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("further question")
        verbose_name_plural = _("further questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_idea_question_kind_known",
                condition=models.Q(
                    ("kind__in", ["text", "choice", "number", "date", "file"]),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def field_name(self) -> str:
        return f"question_{self.uuid.hex[:12]}"

    @property
    def label(self) -> str:
        return in_language(self.labels)

    @property
    def help(self) -> str:
        return in_language(self.helps)

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """Number of each choice, and its words in the language spoken now."""
        return [(str(number), in_language(texts)) for number, texts in enumerate(self.choices)]


class FormReply(models.Model):
    """
    What the author of an idea replied to one question; no row where they left it out.

    ``question_text`` and ``text`` are the words as shown, in the idea's language: they are part of
    its published text. ``value`` is for machines: the number of a choice, a number, a date in ISO
    format; empty for a text.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution", on_delete=models.PROTECT, related_name="idea_replies"
    )
    question = models.ForeignKey(FormQuestion, on_delete=models.PROTECT, related_name="replies")
    question_text = models.CharField(_("question"), max_length=LABEL_COLUMN)
    text = models.TextField(_("reply"))
    value = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("reply to a question")
        verbose_name_plural = _("replies to questions")
        ordering = ["question__position", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "question"], name="civic_idea_reply_once"
            )
        ]

    def __str__(self) -> str:
        return self.question_text
