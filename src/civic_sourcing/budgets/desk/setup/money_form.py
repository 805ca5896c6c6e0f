"""How much money there is, in one purse or in several, and who may vote for which."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.fields import OutlineField
from civic_sourcing.budgets.rules import AreaUse
from civic_sourcing.core.money import validate_currency
from civic_sourcing.core.money_fields import MoneyField, in_minor_units
from civic_sourcing.processes.named_forms import NamedForm, RowFormSet, rows_formset

MOST_AREAS = 60
MOST_PEOPLE = 2_000_000_000
BENEATH = ("town_wide", "outline")


class MoneyForm(forms.Form):
    """The currency, and for the projects of which areas a voter may vote."""

    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[validate_currency],
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
        help_text=_("Its code in three capital letters, such as KRW or EUR."),
    )
    amount = MoneyField(
        label=_("Money for the whole town"),
        required=False,
        help_text=_("Only without areas. With areas, it is what they have together."),
    )
    area_use = forms.ChoiceField(
        label=_("Voters may choose projects of"),
        choices=AreaUse.choices,
        widget=forms.RadioSelect,
        help_text=_("Without areas, everybody may choose all projects."),
    )

    def take_currency(self, currency: str) -> bool:
        """Turn the money into minor units of ``currency``; tell whether that went well."""
        self.minor = in_minor_units(self, "amount", currency)
        return not self.errors


class AreaForm(NamedForm):
    """One area with money of its own."""

    budget = MoneyField(label=_("Money"), help_text=_("What there is to give out."))
    town_wide = forms.BooleanField(
        label=_("This is the whole town"),
        required=False,
        help_text=_("Open to everybody where people vote for their own area and the whole town."),
    )
    population = forms.IntegerField(
        label=_("Population"), required=False, min_value=0, max_value=MOST_PEOPLE
    )
    outline = OutlineField(
        label=_("Outline on a map"), required=False, help_text=_("GeoJSON. May stay empty.")
    )

    @property
    def shown(self) -> list[Any]:
        return [field for field in super().shown if field.name not in BENEATH]

    @property
    def beneath(self) -> list[Any]:
        """What stands below the other fields of the row."""
        return [self[name] for name in BENEATH]

    def take_currency(self, currency: str) -> bool:
        """Turn the money into minor units of ``currency``; tell whether that went well."""
        self.minor = in_minor_units(self, "budget", currency)
        return not self.errors

    def area(self) -> dict[str, Any]:
        """What the action takes of one area."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("code", "town_wide", "population", "outline")}
        return {**plain, "names": self.names, "budget": self.minor}


class AreaRows(RowFormSet):
    """Areas in the order in which they stand on the ballot paper."""

    def take_currency(self, currency: str) -> bool:
        taken = [form.take_currency(currency) for form in self.kept_forms]
        return all(taken)

    def values(self) -> list[dict[str, Any]]:
        return [form.area() for form in self.kept_forms]


AreaFormSet = rows_formset(AreaForm, base=AreaRows, most=MOST_AREAS)
