"""What came of the judging: rankings, decisions, awards and what was paid."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images import get_image_model_string

from civic_sourcing.challenges.models.entries import Entry
from civic_sourcing.challenges.models.facts import Prize
from civic_sourcing.challenges.models.rounds import Round
from civic_sourcing.processes.naming import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from civic_sourcing.processes.models import Process


class RankingQuerySet(models.QuerySet["Ranking"]):
    def latest_of(self, round: Round) -> Ranking | None:
        """The ranking of ``round`` that was made last."""
        return self.filter(round=round).order_by("-number").first()


class Ranking(models.Model):
    """
    The entries of a round in order, one row for each time they were ranked; never changed.

    ``document`` holds all that it follows from and all that came out; ``digest`` is its SHA-256.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rankings")
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    document = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("made"), editable=False)
    made_by = models.UUIDField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="civic_ranking_number",
                violation_error_message=_("There is a ranking of this number already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def process(self) -> Process:
        return self.round.process


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> DecisionQuerySet:
        """Those that were not withdrawn: for a round one at most, and one for who moves up."""
        return self.filter(withdrawn_at=None)

    def whole(self) -> DecisionQuerySet:
        """Those on a phase, not on who moves up in it."""
        return self.filter(instead_of=None)

    def moving_up(self) -> DecisionQuerySet:
        """Those on who moves up where an award ended."""
        return self.filter(instead_of__isnull=False)

    def confirmed(self) -> DecisionQuerySet:
        """Those that two people stand for, as everybody may read."""
        return self.standing().filter(confirmed_at__isnull=False)

    def verified(self, at: datetime) -> DecisionQuerySet:
        """Those whose verification was over at ``at``, and that are not final yet."""
        return self.confirmed().filter(final_at=None, verification_until__lte=at)


class Decision(models.Model):
    """
    Who wins a round, proposed by one person and confirmed by another.

    ``deviates``: it is not what the ranking says, and ``reason`` tells everybody why. With
    ``no_award`` nobody wins. ``verification_until`` ends the public verification (empty: the round
    only decides who advances). ``instead_of`` is the award that was declined or cancelled, where it
    only says who moves up.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="decisions")
    instead_of = models.ForeignKey(
        "Award",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="moves_up",
        verbose_name=_("moves up for"),
    )
    no_award = models.BooleanField(_("no award"), default=False)
    deviates = models.BooleanField(_("not as ranked"), default=False)
    reason = models.TextField(_("public reason"), max_length=5000, blank=True)
    proposed_by = models.UUIDField(editable=False)
    proposed_at = models.DateTimeField(_("proposed"), editable=False)
    confirmed_by = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.UUIDField(null=True, editable=False)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), max_length=5000, blank=True)
    verification_until = models.DateTimeField(_("verified until"), null=True, editable=False)
    final_at = models.DateTimeField(_("final"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on winners")
        verbose_name_plural = _("decisions on winners")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_winners_by_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message=_("Somebody else has to confirm this."),
            ),
            models.CheckConstraint(
                name="civic_winners_reason",
                condition=Q(deviates=False, no_award=False, instead_of=None) | ~Q(reason=""),
                violation_error_message=_("Say in public why it is not as ranked."),
            ),
            models.CheckConstraint(
                name="civic_winners_confirmed_whole",
                condition=Q(confirmed_by=None, confirmed_at=None, final_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message=_("Who confirmed it did so at some time."),
            ),
            models.CheckConstraint(
                name="civic_winners_withdrawn_reason",
                condition=Q(withdrawn_at=None) | Q(confirmed_at=None) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Say in public why it was withdrawn."),
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(withdrawn_at=None, instead_of=None),
                name="civic_winners_once",
                violation_error_message=_("The winners of this phase are decided already."),
            ),
            models.UniqueConstraint(
                fields=["instead_of"],
                condition=Q(withdrawn_at=None),
                name="civic_moves_up_once",
                violation_error_message=_("Somebody moves up here already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def process(self) -> Process:
        return self.round.process

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.confirmed_at is None and self.withdrawn_at is None

    def is_verified_at(self, at: datetime) -> bool:
        """Whether nobody can object in the verification any more."""
        return self.verification_until is not None and self.verification_until <= at


class Placement(models.Model):
    """An entry that a decision names: with a place and a prize, or only to advance."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="placements")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="placements")
    place = models.PositiveSmallIntegerField(_("place"), null=True)
    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, null=True, related_name="placements")
    amount = models.PositiveBigIntegerField(_("amount"), default=0)
    advances = models.BooleanField(_("advances"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "entry"],
                name="civic_placement_once",
                violation_error_message=_("This entry is named already."),
            ),
            models.CheckConstraint(
                name="civic_placement_says_something",
                condition=Q(place__gt=0) | Q(place=None, advances=True, prize=None),
                violation_error_message=_("It wins a place, or it advances."),
            ),
            models.CheckConstraint(
                name="civic_placement_money_of_prize",
                condition=Q(amount=0) | Q(prize__isnull=False),
                violation_error_message=_("Money is given out of a prize."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def process(self) -> Process:
        return self.entry.process


class AwardState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", pgettext_lazy("award", "Accepted")
    DECLINED = "declined", pgettext_lazy("award", "Declined")
    PAPERS = "papers", _("Papers complete")
    FINAL = "final", pgettext_lazy("award", "Final")
    CANCELLED = "cancelled", pgettext_lazy("award", "Cancelled")


IN_FORCE = (AwardState.OFFERED, AwardState.ACCEPTED, AwardState.PAPERS, AwardState.FINAL)
"""Neither declined nor cancelled: its money is bound."""


class AwardQuerySet(models.QuerySet["Award"]):
    def of(self, process: Process) -> AwardQuerySet:
        """Those of one challenge, by place."""
        mine = self.filter(placement__entry__process=process)
        return mine.order_by("placement__decision", "placement__place", "pk")

    def in_force(self) -> AwardQuerySet:
        """Neither declined nor cancelled."""
        return self.filter(state__in=IN_FORCE)


class Award(models.Model):
    """
    What a winner gets. ``amount`` is whole minor units of the challenge's currency.

    It is offered once the verification is over, and can be cancelled until ``cancellable_until``:
    one person proposes it with the ``cancelled_reason`` all will read, another one does it.
    ``is_carried_out`` is whether the city uses the solution; empty while nobody has said.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="award")
    amount = models.PositiveBigIntegerField(_("amount"))
    state = models.CharField(
        _("state"), max_length=12, choices=AwardState, default=AwardState.OFFERED
    )
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alternative = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    offered_at = models.DateTimeField(_("offered"), editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    papers_at = models.DateTimeField(_("papers complete"), null=True, editable=False)
    papers_by = models.UUIDField(null=True, editable=False)
    final_at = models.DateTimeField(_("final"), null=True, editable=False)
    cancel_proposed_at = models.DateTimeField(null=True, editable=False)
    cancel_proposed_by = models.UUIDField(null=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    cancelled_by = models.UUIDField(null=True, editable=False)
    cancelled_reason = models.TextField(_("public reason"), max_length=5000, blank=True)
    cancellable_until = models.DateTimeField(_("can be cancelled until"), editable=False)
    is_carried_out = models.BooleanField(_("carried out"), null=True)
    rights_back_on = models.DateField(_("rights go back on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_award_state_known",
                condition=Q(state__in=AwardState.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="civic_award_cancelled_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
                violation_error_message=_("Say in public why it is cancelled."),
            ),
            models.CheckConstraint(
                name="civic_award_cancelled_by_two",
                condition=~Q(state="cancelled")
                | Q(cancel_proposed_by__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_by=F("cancel_proposed_by")),
                violation_error_message=_("Somebody else has to confirm this."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def process(self) -> Process:
        return self.placement.entry.process

    @property
    def summary_text(self) -> str:
        return in_language(self.summary)

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE


class Instalment(models.Model):
    """
    A part of an award, paid when its milestone is reached.

    One person says that the milestone was reached, another one that the money was paid.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="instalments")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    milestone = models.CharField(_("milestone"), max_length=200)
    amount = models.PositiveBigIntegerField(_("amount"))
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    reached_on = models.DateField(_("reached"), null=True, blank=True)
    reached_by = models.UUIDField(null=True, editable=False)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid_by = models.UUIDField(null=True, editable=False)
    reference = models.CharField(_("reference of the payment"), max_length=100, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_instalment_paid_after_milestone",
                condition=Q(paid_on=None) | Q(reached_on__isnull=False),
                violation_error_message=_("It is paid when its milestone is reached."),
            ),
            models.CheckConstraint(
                name="civic_instalment_by_two",
                condition=Q(paid_on=None, paid_by=None)
                | Q(paid_on__isnull=False, paid_by__isnull=False, reached_by__isnull=False)
                & ~Q(paid_by=F("reached_by")),
                violation_error_message=_("Somebody else has to note the payment."),
            ),
            models.CheckConstraint(
                name="civic_instalment_of_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("An instalment is of some money."),
            ),
        ]

    def __str__(self) -> str:
        return self.milestone

    @property
    def process(self) -> Process:
        return self.award.process
