from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhaseNotice(models.Model):
    """
    People were told that a phase has opened or ends soon.

    ``moment`` is the opening or the end they were told of: where an editor moves it, they are told
    again.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("has opened")
        ENDS = "ends", _("ends soon")

    phase = models.ForeignKey(
        "civic_processes.Phase", on_delete=models.CASCADE, related_name="+", verbose_name=_("phase")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    moment = models.DateTimeField(_("moment"))
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("notice of a phase")
        verbose_name_plural = _("notices of phases")
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "kind", "moment"], name="civic_phase_notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase_id} {self.kind}"
