"""Ownership claims: who says that what is whose, what both sides say, and what was decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.attribution.claims import rules
from civic_sourcing.attribution.claims.rules import OPEN, Stage, Verdict
from civic_sourcing.attribution.models.credits import WHOLE, Role
from civic_sourcing.core.uploads import Upload

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process


class ClaimState(models.TextChoices):
    """Where a claim stands; the rules of each are in ``claims.rules``."""

    FILED = Stage.FILED.value, _("the other side is heard")
    HEARD = Stage.HEARD.value, pgettext_lazy("claim", "waiting for a decision")
    DECIDED = Stage.DECIDED.value, _("decided, can be appealed")
    APPEALED = Stage.APPEALED.value, _("appealed, the other side is heard")
    REHEARD = Stage.REHEARD.value, _("appealed, waiting for a decision")
    FINAL = Stage.FINAL.value, _("final")
    WITHDRAWN = Stage.WITHDRAWN.value, pgettext_lazy("claim", "withdrawn")


class ClaimOutcome(models.TextChoices):
    """What a steward decides."""

    ADDED = rules.Outcome.ADDED.value, _("Credit is added")
    SHARED = rules.Outcome.SHARED.value, _("Authorship is shared")
    TRANSFERRED = rules.Outcome.TRANSFERRED.value, _("Authorship is transferred")
    REFUSED = rules.Outcome.REFUSED.value, _("The claim is refused")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> ClaimQuerySet:
        """Not final and not withdrawn: awards wait for these."""
        return self.filter(state__in=OPEN)

    def waiting_for_steward(self, at: datetime) -> ClaimQuerySet:
        """Those a steward may decide at ``at``."""
        over = Q(state__in=[Stage.FILED, Stage.APPEALED], due_at__lte=at)
        return self.filter(Q(state__in=[Stage.HEARD, Stage.REHEARD]) | over)

    def overdue(self, at: datetime) -> ClaimQuerySet:
        """Those a steward should have decided by ``at``."""
        return self.filter(state__in=[Stage.HEARD, Stage.REHEARD], due_at__lte=at)

    def of_party(self, participant: Participant) -> ClaimQuerySet:
        """Those somebody filed or has to answer."""
        mine = Q(claimant=participant) | Q(respondents=participant)
        return self.filter(mine).distinct()

    def decided(self) -> ClaimQuerySet:
        """Those with an outcome the public may see."""
        return self.filter(state__in=[Stage.DECIDED, Stage.APPEALED, Stage.REHEARD, Stage.FINAL])


class Claim(models.Model):
    """
    Somebody says that ``contribution`` uses theirs.

    ``respondents`` are the author and co-authors when it was filed, the claimant left out; they
    stay parties whatever becomes of the credit. ``due_at`` ends the present state. Only the
    outcome is ever public.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        related_name="claims",
        verbose_name=_("contribution"),
    )
    claimant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="claims",
        verbose_name=_("claimant"),
    )
    respondents = models.ManyToManyField(
        "civic_participants.Participant",
        related_name="claims_to_answer",
        verbose_name=_("other side"),
    )
    state = models.CharField(
        _("state"), max_length=16, choices=ClaimState, default=ClaimState.FILED
    )
    filed_at = models.DateTimeField(_("filed"), editable=False)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    objects = ClaimQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ownership claim")
        verbose_name_plural = _("ownership claims")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "claimant"],
                condition=Q(state__in=[stage.value for stage in OPEN]),
                name="civic_claim_one_open_per_person",
                violation_error_message=_("You have already claimed this, and it is not decided."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values), name="civic_claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["final", "withdrawn"], due_at=None, closed_at__isnull=False)
                | (~Q(state__in=["final", "withdrawn"]) & Q(closed_at=None, due_at__isnull=False)),
                name="civic_claim_closed_or_due",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="civic_claim_queue")]

    def __str__(self) -> str:
        return str(_("Claim to “%(title)s”") % {"title": self.contribution.public_title})

    @property
    def stage(self) -> Stage:
        return Stage(self.state)

    @property
    def process(self) -> Process:
        """That of the contribution: its roles and its audit chain are those of the claim."""
        return self.contribution.process

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    def is_overdue(self, at: datetime) -> bool:
        """Whether a steward should have decided by ``at``."""
        waits = self.stage in (Stage.HEARD, Stage.REHEARD)
        return waits and rules.is_past(self.due_at, at)

    def people(self) -> list[Participant]:
        """The parties: claimant first."""
        return [self.claimant, *self.respondents.select_related("user").order_by("pk")]

    def is_party(self, user: AbstractBaseUser) -> bool:
        """Whether ``user`` is on one of the two sides."""
        return any(person.user_id == user.pk for person in self.people())

    def side_of(self, participant: Participant) -> Side | None:
        """On which side somebody stands, ``None`` for neither."""
        if participant.pk == self.claimant_id:
            return Side.CLAIMANT
        if self.respondents.filter(pk=participant.pk).exists():
            return Side.RESPONDENT
        return None

    @property
    def decision(self) -> ClaimDecision | None:
        """The latest decision."""
        return self.decisions.order_by("-number").first()

    @property
    def appellant(self) -> Participant | None:
        """Who appealed, if somebody did."""
        found = self.statements.filter(part=ClaimStatement.Part.APPEAL).first()
        return found.participant if found else None


