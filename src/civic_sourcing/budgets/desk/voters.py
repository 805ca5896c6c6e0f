"""Who may vote, and how many have: the voter list of a vote on one screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.voter_lists import SetAreaRegisters
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.electorate import eligible_voters, voting_codes
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.models import AreaRegister, VoteArea
from civic_sourcing.budgets.turnout import published_turnout
from civic_sourcing.participants.eligibility.admin import base as offices
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.eligibility.roles import REGISTRAR
from civic_sourcing.participants.models import Register
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

MAKING = {"conditions_url": "conditions", "codes_url": "make_codes", "register_url": "new_register"}
"""Screens of the registrar that a vote is prepared with."""


class AreaRegistersForm(forms.Form):
    """For each register of the vote the area its people live in, if they all live in one."""

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = VoteArea.objects.of(process).filter(town_wide=False)
        choices = [("", _("It does not say")), *((area.code, area.name) for area in areas)]
        told = AreaRegister.objects.filter(area__process=process)
        known = dict(told.values_list("register", "area__code"))
        self.registers = list(Register.objects.filter(process=process)) if areas else []
        for register in self.registers:
            self.fields[f"area-{register.pk}"] = forms.ChoiceField(
                label=register.name,
                choices=choices,
                required=False,
                initial=known.get(register.pk, ""),
            )

    @property
    def areas(self) -> dict[int, str]:
        """Code of the area by key of the register."""
        return {each.pk: self.cleaned_data[f"area-{each.pk}"] for each in self.registers}


class VotersView(DeskScreen):
    """Conditions, registers, codes and turnout of a vote, and the ways to the registrar."""

    tab = "voters"
    page_title = _("Voters")
    header_icon = "group"
    form_class = AreaRegistersForm
    template_name = "civic_sourcing/budgets/admin/voters.html"
    done = _("It is saved where the people on the registers live.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    def settle(self, form: AreaRegistersForm) -> None:
        SetAreaRegisters(self.process, by=self.request.user, areas=form.areas).execute()

    @property
    def next_url(self) -> str:
        return address("voters", self.process)

    @cached_property
    def is_registrar(self) -> bool:
        return REGISTRAR in roles_of(self.request.user, self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        ways = {name: offices.address(way, self.process.uuid) for name, way in MAKING.items()}
        return {
            **context,
            **(ways if self.is_registrar else {}),
            "office_url": self.is_registrar and offices.address("process", self.process.uuid),
            "lines": Eligibility(None, self.process, self.at).lines,
            "eligible": eligible_voters(self.process),
            "codes": voting_codes(self.process),
            "turnout": published_turnout(self.run),
            "is_frozen": is_frozen(self.process),
        }
