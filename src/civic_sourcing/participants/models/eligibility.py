"""Who may take part in a process, and which office helps those who may not."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process


class EligibilityRule(models.Model):
    """
    One condition of a process, in every language of it. All conditions must be met.

    ``verifier`` is a registered key, ``options`` are its own. Change them with ``SetEligibility``.
    """

    process = models.ForeignKey(
        Process,
        on_delete=models.CASCADE,
        related_name="eligibility_rules",
        verbose_name=_("process"),
    )
    verifier = models.CharField(_("condition"), max_length=32)
    options = models.JSONField(_("options"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("eligibility condition")
        verbose_name_plural = _("eligibility conditions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "verifier"],
                name="civic_eligibility_condition_once",
                violation_error_message=_("This condition is already set."),
            )
        ]

    def __str__(self) -> str:
        return self.verifier


class ProcessOffice(models.Model):
    """The office people of one process turn to, in words: ``{language code: text}``."""

    process = models.OneToOneField(
        Process, on_delete=models.CASCADE, related_name="office", verbose_name=_("process")
    )
    texts = models.JSONField(_("office to turn to"), default=dict, blank=True)

    class Meta:
        verbose_name = _("office of a process")
        verbose_name_plural = _("offices of processes")

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """In the active language; otherwise in the first one somebody wrote."""
        return in_active_language(self.texts)


def in_active_language(texts: dict[str, Any]) -> str:
    """The text of ``{language code: text}`` in the active language, else the first written one."""
    return texts.get(get_language() or "") or next((text for text in texts.values() if text), "")
