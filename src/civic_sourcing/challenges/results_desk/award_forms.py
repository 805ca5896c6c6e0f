"""What managers fill in to keep the award ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from civic_sourcing.challenges.awards.actions import REASON
from civic_sourcing.challenges.awards.instalments import MILESTONE, REFERENCE, Part
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.money_fields import MoneyField, in_minor_units

SPARE, MOST = 3, 40


def day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=False, widget=AdminDateInput)


class PartForm(forms.Form):
    """One instalment that is planned; an empty row is none."""

    money = 0

    milestone = PlainTextField(
        label=_("Milestone"), max_length=MILESTONE, single_line=True, required=False
    )
    amount = MoneyField(label=_("Amount"), required=False)
    due_on = day(_("Planned for"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        self.money = in_minor_units(self, "amount", self.currency) or 0
        return self.cleaned_data

    def part(self) -> Part | None:
        data = self.cleaned_data
        if not (data.get("milestone") or self.money or data.get("due_on")):
            return None
        return Part(data.get("milestone", ""), self.money, data.get("due_on"))


PartFormSet: Any = formset_factory(
    PartForm, formset=BaseFormSet, extra=SPARE, max_num=MOST, validate_max=True
)


class ReachedForm(forms.Form):
    """When a milestone was reached."""

    on = day(_("Reached on"), _("Empty: today."))


class PaidForm(forms.Form):
    """When an instalment was paid, and where that stands in the books."""

    on = day(_("Paid on"), _("Empty: today."))
    reference = PlainTextField(
        label=_("Reference of the payment"),
        max_length=REFERENCE,
        single_line=True,
        required=False,
    )


class CancelForm(forms.Form):
    """Why an award is to be cancelled."""

    reason = PlainTextField(
        label=_("Public reason"),
        help_text=_("Everybody will read it once somebody else has confirmed it."),
        max_length=REASON,
        required=False,
    )


class CarriedOutForm(forms.Form):
    """Whether the city uses the solution, else when its rights go back."""

    carried_out = forms.ChoiceField(
        label=_("Is it carried out?"),
        choices=[("yes", _("Yes")), ("no", _("No, the rights go back"))],
        widget=forms.RadioSelect,
    )
    on = day(_("Rights go back on"), _("Empty: after the days this challenge says."))

    def arguments(self) -> dict[str, Any]:
        """What ``SayCarriedOut`` takes."""
        carried_out = self.cleaned_data["carried_out"] == "yes"
        return {"carried_out": carried_out, "on": None if carried_out else self.cleaned_data["on"]}
