"""Why a project was funded or not: one plain sentence made from a step of the count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.counting.rules import Outcome
from civic_sourcing.core.money import format_money

if TYPE_CHECKING:
    from civic_sourcing.budgets.models import CountResult

SENTENCES: dict[str, str | Promise] = {
    Outcome.FUNDED: _(
        "It had %(score)s. When its turn came, %(left)s were left, and it costs %(cost)s."
    ),
    Outcome.FUNDED_BEYOND: _(
        "It had %(score)s. When its turn came, %(left)s were left, and it costs %(cost)s. At least "
        "80 %% of that was there, so a reserve outside the budget pays the rest."
    ),
    Outcome.SKIPPED: _(
        "It had %(score)s. When its turn came, only %(left)s were left, and it costs %(cost)s."
    ),
    Outcome.STOPPED: _(
        "It had %(score)s. When its turn came, only %(left)s were left, and it costs %(cost)s. "
        "Under the rule of this vote the funding stopped here."
    ),
    Outcome.NOT_REACHED: _(
        "It had %(score)s. The funding had stopped before its turn came, because a project with "
        "more support did not fit into what was left."
    ),
    Outcome.BELOW_THRESHOLD: _(
        "It had %(score)s. A project needed at least %(threshold)s to be funded."
    ),
    Outcome.FUNDED_FOR_CATEGORY: _(
        "It had %(score)s. When its turn came, %(left)s were left, and it costs %(cost)s. It is "
        "one of the best of its category, which had to have some projects."
    ),
    Outcome.FUNDED_IN_COMPLETION: _(
        "It had %(score)s. When its turn came, %(left)s were left over, and it costs %(cost)s."
    ),
    Outcome.SUPPORTERS_SHORT: _(
        "It had %(score)s. Its supporters had too little of their shares left to pay %(cost)s."
    ),
    Outcome.NO_VOTES: _(
        "It had %(score)s: nobody voted for it, or as many were against it. Such a project is "
        "never funded."
    ),
    Outcome.EXCLUDED: _("It had %(score)s. A project that excludes it was funded."),
    Outcome.NEED_UNFUNDED: _("It had %(score)s. A project that it needs was not funded."),
    Outcome.CATEGORY_FULL: _(
        "It had %(score)s. As many projects of its category as may be were funded before it."
    ),
    Outcome.NO_QUORUM: _("It had %(score)s. Too few people voted, so nothing was funded."),
    Outcome.WITHDRAWN: _("It was withdrawn, so it took no part in the count."),
}


@dataclass(frozen=True)
class ExplainedStep:
    """A project's turn in the count, in the active language."""

    number: str
    funded: bool
    score: str
    reason: str


def explained_step(result: CountResult, number: str) -> ExplainedStep | None:
    """Return what ``result`` says about the project with that number, if anything."""
    step = result.step_of(number)
    return explain(step, result.document) if step else None


def explain(step: dict[str, Any], document: dict[str, Any]) -> ExplainedStep:
    """Put a step of a count's document into words."""
    score = score_phrase(step["score"], document["ballot_type"])
    currency = document["currency"]
    reason = str(SENTENCES[step["outcome"]]) % {
        "score": score,
        "threshold": score_phrase(document["threshold"], document["ballot_type"]),
        "left": format_money(max(step["left_before"], 0), currency),
        "cost": format_money(step["cost"], currency),
    }
    return ExplainedStep(step["project"], Outcome(step["outcome"]).is_funded, score, reason)


def score_phrase(score: int | str, ballot_type: str) -> str:
    """Return ``score`` with its unit: votes where ballots were ticks, points elsewhere."""
    number = score if isinstance(score, int) else 2
    if ballot_type in {"approval", "choose-1"}:
        phrase = ngettext("%(number)s vote", "%(number)s votes", number)
    else:
        phrase = ngettext("%(number)s point", "%(number)s points", number)
    return phrase % {"number": format_score(score)}


def format_score(score: int | str) -> str:
    """
    Return ``score`` grouped as the active language does; a decimal comes as text and stays exact.

    A fraction without finite decimals (``"401/3"``) is rounded to hundredths.
    """
    if isinstance(score, str) and "/" in score:
        score = f"{float(Fraction(score)):.2f}"
    return number_format(Decimal(score), use_l10n=True, force_grouping=True)
