"""What voters fill in, and within which limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets import rules
from civic_sourcing.budgets.ballots import LIMITS, BallotType, Limits
from civic_sourcing.budgets.ballots.documents import amount_written
from civic_sourcing.core.money_fields import MoneyField, in_minor_units, typed_money

MOST = 100_000
OF_KIND = {
    BallotType.KNAPSACK: ("budget", "least_percent"),
    BallotType.CUMULATIVE: ("total", "least_total", "most_points"),
    BallotType.SCORING: ("top",),
    BallotType.YES_NO: ("every",),
}
"""Fields that belong to one kind of ballot only; the others are for all of them."""


def number(label: Any, help_text: Any = "", *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=least, max_value=MOST
    )


class BallotForm(forms.Form):
    """
    Kind of ballot and limits. ``areas`` are the codes and names of areas that may have own limits.
    """

    ballot = forms.ChoiceField(
        label=_("What voters do"),
        choices=rules.BallotType.choices,
        widget=forms.RadioSelect,
    )
    least = number(
        _("Projects at least"), _("Empty: none. The same number twice: exactly so many.")
    )
    most = number(_("Projects at most"), _("Empty: as many as there are."), least=1)
    budget = MoneyField(
        label=_("What one ballot may spend"),
        required=False,
        help_text=_("Empty: all the money there is."),
    )
    least_percent = forms.DecimalField(
        label=_("Percent that must be spent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
    )
    total = number(_("Points to share out"), least=1)
    least_total = number(_("Points that must be given"), _("Empty: none."))
    most_points = number(_("Points for one project at most"), _("Empty: all of them."), least=1)
    top = number(_("Highest score"), _("Empty: 5. The lowest is 0."), least=1)
    every = forms.BooleanField(label=_("Every project wants an answer"), required=False)
    scope = forms.ChoiceField(
        label=_("The limits hold for"),
        choices=rules.Scope.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    may_leave_area_empty = forms.BooleanField(
        label=_("A voter may leave an area empty"), required=False
    )
    faulty = forms.ChoiceField(
        label=_("A ballot that breaks a limit"),
        choices=rules.Faulty.choices,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, currency: str, areas: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.codes = [code for code, _name in areas]
        self.areas = areas if len(areas) > 1 else ()
        for code, name in self.areas:
            named = {"area": name}
            least, most = own_names(code)
            self.fields[least] = number(_("%(area)s: at least") % named)
            self.fields[most] = number(_("%(area)s: at most") % named, least=1)

    @property
    def of_kind(self) -> list[tuple[str, Any, bool, list[Any]]]:
        """Each kind with fields of its own: value, label, whether it is chosen, its fields."""
        chosen = self["ballot"].value()
        return [
            (kind.value, rules.BallotType(kind).label, kind == chosen, [self[n] for n in names])
            for kind, names in OF_KIND.items()
        ]

    @property
    def own_limits(self) -> list[list[Any]]:
        """The fields of the limits of each area."""
        return [[self[name] for name in own_names(code)] for code, _name in self.areas]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ballot") == BallotType.CUMULATIVE and not cleaned.get("total"):
            self.add_error("total", _("Say how many points there are."))
        cleaned["budget"] = in_minor_units(self, "budget", self.currency)
        return cleaned

    @property
    def limits(self) -> Limits:
        """The limits of the ballot as they were typed."""
        typed = self.cleaned_data
        kind = BallotType(typed["ballot"])
        wanted = {field.name for field in fields(LIMITS[kind])}
        given = {name: typed[name] for name in wanted if typed.get(name) is not None}
        if kind == BallotType.SINGLE_CHOICE:
            given = {"least": min(given.get("least", 1), 1), "most": 1}
        if "least_percent" in given:
            given["least_percent"] = Fraction(given["least_percent"])
        return LIMITS[kind](**given)

    @property
    def limits_of_areas(self) -> dict[str, Limits | None]:
        """The own limits of each area; ``None`` for those that have none."""
        if not self.areas or self.cleaned_data["scope"] != rules.Scope.AREA:
            return dict.fromkeys(self.codes)
        return {code: self._limits_of(code) for code in self.codes}

    def _limits_of(self, code: str) -> Limits | None:
        least, most = (self.cleaned_data[name] for name in own_names(code))
        if least is None and most is None:
            return None
        whole = self.limits
        own = {"least": whole.least if least is None else least, "most": most or whole.most}
        return replace(whole, **own)


def own_names(code: str) -> tuple[str, str]:
    """The names of the two fields that hold the limits of one area."""
    return f"own-{code}-least", f"own-{code}-most"


def initial_of_limits(limits: Limits, currency: str) -> dict[str, Any]:
    """What the form shows of the limits in force."""
    shown: dict[str, Any] = {field.name: getattr(limits, field.name) for field in fields(limits)}
    if "budget" in shown:
        shown["budget"] = typed_money(shown["budget"], currency)
    if "least_percent" in shown:
        shown["least_percent"] = amount_written(shown["least_percent"])
    return {**shown, "ballot": limits.ballot_type.value}


def initial_of_areas(limits: Mapping[str, Limits | None]) -> dict[str, Any]:
    """What the form shows of the limits of areas."""
    shown: dict[str, Any] = {}
    for code, own in limits.items():
        if own is not None:
            least, most = own_names(code)
            shown |= {least: own.least, most: own.most}
    return shown
