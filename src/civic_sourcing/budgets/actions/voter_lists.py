"""Where the people on the registers of a vote live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.freezing import refuse_if_frozen
from civic_sourcing.budgets.models import AreaRegister, VoteArea
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


class SetAreaRegisters(Action[Process]):
    """
    Say in which area the people on each register live: ``areas`` maps keys of registers to codes.

    Registers left out, or with an empty code, say nothing of it. Refused once the vote has opened
    (``frozen``), for a register of another process (``other-process``), for an area this vote does
    not have or that is the whole town (``unknown-area``).
    """

    verb = "set_area_registers"
    policy = runs_votes

    areas: Mapping[int, str]

    def check(self) -> None:
        refuse_if_frozen(self.subject)
        self.told = {register: code for register, code in self.areas.items() if code}
        own = set(self.subject.registers.values_list("pk", flat=True))
        if not own.issuperset(self.told):
            raise ActionRefused(
                _("This register belongs to another process."), code="other-process"
            )
        rows = VoteArea.objects.of(self.subject).filter(town_wide=False)
        self.known = {area.code: area for area in rows}
        if not set(self.known).issuperset(self.told.values()):
            raise ActionRefused(_("This vote has no such area."), code="unknown-area")

    def perform(self) -> list[AreaRegister]:
        AreaRegister.objects.filter(area__process=self.subject).delete()
        return AreaRegister.objects.bulk_create(
            AreaRegister(register_id=register, area=self.known[code])
            for register, code in self.told.items()
        )

    def audit_details(self) -> dict[str, Any]:
        return {"areas": sorted(set(self.told.values())), "registers": len(self.told)}
