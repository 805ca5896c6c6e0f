"""What was published, version by version, each with its fingerprint."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.audit import GENESIS


class LedgerChain(models.Model):
    """
    The end of one process's ledger; whoever receives or publishes there holds this row's lock.

    ``received`` counts contributions, ``length`` counts published versions, ``head`` is the
    fingerprint of the last one.
    """

    process = models.OneToOneField(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="ledger_chain",
    )
    received = models.PositiveBigIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("ledger")
        verbose_name_plural = _("ledgers")

    def __str__(self) -> str:
        return f"{self.process_id} · {self.length}"


class ContributionVersion(models.Model):
    """
    One published text. Append-only: the database lets it be blanked, filled again with the words it
    had (``civic_verify`` finds any others), and not changed otherwise.

    ``text_digest`` is the salted digest of title and text. An erasure blanks title, text and salt;
    digest, fingerprint and chain stay, and then say nothing about what was written.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("contribution"),
    )
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    salt = models.CharField(max_length=64, blank=True)
    text_digest = models.CharField(max_length=64)
    author = models.UUIDField(_("author at that time"), null=True)
    published_at = models.DateTimeField(_("published"))
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveBigIntegerField(_("position in the chain"))
    previous = models.CharField(max_length=64)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="civic_contribution_version_number"
            ),
            models.UniqueConstraint(
                fields=["process", "position"], name="civic_contribution_version_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.number}"

    @property
    def is_blanked(self) -> bool:
        return not self.salt
