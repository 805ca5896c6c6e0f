"""What two people decide together about a run: to lengthen it, to set a ballot aside."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .casting import VoteRun


class Proposal(models.Model):
    """
    Something one person proposes and another one approves, each a participant's random UUID.

    ``reason`` is public.
    """

    reason = models.TextField(_("public reason"))
    proposed_by = models.UUIDField(editable=False)
    proposed_at = models.DateTimeField(editable=False)
    approved_by = models.UUIDField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="civic_%(class)s_by_two",
                violation_error_message=_("Somebody else has to approve this."),
            )
        ]


class Lengthening(Proposal):
    """A later end of an open vote."""

    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="lengthenings", editable=False
    )
    closes_at = models.DateTimeField(_("new end"), editable=False)

    class Meta(Proposal.Meta):
        verbose_name = _("lengthening of a vote")
        verbose_name_plural = _("lengthenings of votes")

    def __str__(self) -> str:
        return self.closes_at.isoformat()


class SetAside(Proposal):
    """
    A suspicious ballot that results leave out, found by its tracker and seen by nobody.

    ``mark`` is the keyed value that stands beside the ballot; it outlives the key.
    """

    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="set_asides", editable=False
    )
    tracker = models.CharField(max_length=32, editable=False)
    mark = models.CharField(max_length=64, editable=False)

    class Meta(Proposal.Meta):
        verbose_name = _("ballot set aside")
        verbose_name_plural = _("ballots set aside")
        constraints = [
            *Proposal.Meta.constraints,
            models.UniqueConstraint(
                fields=["run", "tracker"],
                name="civic_set_aside_once",
                violation_error_message=_("This ballot was already proposed."),
            ),
        ]

    def __str__(self) -> str:
        return self.tracker
