"""What was made of what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DerivationKind(models.TextChoices):
    """What became of the source, in the derived contribution."""

    IMPROVES = "improves", _("improved in")
    MERGES = "merges", _("merged into")
    SPLITS = "splits", _("split into")
    BECOMES_PROJECT = "becomes_project", _("became the project")
    BECOMES_ENTRY = "becomes_entry", _("became the entry")
    ADOPTED = "adopted", _("adopted in")


class Derivation(models.Model):
    """
    ``target`` was made of ``source``. Append-only, and never in a circle: the database insists.

    Credits flow from source to target.
    """

    source = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="derived",
        verbose_name=pgettext_lazy("derivation", "from"),
    )
    target = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="derived_from",
        verbose_name=_("into"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DerivationKind.choices)
    by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), editable=False)

    class Meta:
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"],
                name="civic_derivation_once",
                violation_error_message=_("This derivation is known already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="civic_derivation_not_of_itself",
                violation_error_message=_("Nothing is derived from itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=DerivationKind.values),
                name="civic_derivation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
