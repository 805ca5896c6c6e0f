"""Who may vote, and how many have: the voter list of a vote on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.voter_lists import SetAreaRegisters, SetGroupSources
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.electorate import eligible_voters, voting_codes
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.models import AreaRegister, GroupSource, VoteArea, VoterGroup
from civic_sourcing.budgets.turnout import published_turnout
from civic_sourcing.participants.eligibility.admin import base as offices
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.eligibility.roles import REGISTRAR
from civic_sourcing.participants.models import CodePurpose, Register
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

Choices = Sequence[tuple[str, str]]

MAKING = {"conditions_url": "conditions", "codes_url": "make_codes", "register_url": "new_register"}
"""Screens of the registrar that a vote is prepared with."""


SAYS_NOTHING = ("", _("It does not say"))


class VoterListsForm(forms.Form):
    """
    What the lists of voters say of the people on them: for each register the area they all live in,
    and for each register and batch of codes the group they all belong to.
    """

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [
            (area.code, area.name) for area in VoteArea.objects.of(process).exclude(town_wide=True)
        ]
        groups = [(group.code, group.name) for group in VoterGroup.objects.of(process)]
        registers = list(Register.objects.filter(process=process))
        batches = process.code_batches.filter(purpose=CodePurpose.VOTING, revoked_at=None)
        told = AreaRegister.objects.filter(area__process=process)
        self._ask("area", registers, areas, told.values_list("register", "area__code"))
        told = GroupSource.objects.filter(group__process=process)
        by_register = told.exclude(register=None).values_list("register", "group__code")
        self._ask("group", registers, groups, by_register)
        by_batch = told.exclude(batch=None).values_list("batch", "group__code")
        self._ask("batch", batches, groups, by_batch)

    def _ask(self, what: str, rows: Iterable[Any], offered: Choices, known: Iterable[Any]) -> None:
        """Ask of each row which one of ``offered`` it is of, if there are any."""
        initial = dict(known)
        for row in rows if offered else ():
            self.fields[f"{what}-{row.pk}"] = forms.ChoiceField(
                label=row.name if isinstance(row, Register) else str(row),
                choices=[SAYS_NOTHING, *offered],
                required=False,
                initial=initial.get(row.pk, ""),
            )

    def asked(self, *whats: str) -> list[Any]:
        """The fields of these questions."""
        return [self[name] for name in self.fields if name.partition("-")[0] in whats]

    @property
    def of_areas(self) -> list[Any]:
        return self.asked("area")

    @property
    def of_groups(self) -> list[Any]:
        return self.asked("group", "batch")

    def told(self, what: str) -> dict[int, str]:
        """Code that was chosen, by key of the row."""
        parts = (name.partition("-") for name in self.cleaned_data)
        return {
            int(key): self.cleaned_data[f"{asked}-{key}"]
            for asked, _dash, key in parts
            if asked == what
        }


class VotersView(DeskScreen):
    """Conditions, registers, codes and turnout of a vote, and the ways to the registrar."""

    tab = "voters"
    page_title = _("Voters")
    header_icon = "group"
    form_class = VoterListsForm
    template_name = "civic_sourcing/budgets/admin/voters.html"
    done = _("It is saved what the lists say of the voters.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    @transaction.atomic
    def settle(self, form: VoterListsForm) -> None:
        by = self.request.user
        if form.of_areas:
            SetAreaRegisters(self.process, by=by, areas=form.told("area")).execute()
        if form.of_groups:
            registers, batches = form.told("group"), form.told("batch")
            SetGroupSources(self.process, by=by, registers=registers, batches=batches).execute()

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
