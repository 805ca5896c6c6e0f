"""The kinds of ballot and the rules a vote can have, in words for people."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BallotType(models.TextChoices):
    """What a voter fills in; the values are those of the .pb format."""

    APPROVAL = "approval", _("Tick projects")
    KNAPSACK = "knapsack", _("Spend the money")
    SINGLE_CHOICE = "choose-1", _("Choose one project")
    CUMULATIVE = "cumulative", _("Share out points")
    SCORING = "scoring", _("Rate projects")
    RANKING = "ordinal", _("Rank projects")
    YES_NO = "yes-no", _("Say yes or no to each project")

    @property
    def explanation(self) -> str | Promise:
        """How a score comes from the ballots, in one plain sentence."""
        return BALLOT_EXPLANATIONS[self]

    @property
    def counts_votes(self) -> bool:
        """Whether a score is a number of votes; otherwise it is a number of points."""
        return self in {BallotType.APPROVAL, BallotType.KNAPSACK, BallotType.SINGLE_CHOICE}


BALLOT_EXPLANATIONS: dict[BallotType, str | Promise] = {
    BallotType.APPROVAL: _(
        "Voters ticked the projects they wanted. Every tick is one vote for that project."
    ),
    BallotType.KNAPSACK: _(
        "Voters ticked projects that the money pays for together. Every tick is one vote for that "
        "project."
    ),
    BallotType.SINGLE_CHOICE: _("Every voter chose one project, which is one vote for it."),
    BallotType.CUMULATIVE: _(
        "Voters shared out points among the projects they wanted. The points of all voters are "
        "added up."
    ),
    BallotType.SCORING: _(
        "Voters rated projects with points. The points of all voters are added up."
    ),
    BallotType.RANKING: _(
        "Voters ranked projects. On a ballot with three projects the first gets three points, "
        "the second two and the third one; longer ballots likewise. The points of all voters are "
        "added up."
    ),
    BallotType.YES_NO: _(
        "Voters said yes or no to projects, or abstained. Every yes adds one to the score of that "
        "project, and every no takes one away."
    ),
}


class Rule(models.TextChoices):
    """How the money is given out; the values are those of ``counting``."""

    GREEDY = "greedy", _("By score, skipping what does not fit")
    GREEDY_NO_SKIP = "greedy-no-skip", _("By score, until one does not fit")
    GREEDY_PARTIAL_LAST = "greedy-partial-last", _("By score, the last one if most of it fits")
    EQUAL_SHARES = "equal-shares", _("By equal shares")

    @property
    def explanation(self) -> str | Promise:
        """The rule in words a voter understands."""
        return RULE_EXPLANATIONS[self]


RULE_EXPLANATIONS: dict[Rule, str | Promise] = {
    Rule.GREEDY: _(
        "Projects are funded in order of their score, the highest first. A project that costs more "
        "than what is left is passed over, and cheaper ones after it still get their turn."
    ),
    Rule.GREEDY_NO_SKIP: _(
        "Projects are funded in order of their score, the highest first, until one costs more than "
        "what is left. There the funding stops."
    ),
    Rule.GREEDY_PARTIAL_LAST: _(
        "Projects are funded in order of their score, the highest first, until one costs more "
        "than what is left. That project is still funded if at least 80 % of its cost is left; a "
        "reserve outside the budget pays the rest, and there the funding stops."
    ),
    Rule.EQUAL_SHARES: _(
        "Every voter gets the same share of the money. A project is funded when those who voted "
        "for it can pay it together from their shares; what they pay is gone from their shares. "
        "The project that costs its voters least for what it gives them goes first."
    ),
}


class Utility(models.TextChoices):
    """What a project gives to a voter, under equal shares; the values are those of ``counting``."""

    COST = "cost", _("A project counts by what it costs")
    CARDINALITY = "cardinality", _("Every project counts alike")


class Completion(models.TextChoices):
    """
    What becomes of money that equal shares leave over; the values are those of ``counting``.
    """

    NONE = "none", _("It is left over")
    ADD1 = "add1", _("Shares are raised until no more can be funded")
    ADD1U = "add1u", _("Shares are raised, then projects are funded by score while they fit")
    GREEDY = "greedy", _("Projects are funded by score while they fit")
    ADD1_GREEDY = "add1-greedy", _("Shares are raised, then projects are funded by score")


class AreaUse(models.TextChoices):
    """For the projects of which areas somebody may vote; the values are those of ``ballots``."""

    ALL = "all", _("All areas")
    OWN = "own", _("The area one lives in")
    OWN_AND_TOWN = "own_and_town", _("The area one lives in, and the whole town")
    ONE = "one", _("One area of one’s choice")


class Scope(models.TextChoices):
    """What limits hold for; the values are those of ``ballots``."""

    BALLOT = "ballot", _("The whole ballot")
    AREA = "area", _("Each area by itself")


class Faulty(models.TextChoices):
    """What becomes of a ballot that breaks a limit; the values are those of ``ballots``."""

    REFUSE = "refuse", _("The voter gets it back and can mend it")
    VOID = "void", _("It is cast as void")


class Tie(models.TextChoices):
    """Which of two projects of equal score goes first; the values are those of ``ballots``."""

    ORDER = "order", _("The order of the ballot paper")
    COST = "cost", _("The cheaper one")
    NUMBER = "number", _("The lower number")
    LOT = "lot", _("A draw")


class Of(models.TextChoices):
    """What a least amount is counted in; the values are those of ``ballots``."""

    COUNT = "count", _("voters")
    PERCENT = "percent", _("percent")


class PaperRule(models.TextChoices):
    """Whether people also vote on paper, and which ballot counts of somebody who does both."""

    NONE = "none", _("Nobody votes on paper")
    PAPER = "paper", _("On paper too; of two ballots the one on paper counts")
    LAST = "last", _("On paper too; of two ballots the later one counts")
