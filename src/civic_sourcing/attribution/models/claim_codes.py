"""What came on paper or out of a workshop, and how its author gets hold of it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.uploads import Upload

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class ClaimCode(models.Model):
    """
    A code that makes its holder an author of what was entered for them.

    Only the keyed digest is kept; the code itself was on one sheet, printed once.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="claim_codes",
        verbose_name=_("contribution"),
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), editable=False)
    used_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="claim_codes",
        verbose_name=_("used by"),
    )
    used_at = models.DateTimeField(_("used"), null=True, editable=False)
    revoked_at = models.DateTimeField(
        pgettext_lazy("claim code", "revoked"), null=True, editable=False
    )

    class Meta:
        verbose_name = _("claim code")
        verbose_name_plural = _("claim codes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_by=None, used_at=None)
                | models.Q(used_by__isnull=False, used_at__isnull=False, revoked_at=None),
                name="civic_claim_code_used_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution} · {self.pk}"

    @property
    def process(self) -> Process:
        """The process of the contribution, for policies and the log."""
        return self.contribution.process


class Provenance(models.Model):
    """Where something on paper comes from: the public place, and a note for the office."""

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="provenance",
        verbose_name=_("contribution"),
    )
    place = models.CharField(_("place or workshop"), max_length=200, blank=True)
    note = models.TextField(_("note for the office"), blank=True)

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")

    def __str__(self) -> str:
        return self.place


class Scan(Upload):
    """The paper itself, for staff and for whoever is its author."""

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="scans",
        verbose_name=_("contribution"),
    )

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
