"""Counts: what came out, written once and never changed."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process


class CountResultQuerySet(models.QuerySet["CountResult"]):
    def of(self, process: Process) -> CountResultQuerySet:
        """Counts of one vote, the latest first."""
        return self.filter(process=process).order_by("-version")

    def latest_of(self, process: Process) -> CountResult | None:
        return self.of(process).first()


class CountResult(models.Model):
    """
    One count of one vote: a numbered document with its SHA-256, never changed.

    A recount is a new version beside the old. ``content`` is canonical JSON, amounts in minor
    units: ``rule``, ``threshold``, ``ballots``, ``amount``, ``currency``, ``ballot_type``,
    ``selected`` (numbers in order of funding), ``spent``, ``left``, ``scores`` (by number) and
    ``steps`` (``project``, ``score``, ``cost``, ``left_before``, ``outcome``, ``reason``).
    """

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="counts", editable=False
    )
    version = models.PositiveIntegerField(editable=False)
    content = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(editable=False)
    software = models.CharField(max_length=64, editable=False)

    objects = CountResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "version"],
                name="civic_count_version_once",
                violation_error_message=_("This vote has a count with this version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.digest[:8]})"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The count as a dictionary; not to be changed."""
        return json.loads(self.content)

    def step_of(self, number: str) -> dict[str, Any] | None:
        """The step in which the project with that number had its turn."""
        return next((step for step in self.document["steps"] if step["project"] == number), None)

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the digest it was stored with."""
        return content_digest(self.content) == self.digest


def content_digest(content: str) -> str:
    """Return the SHA-256 of a document's text, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()
