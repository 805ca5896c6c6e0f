"""How many projects of a category are funded: limits that contradict themselves or each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from civic_sourcing.budgets.counting.plan import AreaUse

from .limits import KnapsackLimits
from .possible import Reason, impossible
from .rulebook import CategoryLimit, Rulebook, Scope
from .sets import Point


def points_of_winners(rulebook: Rulebook) -> Iterator[Point]:
    """Yield code and context of everything that is wrong with one category by itself."""
    times = Counter(winners.code for winners in rulebook.category_winners)
    for code in (code for code, number in times.items() if number > 1):
        yield "winners-twice", {"category": code}
    available = Counter(project.category for project in rulebook.paper(rulebook.by_area))
    for each in rulebook.category_winners:
        context: dict[str, str | int] = {"category": each.code, "least": each.least}
        if each.most is not None and each.least > each.most:
            yield "winners-order", {**context, "most": each.most}
        if each.least > available[each.code]:
            yield "winners-least", {**context, "projects": available[each.code]}


def winners_that_cannot_be(rulebook: Rulebook) -> Iterator[str]:
    """
    Yield the code of what keeps the least winners of all categories from being funded together.

    They are looked for as a ballot would be that may spend the money of every area.
    """
    if not any(each.least for each in rulebook.category_winners):
        return
    wanted = replace(
        rulebook,
        limits=KnapsackLimits(),
        scope=Scope.BALLOT,
        area_use=AreaUse.ALL,
        categories=tuple(
            CategoryLimit(code=each.code, least=each.least, most=each.most)
            for each in rulebook.category_winners
        ),
    )
    reason = impossible(wanted, list(rulebook.by_area))
    if reason is not None:
        yield "winners-money" if reason is Reason.MONEY else "winners-sets"
