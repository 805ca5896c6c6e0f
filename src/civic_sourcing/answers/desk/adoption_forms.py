"""Forms about one adoption."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.actions.adoptions import may_become
from civic_sourcing.answers.desk.fields import (
    DayField,
    DepartmentChoice,
    DepartmentsChoice,
    long_words,
)
from civic_sourcing.answers.desk.promise_forms import CareForm
from civic_sourcing.answers.models import Adoption, AdoptionStatus, Agreement, status_label
from civic_sourcing.core.forms import PlainTextField, UploadField
from civic_sourcing.core.money import is_currency, minor_digits, to_minor_units
from civic_sourcing.core.spots import LONGEST, Spot, read_spot

PHOTOS = 3
PLAN = (
    "owner", "department", "partners", "agreement", "is_work", "planned", "currency", "budget_line",
    "spot", "procedure_changed", "expected_on",
)  # fmt: skip


class PlanForm(CareForm):
    """Who makes what of it, until when. What is missing may come later; it is a gap until then."""

    expected_on = DayField(
        label=_("Expected"),
        required=False,
        help_text=_("From then on it counts as late. Empty: it is listed as a gap."),
    )
    department = DepartmentChoice(label=_("Responsible department"))
    partners = DepartmentsChoice(label=_("Departments that help"))
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Standing agreement"),
        empty_label=_("none"),
        required=False,
        help_text=_("How these departments work together, agreed once."),
    )
    is_work = forms.BooleanField(
        label=_("Something is built or done"),
        required=False,
        help_text=_("In the end it is “done”. Otherwise it comes “in force”, as a rule does."),
    )
    planned = forms.DecimalField(
        label=_("Planned money"),
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=3,
        help_text=_("What was spent is shown beside it."),
    )
    budget_line = PlainTextField(
        label=_("Budget line"), max_length=200, single_line=True, required=False
    )
    currency = PlainTextField(
        label=_("Currency"),
        max_length=3,
        single_line=True,
        required=False,
        help_text=_("Three capital letters, such as KRW: all amounts are in it."),
    )
    spot = PlainTextField(
        label=_("Spot on the map"),
        max_length=LONGEST,
        single_line=True,
        required=False,
        help_text=_("Latitude and longitude in degrees, as 37.5665, 126.9780."),
    )
    procedure_changed = PlainTextField(
        label=_("Rule or procedure that changes"), max_length=300, single_line=True, required=False
    )

    field_order = ["owner", "department", "expected_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = Agreement.objects.in_force(timezone.localdate())

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"].upper()
        if currency and not is_currency(currency):
            raise ValidationError(_("Write three capital letters, such as KRW."), code="currency")
        return currency

    def clean_spot(self) -> Spot | None:
        return read_spot(self.cleaned_data["spot"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        amount, currency = cleaned.get("planned"), cleaned.get("currency")
        if amount is None or "currency" in self.errors:
            return cleaned
        if not currency:
            self.add_error("currency", _("Please say in which currency the money is planned."))
            return cleaned
        try:
            cleaned["planned"] = in_minor_units(amount, currency)
        except ValidationError as error:
            self.add_error("planned", error)
        return cleaned

    @property
    def plan(self) -> dict[str, Any]:
        """The arguments of the actions."""
        return {name: self.cleaned_data[name] for name in PLAN}


class AdoptForm(PlanForm):
    """What the city makes of it, and how."""

    title = PlainTextField(label=_("What it is called"), max_length=255, single_line=True)
    text = long_words(_("What the city does"), rows=6, required=False)

    field_order = ["title", "text", "owner", "department", "expected_on"]

    @property
    def arguments(self) -> dict[str, Any]:
        words = {name: self.cleaned_data[name] for name in ("title", "text")}
        return {**words, **self.plan}


class ReplanForm(PlanForm):
    """Another plan."""

    reason = long_words(
        _("Why it takes longer"),
        rows=3,
        length=2000,
        required=False,
        help_text=_("Needed where the day that was promised moves. Everybody can read it."),
    )


class StatusForm(forms.Form):
    """How it stands now."""

    status = forms.ChoiceField(label=_("How it stands now"), widget=forms.RadioSelect)
    reason = long_words(
        _("Reason"),
        rows=3,
        length=2000,
        required=False,
        help_text=_(
            "Needed where it is otherwise than proposed, or cancelled. Everybody reads it."
        ),
    )

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_work = adoption.is_work
        choices = [(each, status_label(each, is_work=is_work)) for each in AdoptionStatus.values]
        self.fields["status"].choices = [
            choice
            for choice in choices
            if choice[0] != adoption.status and may_become(adoption.status, choice[0])
        ]


class MilestoneForm(forms.Form):
    """A step on the way, with its days."""

    title = PlainTextField(label=_("Milestone"), max_length=200, single_line=True)
    due_on = DayField(label=_("Planned for"), required=False)
    done_on = DayField(label=_("Reached on"), required=False)


class NewsForm(forms.Form):
    """News of the delivery, with up to three photos and what was spent so far."""

    text = long_words(_("News"), rows=6)
    spent = forms.DecimalField(
        label=_("Spent so far"), required=False, min_value=0, max_digits=15, decimal_places=3
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        if not currency:
            del self.fields["spent"]
        else:
            self.fields["spent"].help_text = _("In %(currency)s.") % {"currency": currency}
        for number in range(1, PHOTOS + 1):
            self.fields[f"photo_{number}"] = UploadField(
                label=_("Photo %(number)s") % {"number": number}, required=False
            )
            self.fields[f"words_{number}"] = PlainTextField(
                label=_("What photo %(number)s shows") % {"number": number},
                max_length=300,
                single_line=True,
                required=False,
                help_text=_("Read out to those who cannot see it."),
            )

    def clean_spent(self) -> int | None:
        """The amount in minor units."""
        amount = self.cleaned_data["spent"]
        if amount is None:
            return None
        return in_minor_units(amount, self.currency)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, PHOTOS + 1):
            if cleaned.get(f"photo_{number}") and not cleaned.get(f"words_{number}"):
                self.add_error(f"words_{number}", _("Please say what the picture shows."))
        return cleaned

    @property
    def photos(self) -> Sequence[tuple[Any, str]]:
        """Received pictures with what they show."""
        cleaned = self.cleaned_data
        numbers = range(1, PHOTOS + 1)
        pairs = [(cleaned[f"photo_{each}"], cleaned[f"words_{each}"]) for each in numbers]
        return [(photo, words) for photo, words in pairs if photo]


def in_minor_units(amount: Decimal, currency: str) -> int:
    """Whole minor units. Raises ``ValidationError`` for more decimals than the currency has."""
    try:
        return to_minor_units(Fraction(amount), currency)
    except ValueError as error:
        raise ValidationError(
            _("An amount in %(currency)s has at most %(digits)s decimals."),
            params={"currency": currency, "digits": minor_digits(currency)},
        ) from error
