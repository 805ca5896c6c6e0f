"""The rules of a budget vote: one row in all its languages."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots.documents import read_limits
from civic_sourcing.budgets.ballots.limits import LIMITS, CumulativeLimits
from civic_sourcing.budgets.ballots.limits import BallotType as PaperType
from civic_sourcing.budgets.counting.amounts import exact
from civic_sourcing.budgets.rules import (
    AreaUse,
    BallotType,
    Completion,
    Faulty,
    Of,
    PaperRule,
    Rule,
    Scope,
    Tie,
    Utility,
)
from civic_sourcing.core.money import format_money, validate_currency

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots.limits import Limits

USUAL_POINTS = 10
"""Points to share out where nobody has said how many."""


class BudgetRules(models.Model):
    """
    Money, ballot and rule of one vote.

    ``amount`` is whole minor units of ``currency``, in a vote with areas that of all together.
    ``limits`` are what a ballot may hold, in the rulebook's form; empty: the usual ones of its
    kind. ``threshold`` is the least support a project needs, counted in ``threshold_of`` (0: none;
    in an imported vote the least score), ``quorum`` the least turnout (percent: of all who may
    vote). ``utility`` and ``completion`` say how equal shares are counted, and nothing under other
    rules. ``lot_seed`` says where the seed of a draw comes from. ``paper_rule`` says whether people
    vote on paper too, and what holds for those who do both. ``announced_rule`` is how the published
    file names its rule and ``file_digest`` the SHA-256 of that file; both are empty for a vote that
    was not imported.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="budget_rules"
    )
    amount = models.PositiveBigIntegerField(_("money available"))
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    ballot_type = models.CharField(_("ballot"), max_length=16, choices=BallotType.choices)
    rule = models.CharField(_("rule"), max_length=32, choices=Rule.choices)
    utility = models.CharField(
        _("a project gives its voters"),
        max_length=16,
        choices=Utility.choices,
        default=Utility.COST,
    )
    completion = models.CharField(
        _("money left over"), max_length=16, choices=Completion.choices, default=Completion.NONE
    )
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=21,
        decimal_places=6,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("A project needs at least this score; 0 for none."),
    )
    threshold_of = models.CharField(
        _("threshold in"), max_length=8, choices=Of.choices, default=Of.COUNT
    )
    limits = models.JSONField(_("limits"), default=dict, blank=True)
    area_use = models.CharField(
        _("voters may choose projects of"),
        max_length=16,
        choices=AreaUse.choices,
        default=AreaUse.ALL,
    )
    scope = models.CharField(
        _("limits hold for"), max_length=8, choices=Scope.choices, default=Scope.BALLOT
    )
    may_leave_area_empty = models.BooleanField(_("an area may be left empty"), default=False)
    faulty = models.CharField(
        _("a ballot that breaks a limit"),
        max_length=8,
        choices=Faulty.choices,
        default=Faulty.REFUSE,
    )
    quorum = models.DecimalField(
        _("quorum"),
        max_digits=15,
        decimal_places=6,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("The vote counts if at least so many vote; 0 for none."),
    )
    quorum_of = models.CharField(_("quorum in"), max_length=8, choices=Of.choices, default=Of.COUNT)
    tie = models.CharField(_("equal scores"), max_length=8, choices=Tie.choices, default=Tie.ORDER)
    lot_seed = models.CharField(_("seed of the draw"), max_length=255, blank=True)
    paper_rule = models.CharField(
        _("voting on paper"),
        max_length=8,
        choices=PaperRule.choices,
        default=PaperRule.NONE,
    )
    announced_rule = models.CharField(max_length=64, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        verbose_name = _("rules of a budget vote")
        verbose_name_plural = _("rules of budget votes")
        constraints = [
            models.CheckConstraint(
                name="civic_budget_rule_known",
                condition=models.Q(rule__in=Rule.values),
                violation_error_message=_("This counting rule is not known."),
            ),
            models.CheckConstraint(
                name="civic_budget_ballot_type_known",
                condition=models.Q(ballot_type__in=BallotType.values),
                violation_error_message=_("This kind of ballot is not known."),
            ),
        ]

    def __str__(self) -> str:
        return format_money(self.amount, self.currency)

    @property
    def least_score(self) -> int | Fraction:
        """The threshold as the exact number counting wants."""
        return exact(Fraction(self.threshold))

    @property
    def imported(self) -> bool:
        """Whether the vote was held elsewhere and came in from a published file."""
        return bool(self.file_digest)

    @cached_property
    def ballot_limits(self) -> Limits:
        """What a ballot may hold. Raises ``RulebookError`` for limits nobody could have written."""
        return read_limits(self.limits) if self.limits else usual_limits(self.ballot_type)


def usual_limits(ballot_type: str) -> Limits:
    """The limits of a kind of ballot as long as nobody sets others."""
    kind = LIMITS[PaperType(ballot_type)]
    if kind is CumulativeLimits:
        return CumulativeLimits(total=USUAL_POINTS)
    return kind()
