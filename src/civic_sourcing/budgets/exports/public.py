"""What everybody may read of the document of a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civic_sourcing.budgets.ballots import AreaUse
from civic_sourcing.budgets.exports.elections import LEAST_TOLD

OWN_PAPERS = (AreaUse.OWN, AreaUse.OWN_AND_TOWN)
"""Uses of areas where the number of ballots of an area is that of the voters who live there."""


def public_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the document as ``count``; where few live in an area, without how many voted there.

    Then all areas are silent about it, because one number could be had from the others, and
    ``withheld`` names what is left out: the fingerprint is of the whole.
    """
    use = (document.get("rules") or {}).get("area_use")
    areas = document.get("areas") or []
    if use not in OWN_PAPERS or all(area["ballots"] >= LEAST_TOLD for area in areas):
        return {"count": document}
    told = {**document, "areas": _silent(areas)}
    if beside := document.get("with_set_aside"):
        told["with_set_aside"] = {**beside, "areas": _silent(beside["areas"])}
    return {"count": told, "withheld": ["areas.ballots"]}


def _silent(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**area, "ballots": None} for area in areas]
