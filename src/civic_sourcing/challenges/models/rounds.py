"""The phases of a challenge, each with its dates, its form and its criteria."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.processes.naming import in_language


class RoundQuerySet(models.QuerySet["Round"]):
    def of(self, process: Any) -> RoundQuerySet:
        """Those of one challenge, in their order."""
        return self.filter(process=process)


class Round(models.Model):
    """
    A phase of a challenge (people read “phase”): entries from ``opens_at`` until just before
    ``closes_at``, judging until ``judging_until``.

    Without ``takes_entries`` nothing is handed in: entries of the one before go on. Into a later
    one only those come who were let in (``Advance``); ``advancing`` is how many at most (0: any
    number). Texts by language: ``titles``, ``descriptions``, ``hows`` (how to enter), ``ways_on``
    (who advances).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("title"), default=dict)
    descriptions = models.JSONField(_("description"), default=dict, blank=True)
    hows = models.JSONField(_("how to enter"), default=dict, blank=True)
    ways_on = models.JSONField(_("who advances"), default=dict, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    judging_until = models.DateTimeField(_("judging ends"), null=True, blank=True)
    takes_entries = models.BooleanField(_("open to submissions"), default=True)
    advancing = models.PositiveSmallIntegerField(_("how many advance at most"), default=0)

    wagtail_reference_index_ignore = True

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase of a challenge")
        verbose_name_plural = _("phases of challenges")
        ordering = ["process", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "number"],
                name="civic_round_number",
                violation_error_message=_("There is a phase of this number already."),
            ),
            models.CheckConstraint(
                name="civic_round_closes_after_opening",
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("A phase has to close after it opens."),
            ),
            models.CheckConstraint(
                name="civic_round_judged_after_closing",
                condition=Q(judging_until=None)
                | Q(closes_at=None)
                | Q(judging_until__gte=F("closes_at")),
                violation_error_message=_("Judging has to end after entries close."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.titles) or str(_("Phase %(number)d") % {"number": self.number})

    @property
    def description(self) -> str:
        return in_language(self.descriptions)

    @property
    def how(self) -> str:
        return in_language(self.hows)

    @property
    def way_on(self) -> str:
        return in_language(self.ways_on)


class Criterion(models.Model):
    """
    What judges score in a round.

    ``points`` are the most a judge can give, ``weight`` what they count for (percent of all
    weights; empty: points count as they are). ``levels`` describe a scale:
    ``[{"points": 5, "labels": {language: text}}]``. A knock-out question is answered with yes or
    no and gives no points. ``is_bonus`` points come on top of the sum.
    """

    class Kind(models.TextChoices):
        NUMERIC = "numeric", pgettext_lazy("criterion", "Points")
        RATING = "rating", pgettext_lazy("criterion", "Levels with descriptions")
        YES_NO = "yesno", pgettext_lazy("criterion", "Yes or no")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    titles = models.JSONField(_("criterion"), default=dict)
    descriptions = models.JSONField(_("description"), default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.NUMERIC)
    points = models.PositiveSmallIntegerField(_("most points"), default=0)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=3, null=True, blank=True)
    levels = models.JSONField(_("levels"), default=list, blank=True)
    is_bonus = models.BooleanField(_("bonus"), default=False)
    is_knockout = models.BooleanField(_("knock-out"), default=False)
    needs_comment = models.BooleanField(_("comment required"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_criterion_kind_known",
                condition=Q(kind__in=["numeric", "rating", "yesno"]),
                violation_error_message=_("This kind is not known."),
            ),
            models.CheckConstraint(
                name="civic_criterion_knockout",
                condition=Q(is_knockout=False) | Q(kind="yesno"),
                violation_error_message=_("A knock-out question is answered with yes or no."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def description(self) -> str:
        return in_language(self.descriptions)


class EntryQuestion(models.Model):
    """One question of the form for entries. One that was answered is retired, never deleted."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG = "long", _("Long text")
        NUMBER = "number", pgettext_lazy("question", "Number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of several")
        URL = "url", _("Web address")
        FILE = "file", _("File")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    labels = models.JSONField(_("question"), default=dict)
    helps = models.JSONField(_("help"), default=dict, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    most_characters = models.PositiveIntegerField(_("most characters"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question to solvers")
        verbose_name_plural = _("questions to solvers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_language(self.labels)

    @property
    def help(self) -> str:
        return in_language(self.helps)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Number of each choice, and its words in the language spoken now."""
        return [(str(number), in_language(texts)) for number, texts in enumerate(self.choices)]

    @property
    def field_name(self) -> str:
        return f"question_{self.uuid.hex[:12]}"


class Change(models.Model):
    """What changed after the opening: a date lengthened, a prize raised; public, with a reason."""

    class Kind(models.TextChoices):
        LENGTHENED = "lengthened", _("Lengthened")
        RAISED = "raised", _("Prize raised")

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="challenge_changes"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    what = models.CharField(_("what"), max_length=32)
    before = models.CharField(_("before"), max_length=64)
    after = models.CharField(_("after"), max_length=64)
    reason = models.TextField(_("public reason"), max_length=2000)
    at = models.DateTimeField(_("at"), editable=False)
    by = models.UUIDField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change after the opening")
        verbose_name_plural = _("changes after the opening")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
