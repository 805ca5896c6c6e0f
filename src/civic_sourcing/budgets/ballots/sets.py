"""Exclusive sets and dependencies that contradict themselves or each other."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.budgets.counting.plan import AreaUse

from .rulebook import Rulebook

Point = tuple[str, dict[str, str | int]]


def points_of_sets(rulebook: Rulebook) -> Iterator[Point]:
    """Yield code and context of everything that is wrong with them."""
    paper = {project.number for project in rulebook.projects if not project.withdrawn}
    for together in rulebook.exclusive:
        if len(set(together)) < 2:
            yield "exclusive-small", {"projects": ", ".join(together)}
        for number in together:
            if number not in rulebook.by_number:
                yield "exclusive-unknown", {"project": number}
    for each in rulebook.dependencies:
        if not {each.project, each.needs} <= paper:
            yield "dependency-unknown", {"project": each.project, "needs": each.needs}
        elif not _in_reach(rulebook, each.project, each.needs):
            yield "needs-elsewhere", {"project": each.project, "needs": each.needs}
    yield from _of_chains(rulebook)


def _of_chains(rulebook: Rulebook) -> Iterator[Point]:
    chains = needed_by_each(rulebook)
    circle = sorted(number for number, needed in chains.items() if number in needed)
    if circle:
        yield "dependency-cycle", {"projects": ", ".join(circle)}
    for number, needed in chains.items():
        for together in rulebook.exclusive:
            if len(clash := sorted((needed | {number}) & set(together))) > 1:
                yield "needs-excluded", {"project": number, "exclusive": ", ".join(clash)}


def needed_by_each(rulebook: Rulebook) -> dict[str, set[str]]:
    """Return for each project with a dependency all that it needs, at first or second hand."""
    direct: dict[str, set[str]] = {}
    for each in rulebook.dependencies:
        direct.setdefault(each.project, set()).add(each.needs)
    chains = {}
    for number, needed in direct.items():
        reached: set[str] = set()
        waiting = list(needed)
        while waiting:
            if (one := waiting.pop()) not in reached:
                reached.add(one)
                waiting.extend(direct.get(one, ()))
        chains[number] = reached
    return chains


def _in_reach(rulebook: Rulebook, project: str, needs: str) -> bool:
    """Whether everybody who has ``project`` on the paper can choose ``needs`` together with it."""
    own, other = rulebook.by_number[project].area, rulebook.by_number[needs].area
    if own == other or rulebook.area_use == AreaUse.ALL:
        return True
    return rulebook.area_use == AreaUse.OWN_AND_TOWN and other in rulebook.town_wide
