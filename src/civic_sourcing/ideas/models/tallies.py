"""What the list of a forum counts and sorts by, one row an idea, and the words it is found by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.processes.models import Process


class IdeaTallyQuerySet(models.QuerySet["IdeaTally"]):
    def listed_in(self, process: Process | Any) -> IdeaTallyQuerySet:
        """Ideas of one forum that everybody can read, in all its languages."""
        return self.filter(process=process, listed=True)


class IdeaTally(models.Model):
    """
    The numbers of one idea. Nothing here is a fact of its own: ``tallies`` keeps it right in the
    transaction that changes what is counted, and ``civic_verify`` counts again.

    ``listed`` is whether the page is live, ``trending`` the score of ``civic_sourcing.ideas.trend``
    (it only ever matters which of two is higher), ``seen`` about how often the page was opened.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="idea_tally",
        verbose_name=_("idea"),
    )
    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, db_index=False, related_name="idea_tallies"
    )
    listed = models.BooleanField(_("listed"), default=False)
    filed_at = models.DateTimeField(pgettext_lazy("idea", "filed"))
    supports = models.PositiveIntegerField(_("supports"), default=0)
    comments = models.PositiveIntegerField(_("comments"), default=0)
    followers = models.PositiveIntegerField(_("followers"), default=0)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    activity_at = models.DateTimeField(_("last activity"))
    trending = models.FloatField(_("trending score"), default=0)

    objects: ClassVar[Any] = IdeaTallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("numbers of an idea")
        verbose_name_plural = _("numbers of ideas")
        indexes = [
            models.Index(
                fields=["process", "filed_at", "contribution"],
                name="civic_tally_newest",
                condition=models.Q(listed=True),
            ),
            models.Index(
                fields=["process", "supports", "contribution"],
                name="civic_tally_supported",
                condition=models.Q(listed=True),
            ),
            models.Index(
                fields=["process", "trending", "contribution"],
                name="civic_tally_trending",
                condition=models.Q(listed=True),
            ),
            models.Index(
                fields=["process", "seen", "contribution"],
                name="civic_tally_seen",
                condition=models.Q(listed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}"


class IdeaText(models.Model):
    """
    The words of one idea as the search knows them, folded, and the pieces they are found by.

    The databases index ``grams`` each in its way: see ``civic_sourcing.ideas.search``. Empty while
    the page of the idea is not live: what waits or was hidden stands in no search.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="idea_text",
        verbose_name=_("idea"),
    )
    format = models.PositiveSmallIntegerField()
    title = models.TextField()
    words = models.TextField()
    grams = models.TextField()

    class Meta:
        verbose_name = _("searched words of an idea")
        verbose_name_plural = _("searched words of ideas")

    def __str__(self) -> str:
        return self.title
