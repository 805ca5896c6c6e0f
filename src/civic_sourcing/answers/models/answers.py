"""What the city answers, with the parts of all departments that have a say."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.models.departments import Department
from civic_sourcing.answers.reasons import reason_label
from civic_sourcing.attribution.models import Contribution

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class AnswerKind(models.TextChoices):
    INTERIM = "interim", _("Interim answer")
    FINAL = "final", _("Answer")


class AnswerDecision(models.TextChoices):
    """What the city decides about it."""

    ACCEPTED = "accepted", pgettext_lazy("official answer", "Accepted")
    PARTLY = "partly", pgettext_lazy("official answer", "Accepted in part")
    DECLINED = "declined", pgettext_lazy("official answer", "Declined")
    REFERRED = "referred", pgettext_lazy("official answer", "Referred elsewhere")
    ANSWERED = "answered", pgettext_lazy("official answer", "Answered")


class AnswerState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("official answer", "draft")
    OPEN_PARTS = "open_parts", pgettext_lazy("official answer", "waiting for other departments")
    PUBLISHED = "published", pgettext_lazy("official answer", "published")
    DISCARDED = "discarded", pgettext_lazy("official answer", "discarded")


WRITABLE = (AnswerState.DRAFT, AnswerState.OPEN_PARTS)


class OfficialAnswerQuerySet(models.QuerySet["OfficialAnswer"]):
    def of(self, contribution: Contribution) -> OfficialAnswerQuerySet:
        """All answers to one contribution, in every state."""
        return self.filter(contribution=contribution)

    def published(self) -> OfficialAnswerQuerySet:
        """What the public reads, corrected ones too, in the order of publication."""
        return self.filter(state=AnswerState.PUBLISHED).order_by("contribution_id", "number")

    def current(self) -> OfficialAnswerQuerySet:
        """Published, and not corrected by a later one."""
        corrections = OfficialAnswer.objects.filter(
            corrects=models.OuterRef("pk"), state=AnswerState.PUBLISHED
        )
        return self.published().exclude(models.Exists(corrections))

    def final(self) -> OfficialAnswerQuerySet:
        return self.filter(kind=AnswerKind.FINAL)

    def waiting(self) -> OfficialAnswerQuerySet:
        """Begun and neither published nor discarded."""
        return self.filter(state__in=WRITABLE)


class OfficialAnswer(models.Model):
    """
    What the city says to one contribution.

    ``number`` counts the published answers to it without gaps; a draft has none. Append-only once
    published: a correction is a new row that ``corrects`` the former, and both stay readable.
    ``departs_reason`` says why it departs from what citizens supported. The log keeps a digest of
    ``text`` under ``salt``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.PROTECT,
        related_name="official_answers",
        verbose_name=_("contribution"),
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=AnswerKind, default=AnswerKind.FINAL)
    decision = models.CharField(_("decision"), max_length=16, choices=AnswerDecision, blank=True)
    reason_codes = models.JSONField(_("reasons"), default=list, blank=True)
    departs_reason = models.TextField(
        _("why it departs from what people supported"), max_length=5000, blank=True
    )
    text = models.TextField(_("text"), blank=True)
    rendered_html = models.TextField(blank=True, editable=False)
    language = models.CharField(_("language"), max_length=16)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("responsible department"),
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_date = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=AnswerState, default=AnswerState.DRAFT
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    salt = models.CharField(max_length=64, blank=True, editable=False)

    objects = OfficialAnswerQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        ordering = ["contribution", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="civic_answer_number_once"
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(state="discarded"),
                name="civic_answer_corrected_once",
                violation_error_message=_("Somebody is correcting this answer already."),
            ),
            models.CheckConstraint(
                condition=Q(state="published", number__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(number=None, published_at=None)),
                name="civic_answer_numbered_when_published",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AnswerKind.values, state__in=AnswerState.values),
                name="civic_answer_kind_and_state_known",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *AnswerDecision.values]),
                name="civic_answer_decision_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(kind="final") | ~Q(decision=""),
                name="civic_answer_final_decides",
                violation_error_message=_("A final answer says what is decided."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="civic_answer_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.contribution}"

    @property
    def process(self) -> Process:
        """That of the contribution: its roles and its audit chain are those of the answer."""
        return self.contribution.process

    @property
    def is_published(self) -> bool:
        return self.state == AnswerState.PUBLISHED

    @property
    def is_final(self) -> bool:
        return self.kind == AnswerKind.FINAL

    @property
    def missing_parts(self) -> models.QuerySet[AnswerPart]:
        """The parts that departments have still to write."""
        return self.parts.filter(contributed_at=None)

    @property
    def reasons(self) -> list[Any]:
        """The words of its reason codes, in the active language."""
        return [reason_label(code) for code in self.reason_codes]


class AnswerPart(models.Model):
    """What one partner department has to say in an answer, complete once all have."""

    answer = models.ForeignKey(
        OfficialAnswer, on_delete=models.PROTECT, related_name="parts", verbose_name=_("answer")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="parts", verbose_name=_("department")
    )
    text = models.TextField(_("text"), blank=True)
    rendered_html = models.TextField(blank=True, editable=False)
    contributed_at = models.DateTimeField(_("contributed"), null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("part of an answer")
        verbose_name_plural = _("parts of answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "department"],
                name="civic_answer_part_once",
                violation_error_message=_("This department has a part in the answer already."),
            ),
            models.CheckConstraint(
                condition=Q(contributed_at=None, text="")
                | (Q(contributed_at__isnull=False) & ~Q(text="")),
                name="civic_answer_part_contributed_with_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.answer}"

    @property
    def process(self) -> Process:
        return self.answer.process
