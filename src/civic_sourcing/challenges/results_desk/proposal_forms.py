"""Naming winners: one row for each entry, filled in as the ranking says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.models import Entry, Prize
from civic_sourcing.challenges.results.actions import REASON
from civic_sourcing.challenges.results.proposals import Named
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.money_fields import MoneyField, in_minor_units, typed_money

LAST_PLACE = 10_000
LAST_NUMBER = 10**9


class NamedForm(forms.Form):
    """What one entry wins, and whether it advances."""

    place = forms.IntegerField(
        label=pgettext_lazy("prize", "Place"), required=False, min_value=1, max_value=LAST_PLACE
    )
    prize = forms.ChoiceField(label=_("Prize"), required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    advances = forms.BooleanField(label=_("Advances"), required=False)

    def __init__(
        self,
        *args: Any,
        title: str,
        entry: str = "",
        prizes: Sequence[Prize],
        currency: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title, self.entry, self.currency = title, entry, currency
        self.prizes = {str(prize.pk): prize for prize in prizes}
        choices = [("", "–"), *((key, prize.title) for key, prize in self.prizes.items())]
        self.fields["prize"].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {title}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.money = in_minor_units(self, "amount", self.currency) or 0
        wins = cleaned.get("prize") or self.money
        if wins and "place" in cleaned and cleaned["place"] is None:
            self.add_error("place", _("Whoever wins something has a place."))
        return cleaned

    def named(self) -> Named | None:
        """What was said; nothing where the entry neither wins nor advances."""
        data = self.cleaned_data
        if data["place"] is None and not data["advances"]:
            return None
        prize = self.prizes.get(data["prize"])
        return Named(self.entry, data["place"], prize, self.money, data["advances"])


class FurtherForm(NamedForm):
    """An entry that has no row of its own, by its number."""

    number = forms.IntegerField(
        label=_("Number"), required=False, min_value=1, max_value=LAST_NUMBER
    )

    def __init__(self, *args: Any, entries: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, title=str(_("another entry")), **kwargs)
        self.entries = entries

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("number")
        self.entry = self.entries.get(number, "") if number else ""
        if number and not self.entry:
            self.add_error("number", _("No entry of this phase has this number."))
        elif not number and (cleaned.get("place") or cleaned.get("advances")):
            self.add_error("number", _("Please say which entry you mean."))
        return cleaned


def initial_of(named: Named | None, currency: str) -> dict[str, Any]:
    """What a row is filled in with."""
    if named is None:
        return {}
    return {
        "place": named.place,
        "prize": str(named.prize.pk) if named.prize else "",
        "amount": typed_money(named.amount, currency) if named.amount else "",
        "advances": named.advances,
    }


class ProposalForm(forms.Form):
    """All rows, whether nobody wins, and why it is not as ranked."""

    no_award = forms.BooleanField(
        label=_("No award: nobody wins in this phase"),
        required=False,
        help_text=_("Empty the places above then, and say why."),
    )
    reason = PlainTextField(
        label=_("Public reason"),
        help_text=_("Needed where this is not what the ranking says. Everybody will read it."),
        max_length=REASON,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, rows: Sequence[NamedForm], further: Sequence[FurtherForm]
    ) -> None:
        super().__init__(data)
        self.rows, self.further = rows, further

    def is_valid(self) -> bool:
        """Look at every row, so that all that is wrong is told at once."""
        valid = [form.is_valid() for form in (*self.rows, *self.further)]
        return super().is_valid() and all(valid)

    def has_changed(self) -> bool:
        """Whether anything is not as it was filled in; rows that were not sent are."""
        sent = [form for form in (*self.rows, *self.further) if form.is_bound]
        return super().has_changed() or any(form.has_changed() for form in sent)

    def named(self) -> list[Named]:
        found = [form.named() for form in (*self.rows, *self.further)]
        return [one for one in found if one is not None]


def number_by_entry(entries: Sequence[Entry]) -> dict[int, str]:
    """The random number of each entry, by the number people know."""
    return {entry.number: str(entry.uuid) for entry in entries if entry.number is not None}