class Side(models.TextChoices):
    CLAIMANT = "claimant", _("says it is theirs")
    RESPONDENT = "respondent", _("is credited")


class ClaimStatement(models.Model):
    """What one side says, with evidence: a text, an earlier contribution, files."""

    class Part(models.TextChoices):
        GROUNDS = "grounds", _("Claim")
        ANSWER = "answer", _("Answer")
        APPEAL = "appeal", pgettext_lazy("claim", "Appeal")
        REPLY = "reply", _("Answer to the appeal")
        ACCEPTANCE = "acceptance", _("Accepts the decision")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="statements", verbose_name=_("claim")
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    part = models.CharField(_("part"), max_length=16, choices=Part)
    text = models.TextField(_("text"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    linked = models.ForeignKey(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("earlier contribution"),
    )
    made_at = models.DateTimeField(_("made"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("statement on a claim")
        verbose_name_plural = _("statements on claims")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "part"],
                condition=Q(part__in=["grounds", "appeal"]),
                name="civic_claim_grounds_and_appeal_once",
                violation_error_message=_("This was appealed already."),
            ),
            models.UniqueConstraint(
                fields=["claim", "part", "participant"],
                name="civic_claim_statement_once",
                violation_error_message=_("You have said this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} · {self.participant}"


class ClaimFile(Upload):
    """A file handed in as evidence; only the parties and stewards see it."""

    statement = models.ForeignKey(
        ClaimStatement, on_delete=models.PROTECT, related_name="files", verbose_name=_("statement")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("evidence for a claim")
        verbose_name_plural = _("evidence for claims")


class ClaimDecision(models.Model):
    """
    What a steward decided, and why. The first has number 1, that on the appeal number 2.

    Append-only but for blanking: the log keeps a digest of ``reasons`` under ``salt``. ``role`` is
    that of an added credit, ``share`` that of the claimant in hundredths of a percent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("claim")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    steward = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("steward"),
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=ClaimOutcome)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    share = models.PositiveIntegerField(_("share"), null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    salt = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(pgettext_lazy("claim", "decided"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision on a claim")
        verbose_name_plural = _("decisions on claims")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="civic_claim_decided_once",
                violation_error_message=pgettext_lazy("claim", "This was decided already."),
            ),
            models.CheckConstraint(
                condition=Q(number__in=[1, 2]), name="civic_claim_decision_first_or_appeal"
            ),
            models.CheckConstraint(
                condition=Q(outcome="added", share=None) & ~Q(role="")
                | Q(outcome="shared", role="", share__gt=0, share__lt=WHOLE)
                | Q(outcome__in=["transferred", "refused"], role="", share=None),
                name="civic_claim_decision_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def terms(self) -> tuple[rules.Outcome, str, int | None]:
        """What two decisions are compared by."""
        return rules.Outcome(self.outcome), self.role, self.share

    @property
    def verdict(self) -> Verdict | None:
        """What an appeal did to the first decision; ``None`` for a first decision."""
        if self.number == 1:
            return None
        first: ClaimDecision = self.claim.decisions.get(number=1)
        return rules.verdict(first.terms, self.terms)

    @property
    def percent(self) -> str:
        """The claimant's share as people write it."""
        return f"{(self.share or 0) / 100:g}"
