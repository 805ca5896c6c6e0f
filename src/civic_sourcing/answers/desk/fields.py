"""Fields the forms of officials share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.models import Department
from civic_sourcing.core.forms import PlainTextField

NOBODY = [("", _("nobody yet"))]


LAST_DAY = date(2199, 12, 31)
"""What is planned beyond it is a slip of the pen, and its evening may lie beyond all calendars."""


class DayField(forms.DateField):
    """A day until ``LAST_DAY``, chosen with the browser's own calendar or typed as YYYY-MM-DD."""

    default_validators = (MaxValueValidator(LAST_DAY),)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class DepartmentChoice(forms.ModelChoiceField):
    """A department that can be chosen, in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Department"))
        kwargs.setdefault("empty_label", _("none yet"))
        super().__init__(Department.objects.none(), **kwargs)

    @staticmethod
    def choosable() -> Any:
        return Department.objects.in_force(get_language())


class DepartmentsChoice(forms.ModelMultipleChoiceField):
    """Any number of departments."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(Department.objects.none(), **kwargs)


def long_words(
    label: Any, *, rows: int = 10, length: int = 20_000, **kwargs: Any
) -> PlainTextField:
    """A text of several paragraphs."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainTextField(label=label, max_length=length, widget=widget, **kwargs)


class DeskForm(forms.Form):
    """Offers departments in the reader's language, those named already also where closed since."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DepartmentChoice | DepartmentsChoice):
                field.queryset = DepartmentChoice.choosable()
