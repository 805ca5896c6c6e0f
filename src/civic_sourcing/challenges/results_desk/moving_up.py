"""Who moves up where an award ended, on the screen of that award."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.challenges.models import Award, Decision, Entry
from civic_sourcing.challenges.results.actions import REASON
from civic_sourcing.challenges.results.moving_up import (
    ENDED,
    ProposeMovingUp,
    free_of,
    who_may_move_up,
)
from civic_sourcing.challenges.results_desk.base import address, names_of
from civic_sourcing.challenges.results_desk.deciding import DecisionSteps
from civic_sourcing.challenges.results_desk.shown import ShownDecision, shown
from civic_sourcing.core import clock
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.money_fields import MoneyField, in_minor_units, typed_money

MOVE_UP = "move_up"
MOST = 50


class MovingUpForm(forms.Form):
    """Which entry moves up, with how much, and why."""

    money: int | None = None

    entry = forms.ChoiceField(
        label=gettext_lazy("Who moves up"),
        help_text=gettext_lazy("The next of the ranking first. Another one is a deviation."),
    )
    amount = MoneyField(label=gettext_lazy("Amount"), required=False)
    reason = PlainTextField(
        label=gettext_lazy("Public reason"),
        help_text=gettext_lazy("Everybody will read it once somebody else has confirmed it."),
        max_length=REASON,
    )

    def __init__(
        self, *args: Any, waiting: Sequence[tuple[Entry, int]], currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["entry"].choices = [  # type: ignore[attr-defined]
            (str(entry.uuid), f"{place}. {entry.title}") for entry, place in waiting[:MOST]
        ]
        self.fields["amount"].help_text = currency

    def clean(self) -> dict[str, Any]:
        self.money = in_minor_units(self, "amount", self.currency) or 0
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        """What ``ProposeMovingUp`` takes."""
        data = self.cleaned_data
        return {"entry": data["entry"], "amount": self.money, "reason": data["reason"]}


class MovingUp(DecisionSteps):
    """Propose who moves up for the ``award`` of this screen, confirm it, make it final."""

    award: Award
    facts: Any

    moving_up_steps = {MOVE_UP: "move_up", **DecisionSteps.decision_steps}

    def decisions_here(self) -> Any:
        return Decision.objects.filter(instead_of=self.award)

    @cached_property
    def has_ended(self) -> bool:
        return self.award.state in ENDED

    @cached_property
    def moves_up(self) -> ShownDecision | None:
        """The decision on who moves up that was not withdrawn."""
        found = self.decisions_here().standing().select_related("ranking").first()
        if found is None:
            return None
        people = names_of([found.proposed_by, found.confirmed_by])
        return shown(found, people, self.facts.currency, clock.now())

    @cached_property
    def waiting(self) -> list[tuple[Entry, int]]:
        if not self.has_ended or self.moves_up:
            return []
        return who_may_move_up(self.award.placement.decision.round)

    def moving_up_forms(self) -> dict[str, Any]:
        made = self.decision_forms()
        if self.waiting:
            currency, amount = self.facts.currency, free_of(self.award)
            made[MOVE_UP] = self.make_form(
                MOVE_UP,
                MovingUpForm,
                waiting=self.waiting,
                currency=currency,
                initial={"amount": typed_money(amount, currency) if amount else ""},
            )
        return made

    def move_up(self, form: Any) -> None:
        arguments = form.arguments() if isinstance(form, MovingUpForm) else {}
        ProposeMovingUp(self.award, by=self.request.user, **arguments).execute()
        self.done = _("Proposed. Somebody else confirms it now.")

    def moving_up_context(self) -> dict[str, Any]:
        """What its part of the template needs."""
        before = self.award.placement.decision.instead_of
        return {
            "moved_up_for": before
            and {
                "title": before.placement.entry.title,
                "url": address("award", before.process.uuid, before.uuid),
            },
            "has_ended": self.has_ended,
            "moves_up": self.moves_up,
            "withdrawn_before": list(
                self.decisions_here().filter(withdrawn_at__isnull=False).order_by("-pk")
            )
            if self.has_ended
            else [],
        }
