"""What a published file said beside the figures, kept so that it can be published again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedFile(models.Model):
    """
    META and the columns of PROJECTS of the file a vote was imported from, as texts in their order.

    ``meta`` holds pairs of key and value, ``columns`` the names of further columns, ``projects`` a
    row for each project: number, name, then the columns. Nothing of its ballots is here.
    """

    process = models.OneToOneField(
        "civic_processes.Process",
        on_delete=models.CASCADE,
        related_name="imported_file",
        editable=False,
    )
    meta = models.JSONField(default=list, editable=False)
    columns = models.JSONField(default=list, editable=False)
    projects = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self) -> str:
        return str(self.process_id)

    @property
    def keys(self) -> dict[str, str]:
        """META by key."""
        return dict(self.meta)

    @property
    def texts(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Name and columns of each project, by number."""
        told: list[list[Any]] = self.projects
        return {
            number: (name, dict(zip(self.columns, values, strict=True)))
            for number, name, *values in told
        }
