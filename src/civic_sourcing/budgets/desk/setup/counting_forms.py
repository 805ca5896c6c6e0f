"""How the money is given out: rule, ties, what a project and the vote need, groups of voters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.rules import Completion, Of, PaperRule, Rule, Tie, Utility
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.processes.named_forms import NamedForm, RowFormSet, rows_formset

MOST_GROUPS = 20


RULES = [(rule.value, format_lazy("{}. {}", rule.label, rule.explanation)) for rule in Rule]


def amount(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=1_000_000_000,
        max_digits=15,
        decimal_places=6,
    )


class CountingForm(forms.Form):
    """What decides which projects are funded, beside the ballots."""

    rule = forms.ChoiceField(
        label=_("Who wins"),
        choices=[
            (rule.value, format_lazy("{}. {}", rule.label, rule.explanation)) for rule in Rule
        ],
        widget=forms.RadioSelect,
    )
    utility = forms.ChoiceField(
        label=_("What a project gives its voters"),
        choices=Utility.choices,
        required=False,
        help_text=_("Only for equal shares."),
    )
    completion = forms.ChoiceField(
        label=_("Money left over"),
        choices=Completion.choices,
        required=False,
        help_text=_("Only for equal shares."),
    )
    tie = forms.ChoiceField(
        label=_("Of equal scores, first comes"), choices=Tie.choices, widget=forms.RadioSelect
    )
    lot_seed = PlainTextField(
        label=_("Where the draw’s number is from"),
        required=False,
        max_length=255,
        single_line=True,
        help_text=_(
            "Something nobody can know before the vote ends and everybody can read afterwards, "
            "such as the lottery numbers of a day to come."
        ),
    )
    threshold = amount(_("A project needs at least"), _("Empty: nothing."))
    threshold_of = forms.ChoiceField(label=_("Counted in"), choices=Of.choices)
    quorum = amount(_("The vote counts if there vote at least"), _("Empty: in any case."))
    quorum_of = forms.ChoiceField(label=_("Counted in"), choices=Of.choices)
    paper_rule = forms.ChoiceField(
        label=_("Voting on paper"),
        choices=PaperRule.choices,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["utility"] = cleaned.get("utility") or Utility.COST
        cleaned["completion"] = cleaned.get("completion") or Completion.NONE
        for name in ("threshold", "quorum"):
            cleaned[name] = cleaned.get(name) or Decimal(0)
            if cleaned.get(f"{name}_of") == Of.PERCENT and cleaned[name] > 100:
                self.add_error(name, _("No more than 100 percent."))
        return cleaned


class GroupForm(NamedForm):
    """One group of voters."""

    weight = forms.DecimalField(
        label=_("Weight in percent"), min_value=0, max_value=100, max_digits=9, decimal_places=6
    )

    def group(self) -> dict[str, Any]:
        """What the action takes of one group."""
        typed = self.cleaned_data
        return {"code": typed["code"], "names": self.names, "weight": typed["weight"]}


class GroupRows(RowFormSet):
    """Groups of voters in their order."""

    def values(self) -> list[dict[str, Any]]:
        return [form.group() for form in self.kept_forms]


GroupFormSet = rows_formset(GroupForm, base=GroupRows, most=MOST_GROUPS)
