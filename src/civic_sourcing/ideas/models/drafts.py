"""Ideas that are still being written."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaDraft(models.Model):
    """
    What somebody has typed so far, kept by the server step by step.

    It belongs to ``participant``, or, before signing in, to whose session knows ``uuid``. ``words``
    are the fields of the form as they were typed, unchecked. It goes when the idea is filed, when
    its writer discards it, and when nobody has touched it for a while.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="idea_drafts"
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.CASCADE,
        null=True,
        related_name="idea_drafts",
    )
    words = models.JSONField(_("what was typed"), default=dict)
    step = models.CharField(_("step"), max_length=16, blank=True)
    created_at = models.DateTimeField(_("begun"), editable=False)
    changed_at = models.DateTimeField(_("last changed"), editable=False, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft of an idea")
        verbose_name_plural = _("drafts of ideas")
        indexes = [models.Index(fields=["participant", "process"], name="civic_idea_draft_mine")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def title(self) -> str:
        return str(self.words.get("title", "")).strip()[:100]
