from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.notifications.categories import Category, Choice, Mail, categories
from civic_sourcing.notifications.models import Preference


@dataclass(frozen=True)
class Row:
    """One line of the table: a category and its two fields, or none where it always comes."""

    number: int
    category: Category
    in_app: forms.BoundField | None
    mail: forms.BoundField | None

    @property
    def default_mail(self) -> str:
        return str(Mail(self.category.default_mail).label)


class PreferencesForm(forms.Form):
    """
    How one person wants each category. Fields are numbered in the order of the categories.

    Only what is changed is kept, so that what was never touched follows the category's default.
    """

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.choices = Preference.objects.choices_of(user)
        for number, category in self._free():
            self._add_fields(number, self.choices[category.key])

    def _add_fields(self, number: int, choice: Choice) -> None:
        self.fields[f"in_app_{number}"] = forms.BooleanField(
            label=_("In the inbox"),
            required=False,
            initial=choice.in_app,
            widget=forms.CheckboxInput(attrs=_named_by(number, "in-app")),
        )
        self.fields[f"mail_{number}"] = forms.ChoiceField(
            label=_("By mail"),
            choices=Mail.choices,
            initial=choice.mail,
            widget=forms.Select(
                attrs={"class": "civic-input civic-input-select", **_named_by(number, "mail")}
            ),
        )

    @property
    def rows(self) -> Iterator[Row]:
        """The lines of the table, what cannot be turned off among them."""
        free = dict(self._free())
        for number, category in self._listed():
            if number in free:
                yield Row(number, category, self[f"in_app_{number}"], self[f"mail_{number}"])
            else:
                yield Row(number, category, None, None)

    def save(self) -> None:
        """Keep what was changed."""
        chosen = {
            category.key: Choice(
                in_app=self.cleaned_data[f"in_app_{number}"],
                mail=Mail(self.cleaned_data[f"mail_{number}"]),
            )
            for number, category in self._free()
        }
        changed = {key: choice for key, choice in chosen.items() if choice != self.choices[key]}
        Preference.objects.choose(self.user, changed)

    def _free(self) -> Iterator[tuple[int, Category]]:
        return ((number, each) for number, each in self._listed() if each.can_turn_off)

    def _listed(self) -> list[tuple[int, Category]]:
        office = self.user.has_perm("wagtailadmin.access_admin")
        return [
            (number, each)
            for number, each in enumerate(categories())
            if each.to_accounts and (office or not each.for_office)
        ]


class ReadAllForm(forms.Form):
    """``upto`` is the newest unread notification when its reader opened the inbox."""

    upto = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


def _named_by(number: int, column: str) -> dict[str, str]:
    """Name a field after the heads of its row and column, as tables are read out."""
    return {
        "aria-labelledby": f"civic-category-{number} civic-column-{column}",
        "aria-describedby": f"civic-category-{number}-description",
    }
