"""Support: one person stands behind one idea."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportQuerySet(models.QuerySet["Support"]):
    def numbers(self, contributions: list[int]) -> dict[int, int]:
        """
        How many people support each of ``contributions`` (keys); those without are absent.
        """
        rows = self.filter(contribution__in=contributions).order_by().values_list("contribution")
        return dict(rows.annotate(number=models.Count("pk")))

    def asked(self, idea: Any) -> "SupportQuerySet":
        """Those of an earlier version of ``idea`` than the last that says something else."""
        return self.filter(contribution=idea.contribution_id, version__lt=idea.material_version)


class Support(models.Model):
    """
    One person's support for one idea. Taking it back deletes the row; the log remembers.

    ``version`` is the last one of the text they stand behind.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="supports",
        verbose_name=_("idea"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="supports",
        verbose_name=_("participant"),
    )
    created_at = models.DateTimeField(_("supported"), editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"],
                name="civic_support_once_per_person",
                violation_error_message=_("You already support this idea."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.contribution}"
