"""What the document of a count knows of areas where few live, and pages and files do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civic_sourcing.budgets.ballots import AreaUse
from civic_sourcing.budgets.counting import Of, Outcome

LEAST_TOLD = 10
"""Ballots of one part below which nothing is told of the part."""

OWN_PAPERS = (AreaUse.OWN, AreaUse.OWN_AND_TOWN)
"""Uses of areas where the number of ballots of an area is that of the voters who live there."""

LEFT_OUT = ("areas.ballots", "steps.numbers.needed", "steps.numbers.share", "steps.numbers.more")


def has_small_areas(document: Mapping[str, Any]) -> bool:
    """Whether fewer than ten have voted in an area with a ballot paper of its own."""
    use = (document.get("rules") or {}).get("area_use")
    areas = document.get("areas") or []
    return use in OWN_PAPERS and any((area["ballots"] or 0) < LEAST_TOLD for area in areas)


def discreet(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    Return the document; where there are small areas, without what tells how many voted there.

    That is the number of ballots, and whatever was reckoned from it: the support a percentage comes
    to, the share of a voter, how many shares were missing. All areas are silent then, because one
    number could be had from the others.
    """
    if not has_small_areas(document):
        return document
    told = {**document, **_silent(document)}
    if beside := document.get("with_set_aside"):
        told["with_set_aside"] = {**beside, **_silent(beside, document)}
    return told


def _silent(part: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> dict[str, Any]:
    threshold = ((whole or part).get("rules") or {}).get("threshold") or {}
    percent = threshold.get("of") == Of.PERCENT
    return {
        "areas": [{**area, "ballots": None} for area in part["areas"]],
        "steps": [_without_numbers(step, percent=percent) for step in part.get("steps", ())],
    }


def _without_numbers(step: Mapping[str, Any], *, percent: bool) -> Mapping[str, Any]:
    gone = {"share", "more"} if step["outcome"] == Outcome.SUPPORTERS_SHORT else set()
    if percent and step["outcome"] == Outcome.BELOW_THRESHOLD:
        gone = {"needed"}
    numbers = step.get("numbers", {})
    kept = {name: value for name, value in numbers.items() if name not in gone}
    return {**step, "numbers": kept}
