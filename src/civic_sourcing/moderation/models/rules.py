"""The town's own netiquette rules, and how each process is moderated."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from civic_sourcing.core.in_language import translations_of_outer

SHARED = (
    "needs_text",
    "hides_at_once",
    "is_emergency",
    "is_advertising",
    "severity",
    "position",
    "retired",
)
"""What holds for a rule in all its languages."""


class Severity(models.IntegerChoices):
    """How grave a breach of a rule is; the gravest rule leads a case."""

    MINOR = 1, _("minor")
    MODERATE = 2, _("moderate")
    SERIOUS = 3, _("serious")
    GRAVE = 4, _("grave")


class NetiquetteRuleQuerySet(models.QuerySet["NetiquetteRule"]):
    def in_force(self, language: str | None = None) -> NetiquetteRuleQuerySet:
        """
        Each rule that is not retired, once, in order: in ``language`` where it is written in it.

        Otherwise in the site's main language, else in the first it was written in.
        """
        return self.filter(retired=False).in_language(language)

    def in_language(self, language: str | None = None) -> NetiquetteRuleQuerySet:
        """Each rule once, retired ones too; see ``in_force``."""
        best = translations_of_outer(NetiquetteRule.objects.all(), language).values("pk")[:1]
        return self.filter(pk=Subquery(best)).order_by("position", "pk")

    def same_as(self, rule: NetiquetteRule) -> NetiquetteRuleQuerySet:
        """The rule in all its languages."""
        return self.filter(translation_key=rule.translation_key)


class NetiquetteRule(TranslatableMixin, models.Model):
    """
    One rule of the town, written in one language; its translations share ``translation_key``.

    Compare rules by ``translation_key``. What is no wording (``SHARED``) is the same in all
    languages. ``statement_template`` is what the facts of a decision begin with. A rule that was
    used is retired and not deleted.
    """

    title = models.CharField(_("rule"), max_length=120)
    meaning = models.TextField(_("what it means"), max_length=1000)
    example = models.TextField(_("example"), max_length=1000, blank=True)
    needs_text = models.BooleanField(
        _("needs a text"),
        default=False,
        help_text=_("Whoever reports under this rule has to say in a few words what is wrong."),
    )
    hides_at_once = models.BooleanField(
        _("hides at once"),
        default=False,
        help_text=_("What is reported by somebody known here is hidden until it is reviewed."),
    )
    is_emergency = models.BooleanField(
        _("emergency"),
        default=False,
        help_text=_("Threats, self-harm, abuse: the case goes to the top and shows whom to call."),
    )
    is_advertising = models.BooleanField(
        _("advertising"),
        default=False,
        help_text=_("The learning filter learns from decisions under this rule what spam is."),
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity, default=Severity.MINOR
    )
    statement_template = models.TextField(
        _("facts, to begin with"),
        max_length=2000,
        blank=True,
        help_text=_("What a decision under this rule begins with; the moderator completes it."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(
        _("not in force any more"),
        default=False,
        help_text=_("Nobody can choose it any more; decisions made under it keep it."),
    )

    objects = NetiquetteRuleQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("netiquette rule")
        verbose_name_plural = _("netiquette rules")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__range=(Severity.MINOR, Severity.GRAVE)),
                name="civic_rule_severity_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_same_as(self, other: NetiquetteRule | None) -> bool:
        """Whether both are the same rule, perhaps in different languages."""
        return other is not None and self.translation_key == other.translation_key

    def in_language(self, language: str | None) -> NetiquetteRule:
        """The same rule in ``language``, as far as it is written in it."""
        if self.locale.language_code == language:
            return self
        rules = NetiquetteRule.objects.same_as(self).in_language(language)
        return rules.first() or self

    @property
    def is_used(self) -> bool:
        """Whether a report, a case or a decision names it."""
        named = (self.reports, self.cases, self.decisions)
        return any(rows.exists() for rows in named)

    def share_settings(self) -> None:
        """Have what is no wording hold in all languages of this rule."""
        values: dict[str, Any] = {name: getattr(self, name) for name in SHARED}
        NetiquetteRule.objects.same_as(self).exclude(pk=self.pk).update(**values)


class PreModeration(models.TextChoices):
    """What waits for a moderator before anybody else sees it."""

    NONE = "none", _("Nothing")
    EVERYONE = "everyone", _("Everything")
    NEWCOMERS = "newcomers", _("What newcomers write")
    CHECKS = "checks", _("What an automatic check holds")


class ForumModeration(models.Model):
    """How one process is moderated, in all its languages. Without a row the settings hold."""

    process = models.OneToOneField(
        "civic_processes.Process",
        on_delete=models.CASCADE,
        related_name="moderation",
        verbose_name=_("process"),
    )
    premoderation = models.CharField(
        _("waits for a moderator"),
        max_length=16,
        choices=PreModeration,
        default=PreModeration.CHECKS,
    )
    target_hours = models.PositiveSmallIntegerField(
        _("hours until a first decision"), null=True, blank=True
    )
    auto_hide_reporters = models.PositiveSmallIntegerField(
        _("reporters that hide until review"),
        null=True,
        blank=True,
        help_text=_("People known here, each counted once. Empty: as the site’s settings say."),
    )
    contact = models.TextField(
        _("whom to call in an emergency"),
        max_length=1000,
        blank=True,
        help_text=_("Name and telephone of the town’s contact, shown to moderators."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("moderation of a process")
        verbose_name_plural = _("moderation of processes")
        constraints = [
            models.CheckConstraint(
                condition=Q(premoderation__in=PreModeration.values),
                name="civic_premoderation_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.process)
