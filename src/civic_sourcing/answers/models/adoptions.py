"""What the city makes of a contribution: plan, milestones, news of the delivery."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.models.departments import Agreement, Department
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind
from civic_sourcing.core.uploads import Upload

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

ADOPTION = "adoption"
"""The kind of contribution an adoption is."""


class AdoptionStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("adoption", "planned")
    IN_PREPARATION = "in_preparation", pgettext_lazy("adoption", "in preparation")
    IN_PROGRESS = "in_progress", pgettext_lazy("adoption", "in progress")
    IN_FORCE = "in_force", pgettext_lazy("adoption", "in force")
    CHANGED = "changed", pgettext_lazy("adoption", "in force, otherwise than proposed")
    CANCELLED = "cancelled", pgettext_lazy("adoption", "cancelled")


WORK_WORDS = {
    AdoptionStatus.IN_FORCE: pgettext_lazy("adoption", "done"),
    AdoptionStatus.CHANGED: pgettext_lazy("adoption", "done, otherwise than proposed"),
}
"""A rule comes into force, a work is done: what they are called where it is a work."""


def status_label(status: str, *, is_work: bool) -> str:
    """What people call a status of an adoption."""
    known = AdoptionStatus(status)
    return str(WORK_WORDS.get(known, known.label) if is_work else known.label)


DELIVERED = (AdoptionStatus.IN_FORCE, AdoptionStatus.CHANGED)
WITH_REASON = (AdoptionStatus.CHANGED, AdoptionStatus.CANCELLED)
ON_THE_WAY = (
    AdoptionStatus.PLANNED,
    AdoptionStatus.IN_PREPARATION,
    AdoptionStatus.IN_PROGRESS,
)


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def of(self, contribution: Contribution) -> AdoptionQuerySet:
        """What was made of one contribution, the first first."""
        return self.of_any([contribution.pk])

    def of_any(self, contributions: Collection[int]) -> AdoptionQuerySet:
        """What was made of one of several contributions (keys), each once, the first first."""
        ties = Derivation.objects.filter(source__in=contributions, kind=DerivationKind.ADOPTED)
        return self.filter(contribution__in=ties.values("target")).order_by("pk")

    def on_the_way(self) -> AdoptionQuerySet:
        """Neither in force nor cancelled."""
        return self.filter(status__in=ON_THE_WAY)

    def with_spent(self) -> AdoptionQuerySet:
        """Each with ``spent``: what the latest news that says so says was spent so far."""
        told = DeliveryUpdate.objects.filter(adoption=OuterRef("pk"), spent__isnull=False)
        return self.annotate(spent=Subquery(told.order_by("-at", "-pk").values("spent")[:1]))

    def gaps(self) -> AdoptionQuerySet:
        """On the way, and nobody is named for it or no date."""
        return self.on_the_way().filter(Q(owner=None) | Q(expected_on=None))


class Adoption(models.Model):
    """
    What the city makes of contributions: itself one, that was ``adopted`` from others.

    ``owner`` is who cares for it inside the city; the public reads ``department``. Amounts, such as
    the ``planned`` money, are in minor units of ``currency``. A work (``is_work``) is done in the
    end, anything else comes into force. ``latitude`` and ``longitude`` are where it is, in degrees.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.OneToOneField(
        Contribution,
        on_delete=models.PROTECT,
        related_name="adoption",
        verbose_name=_("contribution"),
    )
    text = models.TextField(_("what the city does"), blank=True)
    rendered_html = models.TextField(blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name=_("department"),
    )
    partners = models.ManyToManyField(
        Department,
        blank=True,
        related_name="partnered_adoptions",
        verbose_name=_("partner departments"),
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name=_("agreement"),
    )
    budget_line = models.CharField(_("budget line"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    planned = models.PositiveBigIntegerField(_("planned money"), null=True, blank=True)
    is_work = models.BooleanField(_("it is a work"), default=False)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, editable=False
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, editable=False
    )
    procedure_changed = models.CharField(
        _("rule or procedure that changes"), max_length=300, blank=True
    )
    status = models.CharField(
        _("status"), max_length=16, choices=AdoptionStatus, default=AdoptionStatus.PLANNED
    )
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    adopted_at = models.DateTimeField(_("adopted"), editable=False)
    delivered_at = models.DateTimeField(_("in force since"), null=True, editable=False)

    objects = AdoptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["expected_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AdoptionStatus.values), name="civic_adoption_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["in_force", "changed"], delivered_at__isnull=False)
                | (~Q(status__in=["in_force", "changed"]) & Q(delivered_at=None)),
                name="civic_adoption_dated_when_delivered",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="civic_adoption_on_earth",
                violation_error_message=_("A spot has a latitude and a longitude."),
            ),
        ]
        indexes = [models.Index(fields=["status", "expected_on"], name="civic_adoption_plan")]

    def __str__(self) -> str:
        return str(self.contribution)

    @property
    def process(self) -> Process:
        """That of the contribution: its roles and its audit chain are those of the adoption."""
        return self.contribution.process

    def get_status_display(self) -> str:
        """How it stands, in the words for what it is."""
        return status_label(self.status, is_work=self.is_work)

    @property
    def is_on_the_way(self) -> bool:
        return self.status in ON_THE_WAY

    @property
    def lacks_owner(self) -> bool:
        return self.is_on_the_way and self.owner_id is None

    @property
    def lacks_date(self) -> bool:
        return self.is_on_the_way and self.expected_on is None

    def is_late(self, today: date) -> bool:
        """Whether it was expected before ``today`` and is not in force."""
        return self.is_on_the_way and self.expected_on is not None and self.expected_on < today


class AdoptionChange(models.Model):
    """One change of the status, with the reason everybody can read. Append-only."""

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="changes", verbose_name=_("adoption")
    )
    before = models.CharField(_("before"), max_length=16, choices=AdoptionStatus)
    status = models.CharField(_("status"), max_length=16, choices=AdoptionStatus)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of an adoption")
        verbose_name_plural = _("changes of adoptions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["changed", "cancelled"]) | ~Q(reason=""),
                name="civic_adoption_change_has_reason",
                violation_error_message=_("Please say why, for everybody to read."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.adoption} · {self.get_status_display()}"

    def get_status_display(self) -> str:
        """The status in the words for what was adopted."""
        return status_label(self.status, is_work=self.adoption.is_work)


class Milestone(models.Model):
    """
    One step of an adoption, with the day it is planned for and the day it was reached.

    ``noted_at`` is when somebody said that it was reached.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("adoption")
    )
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("reached"), null=True, blank=True)
    noted_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Whether it was planned for before ``today`` and is not reached."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


class DeliveryUpdate(models.Model):
    """News of the delivery. ``spent`` is what was spent so far, in minor units, if known."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="updates", verbose_name=_("adoption")
    )
    text = models.TextField(_("text"))
    rendered_html = models.TextField(blank=True, editable=False)
    spent = models.PositiveBigIntegerField(_("spent so far"), null=True, blank=True)
    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("news of a delivery")
        verbose_name_plural = _("news of deliveries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.adoption)


class DeliveryPhoto(Upload):
    """A picture that goes with news of a delivery; never without a text in its place."""

    update = models.ForeignKey(
        DeliveryUpdate, on_delete=models.PROTECT, related_name="photos", verbose_name=_("news")
    )
    alternative_text = models.CharField(_("what the picture shows"), max_length=300)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("photo of a delivery")
        verbose_name_plural = _("photos of deliveries")
