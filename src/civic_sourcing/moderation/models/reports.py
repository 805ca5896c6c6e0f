"""Reports: notices to moderators by people who think that a rule is broken."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models.cases import Case

if TYPE_CHECKING:
    from civic_sourcing.participants.models import Participant


class ReportQuerySet(models.QuerySet["Report"]):
    def by(self, participant: Participant) -> ReportQuerySet:
        """What one person reported, the latest first."""
        return self.filter(reporter=participant).order_by("-created_at", "-pk")


class Report(models.Model):
    """
    What somebody reported, under which rule. One per person and case; the database insists.

    ``anonymous_key`` is a keyed digest of address and day for people who are not signed in, and
    forgotten after two days; it is blank otherwise. A report whose reporter is erased has neither.
    ``process`` is where it was noticed; of a report about a person only moderators there read it.
    ``weight`` is 1 for people known here, less for others. ``answered_at`` is when the reporter was
    told the outcome.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="reports", verbose_name=_("case")
    )
    reporter = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="reports",
        verbose_name=_("reporter"),
    )
    anonymous_key = models.CharField(max_length=64, blank=True, editable=False)
    rule = models.ForeignKey(
        "civic_moderation.NetiquetteRule",
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("rule"),
    )
    process = models.ForeignKey(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("process"),
    )
    text = models.TextField(_("text"), blank=True)
    affected = models.BooleanField(_("personally affected"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=2, default=Decimal(1))
    created_at = models.DateTimeField(_("reported"), editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                name="civic_report_once_per_person",
                violation_error_message=_("You have reported this already."),
            ),
            models.UniqueConstraint(
                fields=["case", "anonymous_key"],
                condition=~Q(anonymous_key=""),
                name="civic_report_once_per_address",
                violation_error_message=_("This was reported from here already."),
            ),
            models.CheckConstraint(
                condition=Q(reporter=None) | Q(anonymous_key=""),
                name="civic_report_person_or_address",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1), name="civic_report_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.case}"
