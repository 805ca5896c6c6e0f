"""
The index by which similar titles are found. All of it can be made again: ``index_similar``.

Apart from ``StatedDifference`` no row here is a fact of its own, so keys and counts refer to
nothing with a constraint.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexedTitle(models.Model):
    """
    The words of one contribution's title as the index knows them, and the keys it is found by.

    ``keys`` are signed 32-bit integers in the machine's order of bytes, little end first. Gone as
    soon as the contribution is blanked.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="indexed_title",
        verbose_name=_("contribution"),
    )
    process_id = models.BigIntegerField()
    format = models.PositiveSmallIntegerField()
    words = models.TextField()
    keys = models.BinaryField()

    class Meta:
        verbose_name = _("indexed title")
        verbose_name_plural = _("indexed titles")

    def __str__(self) -> str:
        return self.words


class TitleKey(models.Model):
    """One key of one contribution: a word, a piece of a word, a whole title, a run of the text."""

    pk = models.CompositePrimaryKey("process_id", "key", "contribution_id")
    process_id = models.BigIntegerField()
    key = models.IntegerField()
    contribution_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("key of a title")
        verbose_name_plural = _("keys of titles")

    def __str__(self) -> str:
        return f"{self.process_id} · {self.key} · {self.contribution_id}"


class KeyCount(models.Model):
    """
    How many titles of one process have a key; ``TITLES`` counts the titles themselves.

    Changed in the transaction that publishes, which holds the lock of the process's ledger anyway:
    no row here is waited for by anybody else.
    """

    TITLES = 2**31 - 1

    pk = models.CompositePrimaryKey("process_id", "key")
    process_id = models.BigIntegerField()
    key = models.IntegerField()
    number = models.IntegerField()

    class Meta:
        verbose_name = _("frequency of a key")
        verbose_name_plural = _("frequencies of keys")

    def __str__(self) -> str:
        return f"{self.process_id} · {self.key} · {self.number}"


class StatedDifference(models.Model):
    """
    Why an author finds theirs different from what was offered as similar, in their words.

    ``similar`` is what was offered; one row for each, with the same reason.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="stated_differences",
        verbose_name=_("contribution"),
    )
    similar = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("similar contribution"),
    )
    reason = models.TextField(_("reason"), blank=True)
    stated_at = models.DateTimeField(_("stated"))

    class Meta:
        verbose_name = _("stated difference")
        verbose_name_plural = _("stated differences")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "similar"], name="civic_stated_difference_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} ≠ {self.similar_id}"
