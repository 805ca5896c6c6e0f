"""Fields of the desk: money as people type it, numbers of projects, the outline of an area."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.money import to_major_units, to_minor_units

LONGEST_OUTLINE = 200_000
LONGEST_NUMBERS = 5000
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


class NumbersField(WrittenField):
    """Numbers of projects between commas or on lines; the cleaned value is a list of texts."""

    longest = LONGEST_NUMBERS
    widget = forms.TextInput

    def read(self, text: str) -> list[str]:
        return [part for part in (each.strip() for each in re.split(r"[,\n;]", text)) if part]


class OutlineField(WrittenField):
    """The outline of an area as GeoJSON: a Polygon or MultiPolygon, in degrees of WGS 84."""

    default_error_messages = {
        "outline": _(
            "This is not the outline of an area. Paste a GeoJSON Polygon or MultiPolygon, with "
            "longitude before latitude."
        ),
    }

    longest = LONGEST_OUTLINE

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
        super().__init__(**{"widget": widget, **kwargs})

    def read(self, text: str) -> dict[str, Any]:
        try:
            shape = _geometry(json.loads(text))
        except (ValueError, RecursionError):
            shape = None
        if shape is None:
            raise ValidationError(self.error_messages["outline"], code="outline")
        return shape

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else json.dumps(value)


def _geometry(document: Any) -> dict[str, Any] | None:
    """Return the polygons of a GeoJSON geometry, feature, or collection of one feature."""
    match document:
        case {"type": "FeatureCollection", "features": [feature]}:
            return _geometry(feature)
        case {"type": "Feature", "geometry": {"type": str(kind), "coordinates": list(shape)}}:
            pass
        case {"type": str(kind), "coordinates": list(shape)}:
            pass
        case _:
            return None
    match kind:
        case "Polygon":
            return {"type": kind, "coordinates": _polygon(shape)}
        case "MultiPolygon" if shape:
            return {"type": kind, "coordinates": [_polygon(each) for each in shape]}
    return None


def _polygon(rings: Any) -> list[Any]:
    """Return the rings of a polygon with nothing but degrees. Raises ``ValueError``."""
    if not isinstance(rings, list) or not rings:
        raise ValueError("a polygon has rings")
    return [_ring(ring) for ring in rings]


def _ring(ring: Any) -> list[Any]:
    if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring has four spots and ends where it begins")
    return [_spot(spot) for spot in ring]


def _spot(spot: Any) -> list[float]:
    match spot:
        case [int() | float() as longitude, int() | float() as latitude, *_]:
            if abs(longitude) <= 180 and abs(latitude) <= 90:
                return [float(longitude), float(latitude)]
    raise ValueError("a spot has longitude and latitude")
