"""How many have voted, as it may be said while a vote is open: in tens."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .casting import VoteRun


class TurnoutQuerySet(models.QuerySet["Turnout"]):
    """Published turnout."""

    def of(self, run: VoteRun) -> TurnoutQuerySet:
        """That of one run, the whole first."""
        return self.filter(run=run).order_by("area")


class Turnout(models.Model):
    """
    That at least ``tens`` times ten people had voted at ``at``: in one area, or (``area`` empty)
    in all.

    The only number of voters anybody is shown before the count. It cannot be finer than ten, and
    the database refuses to change it more often than every ten minutes. An area with fewer than ten
    voters has no row.
    """

    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="turnout", editable=False
    )
    area = models.CharField(max_length=50, blank=True, editable=False)
    tens = models.PositiveIntegerField(editable=False)
    at = models.DateTimeField(editable=False)

    objects = TurnoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("published turnout")
        verbose_name_plural = _("published turnout")
        constraints = [models.UniqueConstraint(fields=["run", "area"], name="civic_turnout_once")]

    def __str__(self) -> str:
        return f"{self.area or '*'} {self.tens * 10}"
