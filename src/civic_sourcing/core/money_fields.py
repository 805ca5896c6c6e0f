"""Fields for things with a form of their own, such as money as people type it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.money import to_major_units, to_minor_units

LARGEST_AMOUNT = 10**15
SPACES = re.compile(r"[\s\u00a0\u202f']")


class WrittenField(forms.Field):
    """Something with a form of its own, typed as text of at most ``longest`` characters."""

    longest: int

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()
        if len(text) > self.longest:
            raise ValidationError(_("This is too long."), code="too-long")
        return self.read(text) if text else None

    def read(self, text: str) -> Any:
        """Return what ``text`` means. Raises ``ValidationError``."""
        raise NotImplementedError

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The same thing written in another way is no change."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MoneyField(WrittenField):
    """
    An amount in major units, exact: ``300,000,000`` or ``12.50``, with the marks of the language.

    The cleaned value is a ``Fraction`` or ``None``; ``minor`` makes whole minor units of it.
    """

    default_error_messages = {
        "money": _("Write an amount in digits, such as 250,000. No sign, no currency."),
        "decimals": _("%(currency)s has no such small amounts."),
        "too-much": _("This is more than can be stored."),
    }

    longest = 40

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs})

    def read(self, text: str) -> Fraction:
        text = SPACES.sub("", text)
        group = re.escape(get_format("THOUSAND_SEPARATOR").strip() or ",")
        point = re.escape(get_format("DECIMAL_SEPARATOR"))
        shape = rf"(?P<whole>[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)(?:{point}(?P<part>[0-9]+))?"
        found = re.fullmatch(shape, text, re.ASCII)
        if found is None:
            raise ValidationError(self.error_messages["money"], code="money")
        whole = re.sub("[^0-9]", "", found["whole"])
        return Fraction(f"{whole}.{found['part'] or 0}")

    def minor(self, amount: Fraction, currency: str) -> int:
        """Return ``amount`` in minor units of ``currency``. Raises ``ValidationError``."""
        try:
            minor = to_minor_units(amount, currency)
        except ValueError:
            raise ValidationError(
                self.error_messages["decimals"], code="decimals", params={"currency": currency}
            ) from None
        if minor > LARGEST_AMOUNT:
            raise ValidationError(self.error_messages["too-much"], code="too-much")
        return minor


def in_minor_units(form: forms.Form, name: str, currency: str) -> int | None:
    """Return the money typed in a field in minor units; what is wrong becomes its error."""
    amount, field = form.cleaned_data.get(name), form.fields[name]
    assert isinstance(field, MoneyField)
    try:
        return None if amount is None else field.minor(amount, currency)
    except ValidationError as error:
        form.add_error(name, error)
        return None


def typed_money(amount: int | None, currency: str) -> str:
    """An amount in minor units as ``MoneyField`` takes it, digits in groups."""
    if amount is None:
        return ""
    major = to_major_units(amount, currency)
    whole, _point, part = f"{major:f}".partition(".")
    group = get_format("THOUSAND_SEPARATOR").strip() or ","
    written = f"{int(whole):,}".replace(",", group)
    return f"{written}{get_format('DECIMAL_SEPARATOR')}{part}" if part.strip("0") else written
