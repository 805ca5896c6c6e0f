"""Where the people on the registers of a vote live, and to which groups voters belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.freezing import refuse_if_frozen
from civic_sourcing.budgets.models import AreaRegister, GroupSource, VoteArea, VoterGroup
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
        refuse_foreign(self.subject.registers, self.told)
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


class SetGroupSources(Action[Process]):
    """
    Say to which groups voters belong: ``registers`` and ``batches`` (of voting codes) map keys to
    codes of groups; an empty code says nothing.

    Refused once the vote has opened (``frozen``), for a register or batch of another process
    (``other-process``), for a group this vote does not have (``unknown-group``).
    """

    verb = "set_group_sources"
    policy = runs_votes

    registers: Mapping[int, str]
    batches: Mapping[int, str]

    def check(self) -> None:
        refuse_if_frozen(self.subject)
        self.by_register = {key: code for key, code in self.registers.items() if code}
        self.by_batch = {key: code for key, code in self.batches.items() if code}
        refuse_foreign(self.subject.registers, self.by_register)
        refuse_foreign(self.subject.code_batches, self.by_batch)
        self.known = {group.code: group for group in VoterGroup.objects.of(self.subject)}
        told = {*self.by_register.values(), *self.by_batch.values()}
        if not told.issubset(self.known):
            raise ActionRefused(_("This vote has no such group."), code="unknown-group")

    def perform(self) -> list[GroupSource]:
        GroupSource.objects.filter(group__process=self.subject).delete()
        return GroupSource.objects.bulk_create(
            [
                *(
                    GroupSource(group=self.known[code], register_id=register)
                    for register, code in self.by_register.items()
                ),
                *(
                    GroupSource(group=self.known[code], batch_id=batch)
                    for batch, code in self.by_batch.items()
                ),
            ]
        )

    def audit_details(self) -> dict[str, Any]:
        return {"registers": len(self.by_register), "batches": len(self.by_batch)}


def refuse_foreign(own: Any, keys: Iterable[int]) -> None:
    """Raise ``ActionRefused`` (code ``other-process``) unless all ``keys`` are of ``own`` rows."""
    if not set(own.values_list("pk", flat=True)).issuperset(keys):
        raise ActionRefused(
            _("This register, or these codes, belong to another process."), code="other-process"
        )
