"""Which election is counted again, and by which rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.trying.trials import RULES, label_of

MOST_BYTES = 10_000_000
USUAL = ("greedy", "equal-shares cost add1u")


class TrialForm(forms.Form):
    """A past vote of this town or a file, and any number of rules."""

    vote = forms.ChoiceField(label=_("A vote that was counted here"), required=False)
    file = forms.FileField(
        label=_("Or a published election"),
        help_text=_("A file that ends in .pb, at most 10 MB. Nothing of it is kept."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pb,text/plain"}),
    )
    rules = forms.MultipleChoiceField(
        label=_("Rules"),
        choices=[(key, label_of(rules)) for key, rules in RULES.items()],
        initial=list(USUAL),
        widget=forms.CheckboxSelectMultiple,
    )
    threshold = forms.IntegerField(
        label=_("Another threshold"),
        help_text=_("Points a project needs at least. Empty: as the election has it."),
        required=False,
        min_value=0,
        max_value=10**12,
    )

    def __init__(self, *args: Any, votes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].choices = [("", _("None")), *votes]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="too-large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("vote")) == bool(cleaned.get("file")):
            raise forms.ValidationError(
                _("Choose either a vote that was counted here or a file."), code="one-of-two"
            )
        return cleaned
