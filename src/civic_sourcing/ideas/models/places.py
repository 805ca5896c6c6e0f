"""Where an idea belongs: categories and districts of a forum, and a spot on the map."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process


class Icon(models.TextChoices):
    """Drawings to choose from; each is a file in ``civic_sourcing/core/icons``."""

    BUDGET = "budget", _("Coins")
    CALENDAR = "calendar", _("Calendar")
    COMMENT = "comment", _("Speech bubble")
    FLAG = "flag", _("Flag")
    IDEA = "idea", _("Light bulb")
    PEOPLE = "people", _("People")
    PERSON = "person", _("Person")
    PHONE = "phone", _("Telephone")
    PLACE = "place", _("Map pin")
    SUPPORT = "support", _("Heart")
    TOWN_HALL = "town_hall", _("Town hall")


class PlaceQuerySet(models.QuerySet[Any]):
    def of(self, process: Process | None) -> PlaceQuerySet:
        """Those of one forum, in their order."""
        return self.filter(process=process).order_by("position", "pk")

    def offered(self) -> PlaceQuerySet:
        """Those a new idea can be filed under."""
        return self.filter(offered=True)


class Place(models.Model):
    """
    One answer to “where does it belong”, with a name in each language (``names``, by code).

    ``code`` is how addresses call it, and stays. What is no longer ``offered`` still filters what
    was filed under it.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="%(class)s_set")
    code = models.SlugField(_("code"), max_length=50)
    names = models.JSONField(_("names"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    offered = models.BooleanField(_("offered for new ideas"), default=True)

    objects: ClassVar[Any] = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the active language; otherwise in the first one somebody wrote."""
        names: dict[str, str] = self.names
        written = (name for name in names.values() if name)
        return names.get(get_language() or "") or next(written, "") or self.code


class Category(Place):
    """What an idea is about, as the forum's editors sort it."""

    icon = models.CharField(_("icon"), max_length=20, choices=Icon.choices, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("idea", "category")
        verbose_name_plural = pgettext_lazy("idea", "categories")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="civic_idea_category_code",
                violation_error_message=_("This forum already has a category with this code."),
            )
        ]


class District(Place):
    """A part of the town an idea is for."""

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="civic_idea_district_code",
                violation_error_message=_("This forum already has a district with this code."),
            )
        ]


class PlacedMixin(models.Model):
    """Category and district of an idea; both may be missing."""

    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
        verbose_name=pgettext_lazy("idea", "category"),
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
        verbose_name=_("district"),
    )
    category.wagtail_reference_index_ignore = True
    district.wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


ON_EARTH = models.Q(latitude=None, longitude=None) | models.Q(
    latitude__range=(-90, 90), longitude__range=(-180, 180)
)
"""What a database lets stand as the spot of an idea: degrees of WGS 84, both or none."""
