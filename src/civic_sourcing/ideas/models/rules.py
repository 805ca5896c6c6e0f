"""What holds in one forum, the same in all its languages: who, what, how much, and what follows."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.kinds import COLLECT, SUPPORT
from civic_sourcing.processes.naming import in_language

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class Initiator(models.TextChoices):
    """Who begins: people with whatever moves them, or an agency with a problem of its own."""

    CITIZENS = "citizens", pgettext_lazy("initiator", "Citizens")
    AGENCY = "agency", pgettext_lazy("initiator", "An agency of the city")


class Openness(models.TextChoices):
    """Whether anybody may take part, or those who meet conditions that everybody can read."""

    OPEN = "open", pgettext_lazy("openness", "Open to everybody")
    STRATEGIC = "strategic", pgettext_lazy("openness", "For those who meet the conditions")


class Vocabulary(models.TextChoices):
    """What people hand in is called."""

    IDEA = "idea", pgettext_lazy("vocabulary", "Idea")
    PROPOSAL = "proposal", pgettext_lazy("vocabulary", "Proposal")
    PETITION = "petition", pgettext_lazy("vocabulary", "Petition")
    QUESTION = "question", pgettext_lazy("vocabulary", "Question")


class Measure(models.TextChoices):
    """What a threshold counts: people who support it, or different people who comment on it."""

    SUPPORTS = "supports", pgettext_lazy("measure", "people who support it")
    COMMENTERS = "commenters", pgettext_lazy("measure", "people who take part in its discussion")


class Event(models.TextChoices):
    """What follows when a threshold is reached."""

    VISIBLE = "visible", pgettext_lazy("threshold", "it is listed for everybody")
    REVIEW = "review", pgettext_lazy("threshold", "a department reviews it")
    ANSWER_DUE = "answer_due", pgettext_lazy("threshold", "the city owes an answer")
    DEBATE = "debate", pgettext_lazy("threshold", "a public debate opens")
    BALLOT = "ballot", pgettext_lazy("threshold", "it goes on the ballot")


class ForumRulesQuerySet(models.QuerySet["ForumRules"]):
    def of(self, process: Process | Any) -> ForumRules:
        """The rules of ``process``; the usual ones, not saved, where nobody has set any."""
        key: Any = getattr(process, "pk", process)
        return self.filter(process=key).first() or ForumRules(process_id=key)

    def loaded(self, process: Process | Any) -> ForumRules:
        """The same where ``process`` was read with its ``forum_rules``, else one query once."""
        try:
            return process.forum_rules
        except ForumRules.DoesNotExist:
            return ForumRules(process=process)


class ForumRules(models.Model):
    """
    One row a process; a process without one has the usual rules, which are the defaults here.

    ``problem_statements`` holds texts by language. ``owner_name`` is who the public may ask, and
    ``owner`` the account that is reminded. Limits left empty do not limit; ``edit_hours`` empty
    means as the site's settings say. ``supports_hidden`` keeps counts from everybody while support
    is taken. ``anyone_supports`` lets people support who do not meet the conditions for proposing.
    ``review_days`` is how long an answer may take once something is under review; empty owes none.
    ``recipe`` names the preset these rules began with.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="forum_rules"
    )
    recipe = models.CharField(_("preset"), max_length=64, blank=True)
    initiator = models.CharField(
        _("who begins"), max_length=16, choices=Initiator.choices, default=Initiator.CITIZENS
    )
    problem_statements = models.JSONField(_("the problem"), default=dict, blank=True)
    owner_name = models.CharField(_("who answers for it"), max_length=255, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account that is reminded"),
    )
    answer_on = models.DateField(_("answer by"), null=True, blank=True)
    openness = models.CharField(
        _("openness"), max_length=16, choices=Openness.choices, default=Openness.OPEN
    )
    vocabulary = models.CharField(
        _("what people hand in"), max_length=16, choices=Vocabulary.choices, default=Vocabulary.IDEA
    )
    supports_hidden = models.BooleanField(_("hide the number of supporters"), default=False)
    anyone_supports = models.BooleanField(_("everybody may support"), default=False)
    supports_per_person = models.PositiveIntegerField(_("supports per person"), null=True)
    ideas_per_person = models.PositiveIntegerField(_("contributions per person"), null=True)
    edit_hours = models.PositiveIntegerField(_("hours for editing"), null=True)
    body_length = models.PositiveIntegerField(_("longest text"), null=True)
    review_days = models.PositiveIntegerField(_("days to answer what is under review"), null=True)

    objects = ForumRulesQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rules of a forum")
        verbose_name_plural = _("rules of forums")
        constraints = [
            models.CheckConstraint(
                name=f"civic_forum_rules_{field}_known", condition=Q((f"{field}__in", values))
            )
            for field, values in (
                ("initiator", Initiator.values),
                ("openness", Openness.values),
                ("vocabulary", Vocabulary.values),
            )
        ]

    def __str__(self) -> str:
        return str(self.process)

    @property
    def problem_statement(self) -> str:
        """In the active language; otherwise in the first one somebody wrote."""
        return in_language(self.problem_statements)

    @property
    def text_length(self) -> int:
        """Characters a text may have: those of the forum, and never more than the site allows."""
        most = conf.IDEA_DESCRIPTION_LENGTH
        return min(self.body_length, most) if self.body_length else most

    def tells_supports(self, at: datetime) -> bool:
        """Whether people may see how many support an idea; hidden, only once support closed."""
        if not self.supports_hidden:
            return True
        return not any(self.process.is_open(kind, at) for kind in (COLLECT, SUPPORT))

    def missing(self) -> list[str]:
        """What an agency's forum still needs before it can be published; names of fields."""
        if self.initiator != Initiator.AGENCY:
            return []
        needed = {
            "problem_statements": any(
                str(text).strip() for text in self.problem_statements.values()
            ),
            "owner_name": self.owner_name.strip(),
            "answer_on": self.answer_on,
        }
        return [field for field, value in needed.items() if not value]


