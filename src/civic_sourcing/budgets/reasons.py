"""Why a project was funded or not: one plain sentence or two, made from a count's document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.counting.amounts import written
from civic_sourcing.budgets.counting.result import Count
from civic_sourcing.budgets.counting.rules import Outcome
from civic_sourcing.budgets.counting.why import Reason, why
from civic_sourcing.budgets.rules import BallotType, Tie
from civic_sourcing.budgets.small_areas import discreet
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
        "It had %(score)s and is one of the best of “%(category)s”, of which at least %(least)s "
        "had to be funded."
    ),
    Outcome.FUNDED_IN_COMPLETION: _(
        "It had %(score)s. After the shares were spent, %(left)s were left over, and it costs "
        "%(cost)s."
    ),
    Outcome.SUPPORTERS_SHORT: _(
        "It had %(score)s. When nothing else could be funded any more, its supporters had too "
        "little of their shares left to pay %(cost)s together."
    ),
    Outcome.NO_VOTES: _("Nobody was for it, and such a project is never funded."),
    Outcome.EXCLUDED: _(
        "It had %(score)s. Only one of it and “%(other)s” can be funded, and that was the other."
    ),
    Outcome.NEED_UNFUNDED: _("It had %(score)s. It needs “%(other)s”, which was not funded."),
    Outcome.CATEGORY_FULL: _(
        "It had %(score)s. Of “%(category)s” at most %(most)s are funded, and there were as many "
        "before its turn came."
    ),
    Outcome.NO_QUORUM: _(
        "Only %(voters)s voted. At least %(quorum)s had to, so nothing was funded."
    ),
    Outcome.WITHDRAWN: _("It was withdrawn, so it took no part in the count."),
}
"""By what became of a project; a test holds the placeholders and ``Explained`` together."""

BY_SHARES = _(
    "It had %(score)s. Its supporters paid the %(cost)s it costs together, out of their shares."
)
SHORT_BY = _(
    "It had %(score)s. When nothing else could be funded any more, its supporters had %(short)s of "
    "their shares left together, and it costs %(cost)s."
)
NOTHING_LEFT = _("It had %(score)s. When its turn came, no money was left; it costs %(cost)s.")
BELOW_SUPPORTERS = _(
    "It had %(score)s, from %(voters)s. A project needed the support of at least %(supporters)s."
)
BELOW_SHARE = _(
    "It had %(score)s. A project needed the support of at least %(percent)s %% of those who had it "
    "on their ballot paper; how many that are is not told where few have voted."
)

TIES: dict[str, str | Promise] = {
    Tie.ORDER: _("the order of the ballot paper decided which went first"),
    Tie.COST: _("the cheaper one went first"),
    Tie.NUMBER: _("the lower number went first"),
    Tie.LOT: _("a public draw decided which went first"),
}


@dataclass(frozen=True)
class ExplainedStep:
    """A project's turn in the count, in the active language."""

    number: str
    funded: bool
    score: str
    reason: str


