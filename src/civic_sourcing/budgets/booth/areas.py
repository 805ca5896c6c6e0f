"""In which area of a vote somebody lives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.ballots import AreaUse
from civic_sourcing.budgets.models import AreaRegister, VoteArea, VoteRun
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.participants.models import VerifiedAttribute
from civic_sourcing.processes.models import Process

ATTRIBUTE = "district"
"""Key of the verified attribute that says where somebody lives: code or a name of an area."""

ENTRY = "entry:"
"""What the identity of a voter on a register begins with; the key of the entry follows."""

ACCOUNT = "account:"
"""What the identity of an account begins with; the key of the user follows."""

OWN = frozenset({AreaUse.OWN, AreaUse.OWN_AND_TOWN})


def asks_for_area(run: VoteRun) -> bool:
    """Whether it matters in this vote where somebody lives."""
    return run.state != VoteRun.State.PREPARED and frozen(run).area_use in OWN


def own_area(run: VoteRun, voter: Voter, notes: Mapping[str, Any]) -> str:
    """
    Return the code of the area this voter lives in; empty where nobody knows.

    What the city knows goes before what the voter says themselves (``area`` among ``notes``), who
    is asked only where it decides what they may vote for; elsewhere it is for the turnout by area.
    """
    if run.state == VoteRun.State.PREPARED or len(frozen(run).areas) < 2:
        return ""
    said = str(notes.get("area", "")) if asks_for_area(run) else ""
    return known_area(run.process, voter) or said


def known_area(process: Process, voter: Voter) -> str:
    """The area the city knows somebody to live in: by a register, or a verified attribute."""
    if voter.identity.startswith(ENTRY):
        entry = int(voter.identity.removeprefix(ENTRY))
        told = AreaRegister.objects.filter(area__process=process, register__entries=entry)
        if code := told.values_list("area__code", flat=True).first():
            return code
    if voter.user is None:
        return ""
    attributes = VerifiedAttribute.objects.filter(participant__user=voter.user, key=ATTRIBUTE)
    place = attributes.values_list("value", flat=True).first()
    areas = _to_live_in(process) if place else ()
    return next((each.code for each in areas if place in {each.code, *each.names.values()}), "")


class AreaForm(forms.Form):
    """Where somebody lives, by their own word."""

    area = forms.ChoiceField(label=_("I live in"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (area.code, area.name) for area in _to_live_in(process)
        ]


def _to_live_in(process: Process) -> Any:
    return VoteArea.objects.of(process).filter(town_wide=False)
