"""Decisions with their reasons, and the measures they put into force."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models.cases import Case, subject_of

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant


class Outcome(models.TextChoices):
    """What can be decided about a case."""

    NO_BREACH = "no_breach", _("No breach of the rules")
    MASK = "mask", _("A passage is masked")
    HIDE = "hide", _("Hidden")
    REMOVE = "remove", _("Removed")
    MOVE = "move", _("Moved elsewhere")
    WARN = "warn", _("The author is warned")
    SUSPEND = "suspend", _("Suspended from taking part")
    LIFT = "lift", _("An earlier measure is lifted")
    TEMPORARY = "temporary", _("Hidden for the time being")
    RELEASE = "release", _("Published")


class Automation(models.TextChoices):
    """What part automation took in a decision."""

    NONE = "none", _("none")
    DETECTED = "detected", _("an automatic check pointed it out")
    HELD = "held", _("it was held automatically until somebody looked")
    HIDDEN = "hidden", _("it was hidden automatically until somebody looked")


class Origin(models.TextChoices):
    """Where a decision comes from."""

    CASE = "case", _("a moderator’s decision")
    APPEAL = "appeal", _("a decision on an appeal")
    AUTOMATIC = "automatic", _("by the system, until somebody looks")
    CORRECTION = "correction", _("a correction within minutes")


WITHOUT_RULE = (Outcome.NO_BREACH, Outcome.LIFT, Outcome.RELEASE, Outcome.MOVE, Outcome.TEMPORARY)
"""Outcomes that say of no rule that it was broken."""


class Decision(models.Model):
    """
    What was decided about a case, with the statement of reasons: rule, facts, scope, duration.

    Decisions of a case are numbered from 1. ``decider`` is the random number of the participant,
    empty for the system; ``decided_by`` the account while it exists. ``corrects`` is the decision
    it takes the place of. ``details`` holds identifiers and numbers, no text. The log keeps a
    digest of the facts under ``salt``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("case")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome)
    rule = models.ForeignKey(
        "civic_moderation.NetiquetteRule",
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("rule"),
    )
    facts = models.TextField(_("facts"))
    scope = models.TextField(_("scope"), blank=True)
    starts_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True)
    automation = models.CharField(
        _("automation"), max_length=16, choices=Automation, default=Automation.NONE
    )
    language = models.CharField(_("language of the statement"), max_length=16, blank=True)
    appeal_until = models.DateTimeField(_("can be appealed until"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decider = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), editable=False)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.CASE)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    details = models.JSONField(default=dict, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="civic_decision_number",
                violation_error_message=_("This was decided already."),
            ),
            models.CheckConstraint(
                condition=~Q(facts=""),
                name="civic_decision_has_facts",
                violation_error_message=_("A decision needs its reasons."),
            ),
            models.CheckConstraint(
                condition=~Q(scope="") | Q(salt=""),
                name="civic_decision_has_scope",
                violation_error_message=_("A decision says where and how long it holds."),
            ),
            models.CheckConstraint(
                condition=Q(rule__isnull=False) | Q(outcome__in=[str(o) for o in WITHOUT_RULE]),
                name="civic_decision_has_rule",
                violation_error_message=_("Choose the rule that was broken."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="temporary") | Q(until__isnull=False),
                name="civic_decision_temporary_ends",
                violation_error_message=_("A temporary measure needs an end."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("starts_at")),
                name="civic_decision_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="remove", origin="automatic"),
                name="civic_decision_only_people_remove",
                violation_error_message=_("Only people remove; automation may hold or hide."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="civic_decision_outcome_known"
            ),
        ]
        indexes = [models.Index(fields=["decided_at"], name="civic_decision_when")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.case}"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def open(self) -> MeasureQuerySet:
        """Not ended by anybody yet, though the time of some may be over."""
        return self.filter(ended_at=None)

    def in_force(self, at: datetime) -> MeasureQuerySet:
        """Those that hold at ``at``."""
        return self.open().filter(Q(until=None) | Q(until__gt=at), starts_at__lte=at)

    def due(self, at: datetime) -> MeasureQuerySet:
        """Those whose time is over at ``at`` and that nobody has ended yet."""
        return self.open().filter(until__lte=at)

    def on(self, subject: Contribution | Participant) -> MeasureQuerySet:
        """Those on one contribution or one participant."""
        return self.filter(**subject_of(subject))


class Measure(models.Model):
    """What a decision put into force, and when and why it ended."""

    class Kind(models.TextChoices):
        HIDDEN = "hidden", _("hidden")
        MASKED = "masked", _("masked")
        REMOVED = "removed", _("removed")
        MOVED = "moved", _("moved")
        WARNED = "warned", _("warned")
        SUSPENDED = "suspended", _("suspended")

    class EndReason(models.TextChoices):
        EXPIRED = "expired", _("its time was over")
        LIFTED = "lifted", _("lifted")
        REVERSED = "reversed", _("reversed on appeal")
        CORRECTED = "corrected", _("corrected")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="measures", verbose_name=_("decision")
    )
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        related_name="measures",
        verbose_name=_("contribution"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="measures",
        verbose_name=_("participant"),
    )
    process = models.ForeignKey(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        null=True,
        related_name="measures",
        verbose_name=_("process"),
        help_text=_("Where it holds; empty for the whole site."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    starts_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.CharField(_("why it ended"), max_length=16, choices=EndReason, blank=True)

    objects = MeasureQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution=None) ^ Q(participant=None),
                name="civic_measure_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="civic_measure_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(ended_at=None, until__isnull=False),
                name="civic_measure_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.contribution or self.participant}"

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at ``at``."""
        over = self.until is not None and self.until <= at
        return self.ended_at is None and self.starts_at <= at and not over


class PreservedTextQuerySet(models.QuerySet["PreservedText"]):
    def kept(self) -> PreservedTextQuerySet:
        """Those that have not been wiped."""
        return self.exclude(title="", text="")

    def wipe(self) -> int:
        """Empty them for good; return how many."""
        return self.update(title="", text="", keepsake={}, versions=[])


class PreservedText(models.Model):
    """
    The text a mask or a removal took away, kept for an exact reversal and for nothing else.

    ``keepsake`` is what the kind needs beside it, such as an address; ``versions`` the words of the
    published versions that were blanked with it. All of it is wiped when no appeal is possible any
    more.
    """

    decision = models.OneToOneField(
        Decision,
        on_delete=models.PROTECT,
        related_name="preserved",
        verbose_name=_("decision"),
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    keepsake = models.JSONField(default=dict, editable=False)
    versions = models.JSONField(default=list, editable=False)
    purge_at = models.DateTimeField(_("wiped after"), null=True)

    objects = PreservedTextQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("preserved text")
        verbose_name_plural = _("preserved texts")
        default_permissions = ()
        permissions = [("read_preserved", "Can read texts that moderators took away")]
        indexes = [models.Index(fields=["purge_at"], name="civic_preserved_until")]

    def __str__(self) -> str:
        return str(self.decision)
