"""The counters that stay in sight: what is chosen, what is left, what is too much or missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.ballots import (
    CumulativeLimits,
    KnapsackLimits,
    Scope,
    YesNoLimits,
    remaining,
)
from civic_sourcing.budgets.ballots.parts import parts_of

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import CategoryLeft, Choice, Left, Rulebook
    from civic_sourcing.budgets.ballots.parts import Part
    from civic_sourcing.budgets.booth.words import Words

OVER, MISSING, FINE = "over", "missing", "fine"
TONES = {OVER: "danger", MISSING: "warning", FINE: "success"}


@dataclass(frozen=True, kw_only=True)
class Counter:
    """
    One counter: its ``name`` (empty: the whole ballot), a sentence or two, and a bar.

    ``state`` is over, missing or fine. Without a ``maximum`` there is no bar to draw.
    """

    name: str
    state: str
    says: str
    amount: str
    value: int = 0
    maximum: int | None = None

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def filled(self) -> int | None:
        """How far the bar is filled; no further than its end."""
        return None if self.maximum is None else min(self.value, self.maximum)


def counters(
    rulebook: Rulebook,
    areas: Collection[str],
    choice: Choice,
    words: Words,
    *,
    withdrawn: Collection[str] = (),
) -> list[Counter]:
    """Return the counters of a ballot in any state: its parts, areas' money, its categories."""
    left = remaining(rulebook, areas, choice, withdrawn=withdrawn)
    parts = parts_of(rulebook, areas, choice, withdrawn)
    return [
        *(
            _of_part(part, part_left, choice, words)
            for part, part_left in zip(parts, left.parts, strict=True)
        ),
        *_money_of_areas(rulebook, parts, choice, words),
        *(_of_category(category, words) for category in left.categories),
    ]


def headline(several: list[Counter]) -> Counter:
    """Return the counter a voter should look at first: one that is over, else missing, else any."""
    return next(
        (counter for state in (OVER, MISSING) for counter in several if counter.state == state),
        several[0],
    )


def _of_part(part: Part, left: Left, choice: Choice, words: Words) -> Counter:
    name = words.area(part.area) if part.area else ""
    state, says = _judged(part, left, words)
    if isinstance(part.limits, KnapsackLimits) and left.money is not None:
        money = _money(left.cost, left.money, words)
        return Counter(name=name, state=state, says=says, **money)
    if isinstance(part.limits, CumulativeLimits):
        given, total = left.points or 0, part.limits.total
        amount = _("%(given)d of %(total)d points") % {"given": given, "total": total}
        return Counter(name=name, state=state, says=says, amount=amount, value=given, maximum=total)
    if isinstance(part.limits, YesNoLimits) and part.limits.every:
        answered, asked = len(part.of(choice.projects)), len(part.projects)
        amount = _("%(given)d of %(all)d answered") % {"given": answered, "all": asked}
        return Counter(
            name=name, state=state, says=says, amount=amount, value=answered, maximum=asked
        )
    return Counter(
        name=name,
        state=state,
        says=says,
        amount=_chosen(left.chosen, part.limits.most),
        value=left.chosen,
        maximum=part.limits.most,
    )


def _judged(part: Part, left: Left, words: Words) -> tuple[str, str]:
    """What is to be said of a part, the gravest first."""
    for state in (OVER, MISSING):
        said = next(_faults(part, left, words, state), "")
        if said:
            return state, said
    return FINE, " ".join(_free(left, words))


def _faults(part: Part, left: Left, words: Words, state: str) -> Iterator[str]:
    if state == OVER:
        if left.money_left is not None and left.money_left < 0:
            yield _("%(money)s too much.") % {"money": words.money(-left.money_left)}
        if left.points_left is not None and left.points_left < 0:
            yield _points_too_many(-left.points_left)
        if left.more is not None and left.more < 0:
            yield _too_many(-left.more)
        return
    if left.missing:
        yield _choose_more(left.missing)
    if left.money_missing:
        yield _("Spend at least %(money)s more.") % {"money": words.money(left.money_missing)}
    least = part.limits.least_total if isinstance(part.limits, CumulativeLimits) else 0
    if (missing := least - (left.points or 0)) > 0:
        yield _("Give at least %(number)d more points.") % {"number": missing}


def _free(left: Left, words: Words) -> Iterator[str]:
    """What can still be done, where nothing is wrong."""
    if left.money_left is not None:
        yield _("%(money)s left.") % {"money": words.money(left.money_left)}
    if left.points_left is not None:
        yield ngettext("%(number)d point left.", "%(number)d points left.", left.points_left) % {
            "number": left.points_left
        }
    if left.more:
        yield _("You can still choose %(number)d.") % {"number": left.more}
    elif left.more == 0:
        yield _("You have chosen as many as you can.")


def _money_of_areas(
    rulebook: Rulebook, parts: list[Part], choice: Choice, words: Words
) -> Iterator[Counter]:
    """Each area's own money, where a ballot that spends money is filled in as one."""
    is_one = isinstance(rulebook.limits, KnapsackLimits) and rulebook.scope == Scope.BALLOT
    part = parts[0]
    areas = [area for area in rulebook.areas if any(p.area == area.code for p in part.projects)]
    if not is_one or len(areas) < 2:
        return
    chosen = part.of(choice.chosen)
    for area in areas:
        cost = sum(project.cost for project in chosen if project.area == area.code)
        left = area.budget - cost
        said = _("%(money)s too much.") if left < 0 else _("%(money)s left.")
        says = said % {"money": words.money(abs(left))}
        state = OVER if left < 0 else FINE
        money = _money(cost, area.budget, words)
        yield Counter(name=words.area(area.code), state=state, says=says, **money)


def _money(cost: int, money: int, words: Words) -> dict[str, Any]:
    """The amount and the bar of a counter of money."""
    amount = _("%(cost)s of %(money)s") % {"cost": words.money(cost), "money": words.money(money)}
    return {"amount": amount, "value": cost, "maximum": money}


def _of_category(left: CategoryLeft, words: Words) -> Counter:
    most = None if left.more is None else left.chosen + left.more
    if most is not None and left.chosen > most:
        state, says = OVER, _too_many(left.chosen - most)
    elif left.missing:
        state, says = MISSING, _choose_more(left.missing)
    elif left.more:
        state, says = FINE, _("You can still choose %(number)d.") % {"number": left.more}
    else:
        state, says = FINE, ""
    return Counter(
        name=words.category(left.code),
        state=state,
        says=says,
        amount=_chosen(left.chosen, most),
        value=left.chosen,
        maximum=most,
    )


def _chosen(given: int, most: int | None) -> str:
    if most is None:
        return _("%(given)d chosen") % {"given": given}
    return _("%(given)d of %(most)d chosen") % {"given": given, "most": most}


def _too_many(number: int) -> str:
    return _("%(number)d too many.") % {"number": number}


def _choose_more(number: int) -> str:
    return _("Choose at least %(number)d more.") % {"number": number}


def _points_too_many(number: int) -> str:
    said = ngettext("%(number)d point too many.", "%(number)d points too many.", number)
    return said % {"number": number}
