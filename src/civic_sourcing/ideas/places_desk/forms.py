"""A row for each category and each district, in every language of the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.ideas.actions.places import MOST_PLACES, PlaceNamed
from civic_sourcing.ideas.models.places import Icon, Place
from civic_sourcing.processes.named_forms import (
    NamedForm,
    RowFormSet,
    names_in_form,
    rows_formset,
)


class PlaceForm(NamedForm):
    """One district."""

    def place(self) -> PlaceNamed:
        """What the action takes."""
        icon = self.cleaned_data.get("icon", "")
        return PlaceNamed(self.names, code=self.cleaned_data["code"], icon=icon)


class CategoryForm(PlaceForm):
    """One category, with its icon."""

    icon = forms.ChoiceField(
        label=_("Icon"), required=False, choices=[("", _("None")), *Icon.choices]
    )


class PlaceFormSet(RowFormSet):
    """Categories or districts."""

    def places(self) -> list[PlaceNamed]:
        return [form.place() for form in self.kept_forms]


def rows_of(places: Any) -> list[dict[str, Any]]:
    """What the rows show of the places that are offered."""
    return [_row(place) for place in places.offered()]


def _row(place: Place) -> dict[str, Any]:
    return {**names_in_form(place.names), "code": place.code, "icon": getattr(place, "icon", "")}


CategoryFormSet = rows_formset(CategoryForm, base=PlaceFormSet, most=MOST_PLACES)
DistrictFormSet = rows_formset(PlaceForm, base=PlaceFormSet, most=MOST_PLACES)
