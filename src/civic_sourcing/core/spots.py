"""Where something is: degrees as people type them, and whether that is in town."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.conf import conf

Spot = tuple[Decimal, Decimal]
"""Latitude and longitude in degrees of WGS 84, six places after the point (a hand's breadth)."""

LONGEST = 100
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.]\d{1,20})?")
_EXACT = Decimal("0.000001")


def read_spot(text: str) -> Spot | None:
    """
    Read “latitude, longitude” as maps show it: ``37.5665, 126.9780``. Empty is no spot.

    Raises ``ValidationError`` for anything else (``"coordinates"``) and for a spot outside of the
    town's bounds (``"outside"``).
    """
    words = text.strip()
    if not words:
        return None
    parts = [part for part in re.split(r"[,;\s]+", words[:LONGEST]) if part]
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValidationError(NOT_COORDINATES, code="coordinates")
    latitude, longitude = (Decimal(part).quantize(_EXACT, ROUND_HALF_EVEN) for part in parts)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValidationError(NOT_COORDINATES, code="coordinates")
    if not is_in_town(latitude, longitude):
        raise ValidationError(
            _("This spot lies outside of the town. Please choose another one."), code="outside"
        )
    return latitude, longitude


def is_in_town(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a spot lies within ``TOWN_BOUNDS``; every spot does where none are set."""
    bounds = conf.TOWN_BOUNDS
    if not bounds:
        return True
    south, west, north, east = (Decimal(str(bound)) for bound in bounds)
    across = west <= longitude <= east if west <= east else longitude >= west or longitude <= east
    return south <= latitude <= north and across


def in_degrees(latitude: Decimal | None, longitude: Decimal | None) -> str:
    """Write a spot as it is read; empty where there is none."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude.normalize():f}, {longitude.normalize():f}"


NOT_COORDINATES = _(
    "Please type latitude and longitude in degrees, with a comma between, as 37.5665, 126.9780."
)
