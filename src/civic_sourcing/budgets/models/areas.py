"""What a vote is divided by: areas with money of their own, categories, groups of voters."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots.documents import read_limits

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots.limits import Limits
    from civic_sourcing.processes.models import Process


class PartQuerySet(models.QuerySet[Any]):
    def of(self, process: Process | Any) -> PartQuerySet:
        """Those of one vote, in their order."""
        return self.filter(process=process).order_by("position", "pk")


class VotePart(models.Model):
    """
    One part of a vote with a name in each language (``names``, by language code).

    ``code`` is what rulebook and ballots call it.
    """

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="%(class)s_set"
    )
    code = models.SlugField(_("code"), max_length=50)
    names = models.JSONField(_("names"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the active language; otherwise in the first one somebody wrote, else the code."""
        names: dict[str, str] = self.names
        written = (name for name in names.values() if name)
        return names.get(get_language() or "") or next(written, "") or self.code


class VoteArea(VotePart):
    """
    A part of town with money of its own (``budget``, minor units), or the whole town.

    A vote without areas has one budget for the whole town. ``outline`` is GeoJSON, a polygon or
    several, for the map. ``limits`` are what a ballot may hold in this area where limits hold by
    area, in the rulebook's form; empty: as everywhere.
    """

    budget = models.PositiveBigIntegerField(_("money available"))
    town_wide = models.BooleanField(_("the whole town"), default=False)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    outline = models.JSONField(_("outline on the map"), null=True, blank=True)
    limits = models.JSONField(_("limits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("area of a vote")
        verbose_name_plural = _("areas of votes")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="civic_vote_area_code",
                violation_error_message=_("This vote already has an area with this code."),
            )
        ]

    @cached_property
    def ballot_limits(self) -> Limits | None:
        return read_limits(self.limits) if self.limits else None


class VoteCategory(VotePart):
    """
    A field of projects. A ballot is for ``least`` to ``most`` of its projects (``None``: open), and
    ``winners_least`` to ``winners_most`` of them are funded (``None``: open).
    """

    least = models.PositiveSmallIntegerField(_("at least"), default=0)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    winners_least = models.PositiveSmallIntegerField(_("funded at least"), null=True, blank=True)
    winners_most = models.PositiveSmallIntegerField(_("funded at most"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("budget vote", "category")
        verbose_name_plural = pgettext_lazy("budget vote", "categories")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="civic_vote_category_code",
                violation_error_message=_("This vote already has a category with this code."),
            )
        ]

    @property
    def is_limited(self) -> bool:
        return bool(self.least) or self.most is not None

    @property
    def limits_winners(self) -> bool:
        return bool(self.winners_least) or self.winners_most is not None


class VoterGroup(VotePart):
    """A group of voters and what its ballots weigh together (``weight``), in percent of all."""

    weight = models.DecimalField(
        _("weight in percent"),
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("group of voters")
        verbose_name_plural = _("groups of voters")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "code"],
                name="civic_voter_group_code",
                violation_error_message=_("This vote already has a group with this code."),
            )
        ]
