"""What may be chosen together: categories with limits, projects that exclude or need another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.fields import NumbersField
from civic_sourcing.processes.named_forms import NamedForm, RowFormSet, rows_formset

MOST_CATEGORIES, MOST_SETS, MOST_PICKS = 60, 200, 10_000
UNKNOWN = _("There is no project “%(number)s” in this vote.")


def _number(label: Any, *, least: int = 0, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=MOST_PICKS, **options
    )


class CategoryForm(NamedForm):
    """One category: how many of it a ballot may choose, and how many are funded."""

    least = _number(_("Chosen on a ballot: at least"))
    most = _number(_("Chosen on a ballot: at most"), help_text=_("Empty: no limit."))
    winners_least = _number(_("Funded: at least"))
    winners_most = _number(_("Funded: at most"), least=1, help_text=_("Empty: no limit."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for prefix in ("", "winners_"):
            least, most = cleaned.get(f"{prefix}least"), cleaned.get(f"{prefix}most")
            if least is not None and most is not None and least > most:
                self.add_error(f"{prefix}most", _("“At most” is below “at least”."))
        return cleaned

    def category(self) -> dict[str, Any]:
        """What the action takes of one category."""
        typed = self.cleaned_data
        return {
            "code": typed["code"],
            "names": self.names,
            "least": typed["least"] or 0,
            "most": typed["most"],
            "winners_least": typed["winners_least"] or None,
            "winners_most": typed["winners_most"],
        }


class ProjectRow(forms.Form):
    """A row that speaks of projects: ``titles`` are those of the vote, by number."""

    titles: Mapping[str, str]

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles

    @property
    def shown(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "DELETE"]

    def named(self, number: str) -> str:
        return f"{number} {self.titles.get(number, '')}".strip()


class ExclusiveForm(ProjectRow):
    """Projects of which a ballot may be for one only."""

    numbers = NumbersField(
        label=_("Numbers of the projects"), help_text=_("Between commas, such as 3, 7, 12.")
    )

    @property
    def heading(self) -> Any:
        """“3 Playground — 7 Skate park”, for the head of the row."""
        typed = self["numbers"].value() or ""
        numbers = self.fields["numbers"].read(typed)
        return " — ".join(map(self.named, numbers)) or _("New set")

    def clean_numbers(self) -> list[str]:
        numbers: list[str] = list(dict.fromkeys(self.cleaned_data["numbers"]))
        for number in numbers:
            if number not in self.titles:
                raise ValidationError(UNKNOWN, params={"number": number[:40]}, code="unknown")
        if len(numbers) < 2:
            raise ValidationError(_("Name two projects at least."), code="too-few")
        return numbers


class DependencyForm(ProjectRow):
    """A project that can only be chosen together with another one."""

    project = forms.ChoiceField(label=_("Who chooses"))
    needs = forms.ChoiceField(label=_("has to choose as well"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((number, self.named(number)) for number in self.titles)]
        for name in ("project", "needs"):
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def heading(self) -> Any:
        """“3 Playground → 7 Fence”, for the head of the row."""
        project, needs = self["project"].value(), self["needs"].value()
        if not project or not needs:
            return _("New condition")
        return f"{self.named(project)} → {self.named(needs)}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("project") and cleaned["project"] == cleaned.get("needs"):
            self.add_error("needs", _("A project cannot need itself."))
        return cleaned


class CategoryRows(RowFormSet):
    """Categories in their order."""

    def values(self) -> list[dict[str, Any]]:
        return [form.category() for form in self.kept_forms]


class ExclusiveRows(RowFormSet):
    """Sets of projects that exclude each other."""

    def values(self) -> list[list[str]]:
        return [form.cleaned_data["numbers"] for form in self.kept_forms]


class DependencyRows(RowFormSet):
    """Pairs of a project and the one it needs."""

    def values(self) -> list[tuple[str, str]]:
        typed = (form.cleaned_data for form in self.kept_forms)
        return list(dict.fromkeys((row["project"], row["needs"]) for row in typed))


CategoryFormSet = rows_formset(CategoryForm, base=CategoryRows, most=MOST_CATEGORIES)
ExclusiveFormSet = rows_formset(ExclusiveForm, base=ExclusiveRows, most=MOST_SETS)
DependencyFormSet = rows_formset(DependencyForm, base=DependencyRows, most=MOST_SETS)