@dataclass(frozen=True)
class Explained:
    """
    The ``document`` of a count in words of the active language.

    ``titles`` are those of projects by number, ``categories`` names by code; what has none is
    called by its number or code.
    """

    document: Mapping[str, Any]
    titles: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def count(self) -> Count:
        return Count.from_document(discreet(self.document))

    def step(self, number: str) -> ExplainedStep:
        """Why the project with that number was funded or not. ``KeyError`` if it is unknown."""
        reason = why(self.count, number)
        score = self._score(reason.numbers["score"])
        sentence = str(self._sentence(reason)) % self._values(reason, score)
        more = [self._more(reason), self._tie(reason)]
        told = " ".join(each for each in (sentence, *more) if each)
        return ExplainedStep(number, reason.funded, score, told)

    def _sentence(self, reason: Reason) -> str | Promise:
        numbers = reason.numbers
        if reason.code == Outcome.FUNDED and "price" in numbers:
            return BY_SHARES
        if reason.code == Outcome.SUPPORTERS_SHORT and "supporters_left" in numbers:
            return SHORT_BY
        if reason.code == Outcome.BELOW_THRESHOLD and "needed" not in numbers:
            return BELOW_SHARE if self._wants_percent else SENTENCES[reason.code]
        if reason.code == Outcome.BELOW_THRESHOLD and self._wants_people:
            return BELOW_SUPPORTERS
        if reason.code == Outcome.SKIPPED and _amount(numbers["left"]) <= 0:
            return NOTHING_LEFT
        return SENTENCES[reason.code]

    def _values(self, reason: Reason, score: str) -> dict[str, str]:
        numbers = reason.numbers
        needed = numbers.get("needed", self.document["threshold"])
        return {
            "score": score,
            "threshold": self._score(needed),
            "left": self._money(max(_amount(numbers["left"]), Fraction(0))),
            "cost": self._money(_amount(numbers["cost"])),
            "short": self._money(_amount(numbers.get("supporters_left", 0))),
            "voters": _people(numbers.get("voters", 0)),
            "supporters": _people(needed),
            "quorum": _people(needed),
            "percent": format_score(_text(self.document["threshold"])),
            "other": self.titles.get(str(numbers.get("other"))) or str(numbers.get("other", "")),
            "category": self.categories.get(str(numbers.get("category")))
            or str(numbers.get("category", "")),
            "least": format_score(str(numbers.get("least", 0))),
            "most": format_score(str(numbers.get("most", 0))),
        }

    def _more(self, reason: Reason) -> str:
        """With how many more votes it would have been funded, where that can be said."""
        if "more" not in reason.numbers:
            return ""
        more = int(_amount(reason.numbers["more"]))
        if reason.code == Outcome.SUPPORTERS_SHORT:
            told = ngettext(
                "With %(number)s more supporter with a whole share it could have been paid.",
                "With %(number)s more supporters with whole shares it could have been paid.",
                more,
            )
        elif self._counts_votes:
            told = ngettext(
                "With %(number)s more vote its turn would have come while enough was left.",
                "With %(number)s more votes its turn would have come while enough was left.",
                more,
            )
        else:
            told = ngettext(
                "With %(number)s more point its turn would have come while enough was left.",
                "With %(number)s more points its turn would have come while enough was left.",
                more,
            )
        return told % {"number": format_score(more)}

    def _tie(self, reason: Reason) -> str:
        """Which rule put others of equal score before it; of no interest where it was funded."""
        tied, rule = reason.numbers.get("tied"), TIES.get(str(reason.numbers.get("tie")))
        if not tied or rule is None or reason.funded:
            return ""
        number = int(_amount(tied))
        told = ngettext(
            "%(number)s other project had as many; %(rule)s.",
            "%(number)s other projects had as many; %(rule)s.",
            number,
        )
        return told % {"number": format_score(number), "rule": rule}

    def _score(self, score: Any) -> str:
        return score_phrase(_text(score), self.document["ballot_type"])

    def _money(self, amount: Fraction) -> str:
        """In whole minor units, rounded down: shares of voters need not be whole."""
        return format_money(int(amount // 1), self.document["currency"])

    @property
    def _counts_votes(self) -> bool:
        return BallotType(self.document["ballot_type"]).counts_votes

    @property
    def _wants_people(self) -> bool:
        """Whether the threshold is a number of people where scores are something else."""
        rules = self.count.rules
        least = rules.threshold if rules else None
        is_score = least is None or least.of == "score"
        return not is_score and not (self._counts_votes and not (rules and rules.groups))

    @property
    def _wants_percent(self) -> bool:
        """Whether the threshold is a percentage of those who could choose a project."""
        rules = self.count.rules
        return bool(rules and rules.threshold and rules.threshold.of == "percent")


def explained_step(
    result: CountResult, number: str, titles: Callable[[], Mapping[str, str]] = dict
) -> ExplainedStep | None:
    """
    Return what ``result`` says about the project with that number, if anything.

    ``titles`` (by number) are asked for only where the sentence names another project.
    """
    step = result.step_of(number)
    if step is None:
        return None
    names = titles() if "other" in step.get("numbers", {}) else {}
    return Explained(result.document, names).step(number)


def score_phrase(score: int | str, ballot_type: str) -> str:
    """Return ``score`` with its unit: votes where ballots were ticks, points elsewhere."""
    number = score if isinstance(score, int) else 2
    if BallotType(ballot_type).counts_votes:
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


def _people(number: Any) -> str:
    """So many people, rounded up: there are no parts of them."""
    whole = -int(-_amount(number) // 1)
    told = ngettext("%(number)s person", "%(number)s people", whole)
    return told % {"number": format_score(whole)}


def _amount(value: Any) -> Fraction:
    return Fraction(value)


def _text(value: Any) -> int | str:
    """An exact number as documents have it."""
    return value if isinstance(value, int | str) else written(value)
