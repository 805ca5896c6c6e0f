"""Forms about one promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.actions.adoptions import end_of
from civic_sourcing.answers.desk.fields import (
    NOBODY,
    DayField,
    DepartmentChoice,
    DeskForm,
    long_words,
)
from civic_sourcing.answers.models import PromiseKind

REASON = _("Everybody can read it.")


class OwnerField(forms.ChoiceField):
    """One of the officials of the place; the cleaned value is the user or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Who cares for it"), required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return get_user_model()._base_manager.filter(pk=key).first() if key else None


class CareForm(DeskForm):
    """Which department, and who in it."""

    department = DepartmentChoice()
    owner = OwnerField()

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*NOBODY, *people]


class MakePromiseForm(CareForm):
    """Owe something until a day."""

    kind = forms.ChoiceField(
        label=_("What is owed"), choices=PromiseKind.choices, widget=forms.RadioSelect
    )
    due_on = DayField(label=pgettext_lazy("promise", "By"))

    field_order = ["kind", "due_on", "department", "owner"]

    @property
    def arguments(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        return {**cleaned, "due_at": end_of(cleaned.pop("due_on"))}


class ExtendForm(forms.Form):
    """More time, and why."""

    due_on = DayField(label=_("New day"))
    reason = long_words(_("Why more time is needed"), rows=4, length=2000, help_text=REASON)

    @property
    def due_at(self) -> datetime:
        return end_of(self.cleaned_data["due_on"])


class WaiveForm(forms.Form):
    """Why nothing is owed any more."""

    reason = long_words(_("Why nothing is owed any more"), rows=4, length=2000, help_text=REASON)
