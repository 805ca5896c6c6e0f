"""Wanting to hear what becomes of an idea."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaFollow(models.Model):
    """A participant wants to hear what becomes of an idea. Who, nobody is shown."""

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="idea_follows",
        verbose_name=_("idea"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="idea_follows",
        verbose_name=_("participant"),
    )
    since = models.DateTimeField(_("since"), editable=False)

    class Meta:
        verbose_name = _("followed idea")
        verbose_name_plural = _("followed ideas")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"],
                name="civic_idea_follow_once",
                violation_error_message=_("You follow this idea already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.contribution_id}"
