"""The form that decides an appeal: it stands, it falls, or another decision takes its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import AppealOutcome, Outcome
from civic_sourcing.moderation.queue.forms import (
    SITE,
    DecisionForm,
    choices_of,
    offer,
    words_field,
)

DECIDED = [
    (AppealOutcome.UPHELD, _("Uphold it: the decision stands")),
    (AppealOutcome.REVERSED, _("Reverse it: everything is as it was")),
    (AppealOutcome.CHANGED, _("Change it: another decision takes its place")),
]


class AppealForm(DecisionForm):
    """The other decision is asked for only where the appeal ends with one."""

    appeal_outcome = forms.ChoiceField(
        label=_("Decision on the appeal"),
        choices=DECIDED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a decision.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = False
        others = [each for each in choices_of(self, "outcome") if each[0] != Outcome.LIFT]
        offer(self, "outcome", others)
        self.fields["reasons"] = words_field(
            label=_("Reasons"),
            help_text=_("The author reads them. Answer what the appeal says."),
            error_messages={"required": _("Please give reasons that the author can follow.")},
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("appeal_outcome") != AppealOutcome.CHANGED:
            self.cleaned_data["outcome"] = ""
            for name in ("passages", "spans", "days"):
                self.errors.pop(name, None)
            return self.cleaned_data
        cleaned = super().clean()
        if not cleaned.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", ValidationError(_("Please choose the other decision.")))
        return cleaned

    @property
    def decision(self) -> dict[str, Any]:
        """What ``DecideAppeal`` takes."""
        cleaned = self.cleaned_data
        words = {
            "appeal_outcome": cleaned["appeal_outcome"],
            "reasons": cleaned["reasons"],
            "idempotency_key": str(cleaned["request_key"]),
        }
        if cleaned["appeal_outcome"] != AppealOutcome.CHANGED:
            return words
        return {
            **words,
            "outcome": cleaned["outcome"],
            "rule": self.chosen_rule,
            "facts": cleaned["facts"],
            "scope": cleaned["scope"],
            "until": self.until(clock.now()),
            "spans": cleaned["spans"] if cleaned["outcome"] == Outcome.MASK else None,
            "target": self.target_process,
            "site": cleaned["where"] == SITE,
            "seen_version": cleaned["seen_version"],
            "seen_digest": cleaned["seen_digest"],
        }
