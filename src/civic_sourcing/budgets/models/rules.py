"""The rules of a budget vote: one row in all its languages."""

from __future__ import annotations

from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting.amounts import exact
from civic_sourcing.budgets.rules import BallotType, Rule
from civic_sourcing.core.money import format_money, validate_currency


class BudgetRules(models.Model):
    """
    Money, ballot and rule of one vote.

    ``amount`` is whole minor units of ``currency``; ``threshold`` the least score a project needs
    (0: none). ``announced_rule`` is how the published file names its rule and ``file_digest`` the
    SHA-256 of that file; both are empty for a vote that was not imported.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="budget_rules"
    )
    amount = models.PositiveBigIntegerField(_("money available"))
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    ballot_type = models.CharField(_("ballot"), max_length=16, choices=BallotType.choices)
    rule = models.CharField(_("rule"), max_length=32, choices=Rule.choices)
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=21,
        decimal_places=6,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("A project needs at least this score; 0 for none."),
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
