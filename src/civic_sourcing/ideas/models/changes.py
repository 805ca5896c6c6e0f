"""What became of an idea by its author's hand: edited, withdrawn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaChange(models.Model):
    """
    One edit by the author, beside the version of the text it led to (``number``).

    ``parts`` are codes of what changed beside title and description: location, category, photos.
    ``is_material`` is what ``material`` found; then those who supported an earlier version are
    asked. ``note`` is what the author said about it.
    """

    contribution = models.ForeignKey(
        "civic_attribution.Contribution", on_delete=models.PROTECT, related_name="idea_changes"
    )
    number = models.PositiveIntegerField(_("version"))
    is_material = models.BooleanField(_("material"), default=False)
    parts = models.JSONField(_("also changed"), default=list)
    note = models.CharField(_("what was changed and why"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("edit of an idea")
        verbose_name_plural = _("edits of ideas")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.number}"


class IdeaWithdrawal(models.Model):
    """That its author took an idea back, and why. The text stays readable, marked."""

    class Reason(models.TextChoices):
        SOLVED = "solved", _("The matter is settled")
        DOUBLE = "double", _("Another one says the same")
        MISTAKEN = "mistaken", _("It rests on a mistake")
        CHANGED_MIND = "changed-mind", _("I see it differently now")
        OTHER = "other", _("Another reason")

    contribution = models.OneToOneField(
        "civic_attribution.Contribution", on_delete=models.PROTECT, related_name="idea_withdrawal"
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason)
    text = models.CharField(_("in your own words"), max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("withdrawal of an idea")
        verbose_name_plural = _("withdrawals of ideas")

    def __str__(self) -> str:
        return self.get_reason_display()
