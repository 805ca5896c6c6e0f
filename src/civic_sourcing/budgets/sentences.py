"""
The sentences of faults, open points and lines, by the codes of ``ballots``.

A test holds these tables and those of ``ballots`` together, down to the placeholders.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, str | Promise] = {
    "no-paper": _("There is no project you could choose on this ballot paper."),
    "too-long": _("More was sent than a ballot can hold."),
    "wrong-form": _(
        "This was not filled in on the form of this ballot. Please open the ballot paper again."
    ),
    "not-on-paper": _("“%(project)s” is not on this ballot paper."),
    "twice": _("The project %(project)s is marked more than once."),
    "whole-number": _("A whole number is wanted for the project %(project)s, not “%(given)s”."),
    "answer-unknown": _(
        "Yes, no or “I abstain” is wanted for the project %(project)s, not “%(given)s”."
    ),
    "rank-beyond": _(
        "The project %(project)s has place %(given)s, but places go from 1 to %(most)s."
    ),
    "rank-twice": _("Place %(place)s is given to more than one project: %(projects)s."),
    "rank-gap": _("Place %(place)s is given to no project, but a later one is."),
    "too-few": _("Chosen: %(given)s. At least %(least)s are needed."),
    "too-many": _("Chosen: %(given)s. At most %(most)s are allowed."),
    "over-budget": _("The projects you chose cost %(given)s together. There are %(budget)s."),
    "under-budget": _(
        "The projects you chose cost %(given)s together. At least %(least)s must be spent."
    ),
    "over-total": _("Points given: %(given)s. There are %(total)s."),
    "under-total": _("Points given: %(given)s. At least %(least)s must be given."),
    "over-project": _(
        "The project %(project)s has %(given)s points. At most %(most)s are allowed for one "
        "project."
    ),
    "over-score": _("The project %(project)s is rated %(given)s. The highest score is %(top)s."),
    "unanswered": _("Projects without an answer: %(missing)s. The first is %(project)s."),
    "one-area": _("Projects of %(given)s areas are chosen. A ballot keeps to one."),
    "category-few": _("Chosen in “%(category)s”: %(given)s. At least %(least)s are needed."),
    "category-many": _("Chosen in “%(category)s”: %(given)s. At most %(most)s are allowed."),
    "exclusive": _("Of these projects only one can be chosen: %(projects)s."),
    "needs": _("The project %(project)s can only be chosen together with %(needs)s."),
}
"""What is wrong with a ballot, said to its voter."""

OPEN_POINTS: dict[str, str | Promise] = {
    "no-rules": _("Nobody has set the rules yet."),
    "no-projects": _("There is no published project on the ballot paper."),
    "project-twice": _("The number %(project)s stands for more than one project."),
    "project-area": _("The project %(project)s is in no area."),
    "project-cost": _("The project %(project)s costs less than nothing."),
    "no-areas": _("There is no area, so there is no money."),
    "area-twice": _("The code of “%(area)s” stands for more than one area."),
    "area-empty": _("“%(area)s” has no published project."),
    "area-money": _("“%(area)s” has no money."),
    "none-affordable": _(
        "No project of “%(area)s” can be paid: there are %(budget)s, and the cheapest costs "
        "%(cheapest)s."
    ),
    "area-limits-kind": _("The limits of “%(area)s” are those of another kind of ballot."),
    "area-limits-unused": _(
        "“%(area)s” has limits of its own, but the limits hold for the whole ballot."
    ),
    "town-missing": _(
        "Voters may choose projects of the whole town, but no area is the whole town."
    ),
    "town-unused": _(
        "“%(area)s” is the whole town, but voters may only choose projects of their own area."
    ),
    "limit-negative": _("A limit is below 0."),
    "limits-order": _("At least %(least)s projects must be chosen, but at most %(most)s can be."),
    "most-zero": _("Nothing can be chosen."),
    "single-most": _("A single choice is of one project, no more and no less."),
    "total-low": _("There are no points to give."),
    "points-low": _("No point can be given to a project."),
    "total-order": _("At least %(least)s points must be given, but there are %(total)s."),
    "top-low": _("The highest score is %(top)s, so every project is rated the same."),
    "share-range": _(
        "The share that must be spent is %(share)s percent. It has to be between 0 and 100."
    ),
    "budget-range": _("A ballot may spend %(budget)s, but there are %(money)s."),
    "category-twice": _("The category “%(category)s” has more than one limit."),
    "category-order": _(
        "In “%(category)s” at least %(least)s must be chosen, but at most %(most)s can be."
    ),
    "category-least": _(
        "In “%(category)s” at least %(least)s must be chosen, but the projects there number "
        "%(projects)s."
    ),
    "categories-most": _(
        "The categories want %(least)s projects chosen together, the ballot allows %(most)s."
    ),
    "winners-twice": _("It is said more than once how many projects of “%(category)s” are funded."),
    "winners-order": _(
        "Of “%(category)s” at least %(least)s must be funded, but at most %(most)s can be."
    ),
    "winners-least": _(
        "Of “%(category)s” at least %(least)s must be funded, but the projects there number "
        "%(projects)s."
    ),
    "winners-sets": _(
        "As many projects of each category as must be funded cannot be: too many exclude each "
        "other, or need others."
    ),
    "winners-money": _(
        "There is not enough money to fund as many projects of each category as must be."
    ),
    "exclusive-small": _(
        "A set of projects that exclude each other has fewer than two: %(projects)s."
    ),
    "exclusive-unknown": _(
        "The project %(project)s excludes others, but is not on the ballot paper."
    ),
    "dependency-unknown": _(
        "The project %(project)s needs %(needs)s. One of them is not on the ballot paper."
    ),
    "dependency-cycle": _("These projects need each other in a circle: %(projects)s."),
    "needs-excluded": _(
        "The project %(project)s needs projects that exclude each other: %(exclusive)s."
    ),
    "needs-elsewhere": _(
        "The project %(project)s needs %(needs)s, which not all its voters can choose."
    ),
    "least-projects": _(
        "On the ballot paper of %(areas)s fewer projects can be chosen than must be."
    ),
    "least-exclusive": _(
        "On the ballot paper of %(areas)s projects that exclude each other leave too few to choose."
    ),
    "least-dependencies": _(
        "On the ballot paper of %(areas)s no ballot can hold enough projects together with what"
        " they need."
    ),
    "least-categories": _(
        "On the ballot paper of %(areas)s no ballot meets the limits of all categories."
    ),
    "least-money": _(
        "On the ballot paper of %(areas)s no ballot meets the limits with the money there is."
    ),
    "no-eligibility": _("Nothing says who may vote."),
    "nobody-eligible": _("Nobody meets what is asked of voters."),
    "group-nobody": _(
        "Nobody is in the group “%(group)s”: no register, no codes and no verified attribute lead "
        "to it."
    ),
    "group-twice": _("The group “%(group)s” has more than one weight."),
    "weight-range": _("The group “%(group)s” has no weight."),
    "weights-sum": _("The weights of the groups add up to %(sum)s percent, not to 100."),
    "winner-missing": _("No rule says who wins."),
    "lot-seed": _(
        "Ties are drawn by lot, but nothing says where the number of the draw comes from."
    ),
    "threshold-range": _("The least support of %(value)s can never be reached or is below 0."),
    "quorum-range": _("The quorum of %(value)s can never be reached or is below 0."),
    "no-voting": _("There is no phase “Voting”."),
    "phase-twice": _("The phase “%(phase)s” is there more than once."),
    "phase-ends-first": _("The phase “%(phase)s” ends before it begins."),
    "phase-order": _("The phase “%(second)s” begins before “%(first)s”."),
    "count-before-close": _("The phase “%(phase)s” begins before voting has ended."),
    "voting-endless": _("The phase “Voting” has no end."),
    "voting-over": _("The phase “Voting” is over since %(closes_at)s."),
}
"""What keeps a vote from opening, said to its editor."""

LINES: dict[str, str | Promise] = {
    "ballot": _("The ballot: %(ballot)s. Projects on the paper: %(projects)s."),
    "money": _("%(area)s: %(budget)s for the projects there. Their number: %(projects)s."),
    "areas": _("Voters may choose projects of: %(use)s."),
    "limits-by-area": _("The limits hold for each area by itself."),
    "area-may-be-empty": _("An area may be left empty."),
    "choose-exactly": _("Exactly so many projects are chosen: %(most)s."),
    "choose-between": _("From %(least)s to %(most)s projects are chosen."),
    "choose-at-least": _("At least so many projects are chosen: %(least)s."),
    "choose-at-most": _("At most so many projects are chosen: %(most)s."),
    "choose-freely": _("Any number of projects is chosen, none is allowed too."),
    "spend-at-most": _("The chosen projects cost no more than %(budget)s together."),
    "spend-within-areas": _("The chosen projects of an area cost no more than it has."),
    "spend-at-least": _("At least so much of the money must be spent: %(share)s percent."),
    "points": _("Points to share out: %(total)s."),
    "points-at-least": _("At least so many points must be given: %(least)s."),
    "points-per-project": _("Most points for one project: %(most)s."),
    "score": _("Projects are rated from 0 to %(top)s."),
    "answer-every": _("Each project wants an answer."),
    "category": _("Of “%(category)s”, from %(least)s to %(most)s projects are chosen."),
    "category-open": _("Of “%(category)s”, at least so many projects are chosen: %(least)s."),
    "funded-between": _(
        "Of “%(category)s”, at most %(most)s projects are funded, and the best %(least)s go first "
        "as far as there are votes and money."
    ),
    "funded-at-least": _(
        "Of “%(category)s”, so many of the best projects go first, as far as there are votes and "
        "money: %(least)s."
    ),
    "funded-at-most": _("Of “%(category)s”, at most so many projects are funded: %(most)s."),
    "exclusive": _("Of these projects only one can be chosen, and only one funded: %(projects)s."),
    "needs": _(
        "The project %(project)s can only be chosen, and only be funded, together with %(needs)s."
    ),
    "too-dear": _(
        "The project %(project)s costs %(cost)s and can never be paid: there are %(budget)s."
    ),
    "withdrawn": _("The project %(project)s is withdrawn and cannot be chosen."),
    "faulty-refuse": _(
        "A ballot that breaks a limit is given back, so that the voter can mend it."
    ),
    "faulty-void": _("A ballot that breaks a limit is cast as void."),
    "on-paper-paper": _(
        "People may also vote on paper. Whoever does both: the ballot on paper counts."
    ),
    "on-paper-last": _(
        "People may also vote on paper. Whoever does both: the later ballot counts."
    ),
    "winner": _("How the money is given out: %(rule)s."),
    "utility": _("What a project gives its voters: %(utility)s."),
    "completion": _("What becomes of money left over: %(completion)s."),
    "tie": _("Of projects with equal scores, first comes: %(tie)s."),
    "lot": _("Where the number of the draw comes from: %(seed)s."),
    "threshold-count": _("A project needs the support of at least so many voters: %(value)s."),
    "threshold-percent": _(
        "A project needs the support of at least %(value)s percent of those who voted."
    ),
    "quorum-count": _("The vote counts if at least so many people vote: %(value)s."),
    "quorum-percent": _(
        "The vote counts if at least %(value)s percent of those who may vote do so."
    ),
    "group": _("The ballots of “%(group)s” weigh %(weight)s percent together."),
    "eligibility": _("Asked of voters: %(key)s"),
    "mandate": _("What the result does: %(mandate)s"),
    "phase": _("“%(phase)s” begins on %(opens_at)s and ends on %(closes_at)s."),
    "phase-open": _("“%(phase)s” begins on %(opens_at)s and has no end."),
}
"""What voters will meet, said to everybody."""
