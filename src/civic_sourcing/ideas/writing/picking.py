"""Picking a spot on a map of the town, by pressing a picture: no script is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from civic_sourcing.core.conf import conf
from civic_sourcing.core.mapping import Frame
from civic_sourcing.core.maps import tiles_below, town_frame
from civic_sourcing.core.spots import in_degrees, read_spot

SIDE = 288
"""Pixels of the map, which is never scaled: browsers send where on the screen it was pressed."""

ACROSS, DOWN = "spot.x", "spot.y"


@dataclass
class PickMap:
    """The town with the spot that is typed now, if any."""

    coordinates: str

    @cached_property
    def frame(self) -> Frame | None:
        """None without ``MAP_TILES``: nobody finds a place on an empty sheet."""
        return town_frame(width=SIDE, height=SIDE) if conf.MAP_TILES else None

    @property
    def mark(self) -> dict[str, float] | None:
        try:
            spot = read_spot(self.coordinates)
        except ValidationError:
            return None
        if spot is None or self.frame is None:
            return None
        x, y = self.frame.project(float(spot[0]), float(spot[1]))
        return {"x": round(x, 1), "y": round(y, 1)}

    @property
    def tiles(self) -> list[dict[str, Any]]:
        return tiles_below(self.frame) if self.frame else []

    @property
    def attribution(self) -> str:
        return conf.MAP_ATTRIBUTION


def was_pressed(typed: Mapping[str, Any]) -> bool:
    """Whether the map sent the form; by the return key it sends its upper left corner."""
    return ACROSS in typed and "go" not in typed


def picked(typed: Mapping[str, Any]) -> str:
    """The coordinates of what was pressed, as they are typed; empty for none."""
    frame = town_frame(width=SIDE, height=SIDE)
    try:
        x, y = int(str(typed[ACROSS])[:6]), int(str(typed[DOWN])[:6])
    except (KeyError, ValueError):
        return ""
    if frame is None or not (0 < x <= SIDE and 0 < y <= SIDE):
        return ""
    latitude, longitude = (Decimal(f"{degrees:.6f}") for degrees in frame.locate(x, y))
    return in_degrees(latitude, longitude)
