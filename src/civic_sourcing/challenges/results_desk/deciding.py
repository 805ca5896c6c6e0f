"""What can be done with a decision, wherever it is shown: confirm, take back, make final."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.challenges.models import Decision
from civic_sourcing.challenges.results.actions import REASON, ConfirmWinners, WithdrawDecision
from civic_sourcing.challenges.results.finishing import FinaliseDecision
from civic_sourcing.core.forms import PlainTextField

CONFIRM, WITHDRAW, FINISH = "confirm", "withdraw", "finish"


class WithdrawForm(forms.Form):
    """Why a decision is taken back."""

    reason = PlainTextField(
        label=gettext_lazy("Why it is withdrawn"),
        help_text=gettext_lazy("Needed once the decision was confirmed. Everybody will read it."),
        max_length=REASON,
        required=False,
    )


class DecisionSteps:
    """The steps on a decision, for a ``ResultsScreen`` that says which ones it shows."""

    decision_steps = {CONFIRM: "confirm", WITHDRAW: "withdraw", FINISH: "finish"}
    request: Any
    posted: Any
    make_form: Any
    done: Any

    def decisions_here(self) -> Any:
        """The decisions a press on this screen may be about."""
        raise NotImplementedError

    def decision_forms(self) -> dict[str, Any]:
        return {WITHDRAW: self.make_form(WITHDRAW, WithdrawForm)}

    def decision(self) -> Decision:
        found: Decision = self.posted(self.decisions_here(), "decision")
        return found

    def confirm(self, form: Any) -> None:
        ConfirmWinners(self.decision(), by=self.request.user).execute()
        self.done = _("Confirmed. From now on everybody reads it.")

    def withdraw(self, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        WithdrawDecision(self.decision(), by=self.request.user, reason=reason).execute()
        self.done = _("Withdrawn. Another proposal can be made.")

    def finish(self, form: Any) -> None:
        FinaliseDecision(self.decision(), by=self.request.user).execute()
        self.done = _("Final. Awards are offered to the winners.")
