"""Where an idea stands on its way, and every step it took."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.participants.models import Participant


class Stage(models.TextChoices):
    """From filing to what became of it. ``stages`` says which may follow which."""

    PUBLISHED = "published", pgettext_lazy("stage", "Published")
    REVIEW = "review", pgettext_lazy("stage", "Under review")
    SHORTLISTED = "shortlisted", pgettext_lazy("stage", "Shortlisted")
    ACCEPTED = "accepted", pgettext_lazy("stage", "Accepted")
    DECLINED = "declined", pgettext_lazy("stage", "Declined")
    REFERRED = "referred", pgettext_lazy("stage", "Referred elsewhere")
    BALLOT = "ballot", pgettext_lazy("stage", "On the ballot")
    PROGRESS = "progress", pgettext_lazy("stage", "In progress")
    DONE = "done", pgettext_lazy("stage", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "Withdrawn")
    MERGED = "merged", pgettext_lazy("stage", "Merged")


class Cause(models.TextChoices):
    """Why an idea entered a stage."""

    HAND = "hand", _("decided by an official")
    THRESHOLD = "threshold", _("a threshold was reached")
    ANSWER = "answer", _("the city answered")
    AUTHOR = "author", _("its author withdrew it")
    LEDGER = "ledger", _("it became part of another text")


class StageChange(models.Model):
    """
    One step from stage to stage. Append-only: the database refuses to change or delete it.

    ``note`` is what the official says about it in public, ``reason_codes`` are codes of
    ``answers.reasons``. ``by`` is empty where nobody decided.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="stage_changes",
        verbose_name=_("contribution"),
    )
    before = models.CharField(pgettext_lazy("stage", "from"), max_length=16, choices=Stage.choices)
    after = models.CharField(pgettext_lazy("stage", "to"), max_length=16, choices=Stage.choices)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices, default=Cause.HAND)
    reason_codes = models.JSONField(_("reasons"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    rendered_html = models.TextField(editable=False, blank=True)
    by = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        related_name="stage_changes",
        verbose_name=pgettext_lazy("stage", "by"),
    )
    changed_at = models.DateTimeField(_("changed"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_stage_change_known",
                condition=models.Q(before__in=Stage.values) & models.Q(after__in=Stage.values),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.before} → {self.after}"


class StageNews(models.Model):
    """That supporters and followers have still to be told of a step; gone once they were."""

    change = models.OneToOneField(
        StageChange, on_delete=models.PROTECT, primary_key=True, related_name="news"
    )

    class Meta:
        verbose_name = _("news of a stage to tell")
        verbose_name_plural = _("news of stages to tell")

    def __str__(self) -> str:
        return str(self.change_id)


class StagedMixin(models.Model):
    """
    The ``stage`` of an idea, as its last ``StageChange`` says.

    ``unlisted`` is what waits for its first supporters: whoever has the address reads it, and no
    list shows it before the threshold that makes it visible is reached.
    """

    stage = models.CharField(
        _("stage"),
        max_length=16,
        choices=Stage.choices,
        default=Stage.PUBLISHED,
        editable=False,
    )
    unlisted = models.BooleanField(_("not listed yet"), default=False, editable=False)

    class Meta:
        abstract = True


STAGE_KNOWN = models.Q(stage__in=Stage.values)
"""What a database lets stand as the stage of an idea."""
