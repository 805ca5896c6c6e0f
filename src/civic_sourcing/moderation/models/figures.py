"""Figures as they were published: kept, so that a report does not change behind its readers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.figures import Figures


class PublishedFigures(models.Model):
    """
    The figures of one report, frozen when it was first published.

    Pages point here by their ``translation_key``, so that all languages show the same. Rows outlive
    their page: what was published once is remembered, and guards what later reports may show.
    """

    translation_key = models.UUIDField(editable=False)
    scope = models.CharField(max_length=64, editable=False)
    document = models.JSONField(editable=False)
    frozen_at = models.DateTimeField(_("counted"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("published figures")
        verbose_name_plural = _("published figures")
        ordering = ["frozen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "scope"], name="civic_figures_frozen_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document['year']} {self.document['part']}"

    @property
    def figures(self) -> Figures:
        document: dict[str, Any] = self.document
        return Figures.from_document(document)