class ThresholdRuleQuerySet(models.QuerySet["ThresholdRule"]):
    def of(self, process: Process | Any) -> ThresholdRuleQuerySet:
        return self.filter(process=process)

    def in_force(self, at: datetime) -> ThresholdRuleQuerySet:
        """Those that hold for what is filed at ``at``, the lowest first."""
        started = self.filter(valid_from__lte=at)
        return started.filter(Q(valid_to=None) | Q(valid_to__gt=at)).order_by("number", "pk")

    def not_reached(self, contribution: Any) -> ThresholdRuleQuerySet:
        return self.exclude(reached__contribution=contribution)


class ThresholdRule(models.Model):
    """
    *number* supports or commenters, within *days* (``None``: at any time), lead to *event*.

    It holds for what is filed in ``[valid_from, valid_to)``, whatever is decided later: what it
    asks and promises never changes, the database insists. ``answer_days`` is how long the city may
    take to answer (events ``answer_due``, ``review``), or how long a debate lasts (``debate``).
    ``note`` says where the number is from.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="threshold_rules"
    )
    number = models.PositiveIntegerField(_("how many"))
    measure = models.CharField(
        _("of what"), max_length=16, choices=Measure.choices, default=Measure.SUPPORTS
    )
    days = models.PositiveIntegerField(_("within days"), null=True, blank=True)
    event = models.CharField(_("what follows"), max_length=16, choices=Event.choices)
    answer_days = models.PositiveIntegerField(_("days it may take"), null=True, blank=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    note = models.CharField(_("where it is from"), max_length=500, blank=True)

    objects = ThresholdRuleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["valid_from", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_threshold_positive",
                condition=Q(number__gte=1) & (Q(days=None) | Q(days__gte=1)),
                violation_error_message=_("A threshold is at least one."),
            ),
            models.CheckConstraint(
                name="civic_threshold_kinds_known",
                condition=Q(measure__in=Measure.values) & Q(event__in=Event.values),
            ),
            models.CheckConstraint(
                name="civic_threshold_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("It has to end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.measure} → {self.event}"


class ThresholdReached(models.Model):
    """That a threshold was reached, once and for all; ``number`` is how many there were then."""

    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="thresholds_reached",
        verbose_name=_("contribution"),
    )
    rule = models.ForeignKey(
        ThresholdRule, on_delete=models.PROTECT, related_name="reached", verbose_name=_("threshold")
    )
    number = models.PositiveIntegerField(_("how many there were"))
    reached_at = models.DateTimeField(_("reached"), editable=False)
    until = models.DateTimeField(_("until"), null=True, editable=False)
    """When the debate ends, or the answer is due."""

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reached threshold")
        verbose_name_plural = _("reached thresholds")
        ordering = ["reached_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "rule"], name="civic_threshold_reached_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.rule}"
