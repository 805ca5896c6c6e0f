"""In which area of a vote somebody lives."""

from __future__ import annotations

from typing import Any

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.ballots import AreaUse
from civic_sourcing.budgets.models import VoteArea, VoteRun
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.participants.models import VerifiedAttribute

ATTRIBUTE = "district"
"""Key of the verified attribute that says where somebody lives: code or a name of an area."""

OWN = frozenset({AreaUse.OWN, AreaUse.OWN_AND_TOWN})


def asks_for_area(run: VoteRun) -> bool:
    """Whether it matters in this vote where somebody lives."""
    return run.state != VoteRun.State.PREPARED and frozen(run).area_use in OWN


def own_area(run: VoteRun, voter: Voter, notes: dict[str, Any]) -> str:
    """
    Return the code of the area this voter lives in; empty where nobody knows, or it is not asked.

    What the city knows goes before what the voter says themselves.
    """
    if not asks_for_area(run):
        return ""
    return known_area(run, voter) or str(notes.get("area", ""))


def known_area(run: VoteRun, voter: Voter) -> str:
    """The area the city knows somebody to live in: by their account's verified attribute."""
    if voter.user is None:
        return ""
    attributes = VerifiedAttribute.objects.filter(participant__user=voter.user, key=ATTRIBUTE)
    place = attributes.values_list("value", flat=True).first()
    areas = VoteArea.objects.of(run.process).filter(town_wide=False) if place else ()
    return next((each.code for each in areas if place in {each.code, *each.names.values()}), "")
