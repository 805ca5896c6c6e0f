"""Fields of the desk: numbers of projects, the outline of an area."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.money_fields import WrittenField

LONGEST_OUTLINE = 200_000
LONGEST_NUMBERS = 5000


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
