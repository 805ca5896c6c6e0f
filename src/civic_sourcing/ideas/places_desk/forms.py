"""A row for each category and each district, in every language of the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.coreutils import get_content_languages

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.ideas.actions.places import MOST_PLACES, PlaceNamed
from civic_sourcing.ideas.models.form_setup import in_language
from civic_sourcing.ideas.models.places import Icon, Place

NAME_LENGTH = 60


class PlaceForm(forms.Form):
    """One district."""

    code = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in get_content_languages().items():
            self.fields[f"name_{code}"] = PlainTextField(
                label=_("Name (%(language)s)") % {"language": language},
                required=False,
                max_length=NAME_LENGTH,
                single_line=True,
            )

    @property
    def shown(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in ("code", "DELETE")]

    @property
    def heading(self) -> Any:
        names = {code: self[f"name_{code}"].value() or "" for code in get_content_languages()}
        return in_language(names) or _("New")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        codes = list(get_content_languages())
        if not any(cleaned.get(f"name_{code}") for code in codes):
            self.add_error(f"name_{codes[0]}", _("Write the name in one language at least."))
        return cleaned

    def place(self) -> PlaceNamed:
        """What the action takes."""
        names = {code: self.cleaned_data[f"name_{code}"] for code in get_content_languages()}
        icon = self.cleaned_data.get("icon", "")
        return PlaceNamed(names, code=self.cleaned_data["code"], icon=icon)


class CategoryForm(PlaceForm):
    """One category, with its icon."""

    icon = forms.ChoiceField(
        label=_("Icon"), required=False, choices=[("", _("None")), *Icon.choices]
    )


class BasePlaceFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that Wagtail's ``w-formset`` controller adds and takes away."""

    def places(self) -> list[PlaceNamed]:
        return [form.place() for form in self.forms if form not in self.deleted_forms]


def rows_of(places: Any) -> list[dict[str, Any]]:
    """What the rows show of the places that are offered."""
    return [_row(place) for place in places.offered()]


def _row(place: Place) -> dict[str, Any]:
    row = {f"name_{code}": place.names.get(code, "") for code in get_content_languages()}
    return {**row, "code": place.code, "icon": getattr(place, "icon", "")}


def _formset(form: type[forms.Form]) -> Any:
    return forms.formset_factory(
        form,
        formset=BasePlaceFormSet,
        extra=0,
        can_delete=True,
        max_num=MOST_PLACES,
        absolute_max=MOST_PLACES + 1,
        validate_max=True,
    )


CategoryFormSet, DistrictFormSet = _formset(CategoryForm), _formset(PlaceForm)
