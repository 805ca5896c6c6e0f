"""Who judges what, and how they scored it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.models.entries import Entry
from civic_sourcing.challenges.models.rounds import Criterion, Round

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class JudgeState(models.TextChoices):
    INVITED = "invited", pgettext_lazy("judge", "Invited")
    ACCEPTED = "accepted", pgettext_lazy("judge", "Accepted")
    DECLINED = "declined", pgettext_lazy("judge", "Declined")
    RECUSED = "recused", pgettext_lazy("judge", "Stepped down")


class Judge(models.Model):
    """
    A member of the panel of one challenge.

    ``alias`` is what others read instead of a name where names are not shown. ``token_digest`` is
    of the invitation that was sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="judges"
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="judgeships",
        verbose_name=_("judge"),
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    alias = models.CharField(_("alias"), max_length=40, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=JudgeState, default=JudgeState.INVITED
    )
    token_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "participant"],
                condition=Q(participant__isnull=False),
                name="civic_judge_once",
                violation_error_message=_("This person is on the panel already."),
            ),
            models.CheckConstraint(
                name="civic_judge_state_known",
                condition=Q(state__in=JudgeState.values),
                violation_error_message=_("This state is not known."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant or self.uuid)


class ConflictState(models.TextChoices):
    UNDECLARED = "undeclared", _("Not declared yet")
    NONE = "none", _("No conflict")
    CONFLICT = "conflict", _("Conflict of interest")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Who judges what."""

    def live(self) -> AssignmentQuerySet:
        """Neither ended nor of somebody who stepped down."""
        return self.filter(ended_at=None, judge__state=JudgeState.ACCEPTED)

    def of_judge(self, participant: Any) -> AssignmentQuerySet:
        """What one person judges, in every challenge."""
        return self.filter(judge__participant=participant)

    def done(self) -> AssignmentQuerySet:
        """Whose score sheet is handed in."""
        return self.filter(sheet__completed_at__isnull=False)

    def open(self) -> AssignmentQuerySet:
        """Live, and without a score sheet that is handed in."""
        return self.live().exclude(sheet__completed_at__isnull=False)


class Assignment(models.Model):
    """
    One judge, one entry, one round: opened only after the judge said whether there is a conflict.

    ``is_calibration``: everybody scores it to agree on the scale; it does not count for others.
    ``ended_at``: taken away again (a conflict, a judge who stepped down, by hand).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    conflict = models.CharField(
        _("conflict of interest"),
        max_length=12,
        choices=ConflictState,
        default=ConflictState.UNDECLARED,
    )
    conflict_note = models.TextField(_("what it is"), max_length=1000, blank=True)
    declared_at = models.DateTimeField(_("declared"), null=True, editable=False)
    is_calibration = models.BooleanField(_("to agree on the scale"), default=False)
    assigned_at = models.DateTimeField(_("assigned"), editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "entry", "round"],
                name="civic_assignment_once",
                violation_error_message=_("This judge has this entry already."),
            ),
            models.CheckConstraint(
                name="civic_assignment_conflict_known",
                condition=Q(conflict__in=ConflictState.values),
                violation_error_message=_("This declaration is not known."),
            ),
            models.CheckConstraint(
                name="civic_assignment_conflict_closes",
                condition=~Q(conflict="conflict") | Q(ended_at__isnull=False),
                violation_error_message=_("A conflict of interest closes the entry."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def process(self) -> Process:
        """The challenge it belongs to, for policies and the log."""
        return self.round.process


class ScoreSheet(models.Model):
    """What one judge gave one entry; a draft until ``completed_at``, which nothing changes then."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="sheet")
    overall_comment = models.TextField(_("comment to the solver"), max_length=5000, blank=True)
    private_note = models.TextField(_("note for yourself"), max_length=5000, blank=True)
    saved_at = models.DateTimeField(_("saved"), editable=False)
    completed_at = models.DateTimeField(_("completed"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")

    def __str__(self) -> str:
        return str(self.assignment)


class Score(models.Model):
    """What a sheet says to one criterion: ``points`` (yes is 1, no 0), and a comment."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                name="civic_score_once",
                violation_error_message=_("This criterion is scored already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.points)


class CrowdKind(models.TextChoices):
    """Who scores beside the panel."""

    PUBLIC = "public", _("Public vote")
    PEER = "peer", _("Other solvers")


class CrowdVote(models.Model):
    """
    That others than judges score a round, too: the public, or its solvers among themselves.

    It begins ``wait_days`` after the deadline of the round and lasts ``days``, of 24 hours each, so
    it moves with a deadline that is put off. ``most`` is how many entries one person may choose, or
    has to score. ``conditions`` are keys of verifiers each voter meets; ``entrants`` stands for all
    conditions of entering.
    """

    Kind = CrowdKind

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="crowd_votes")
    kind = models.CharField(_("who"), max_length=8, choices=CrowdKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    wait_days = models.PositiveSmallIntegerField(_("days after the deadline"), default=0)
    days = models.PositiveSmallIntegerField(_("days it lasts"), default=7)
    most = models.PositiveSmallIntegerField(_("entries for each person"), default=3)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vote beside the panel")
        verbose_name_plural = _("votes beside the panel")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind"],
                name="civic_crowd_vote_once",
                violation_error_message=_("This phase has such a vote already."),
            ),
            models.CheckConstraint(
                name="civic_crowd_vote_of_something",
                condition=Q(days__gt=0, most__gt=0),
                violation_error_message=_("It lasts a day at least, for one entry at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def process(self) -> Process:
        return self.round.process

    @property
    def opens_at(self) -> datetime | None:
        """When it begins; ``None`` while the round has no deadline."""
        closes_at = self.round.closes_at
        return closes_at and closes_at + timedelta(days=self.wait_days)

    @property
    def closes_at(self) -> datetime | None:
        """From when on nothing is taken any more."""
        return self.opens_at and self.opens_at + timedelta(days=self.days)


class CrowdScore(models.Model):
    """
    What somebody outside the panel gave: the public, or another solver (never their own).

    In the public vote a choice is one point, and none once it was given up; other solvers give one
    to five, and nothing (``None``) until they have scored what was assigned to them. ``slot`` is
    which of the ``CrowdVote.most`` it is, so that nobody has more.
    """

    Kind = CrowdKind

    kind = models.CharField(_("kind"), max_length=8, choices=CrowdKind)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="crowd_scores")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="crowd_scores")
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="crowd_scores",
        verbose_name=_("by"),
    )
    slot = models.PositiveSmallIntegerField(_("which of theirs"), default=1)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    at = models.DateTimeField(_("at"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("score from outside the panel")
        verbose_name_plural = _("scores from outside the panel")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "round", "entry", "participant"],
                name="civic_crowd_score_once",
                violation_error_message=_("You have scored this entry already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "round", "participant", "slot"],
                name="civic_crowd_score_slot",
                violation_error_message=_("You have no more votes here."),
            ),
            models.CheckConstraint(
                name="civic_crowd_score_range",
                condition=Q(kind="public", points__isnull=False, points__lte=1)
                | Q(kind="peer", points__isnull=True)
                | Q(kind="peer", points__gte=1, points__lte=5),
                violation_error_message=_("A choice is one point; other solvers give 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)

    @property
    def process(self) -> Process:
        return self.round.process
