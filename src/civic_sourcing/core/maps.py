"""What every map of the town shares: its bounds, and pictures of a map service, if it has one."""

from __future__ import annotations

from typing import Any

from civic_sourcing.core.conf import conf
from civic_sourcing.core.mapping import Bounds, Frame

WIDTH, HEIGHT = 480, 320


def town_frame(*, width: int = WIDTH, height: int = HEIGHT) -> Frame | None:
    """A map of the whole town, if its bounds are set: also to pick a spot on (``locate``)."""
    sides = conf.TOWN_BOUNDS
    if not sides:
        return None
    south, west, north, east = map(float, sides)
    east = east if west < east else east + 360
    return Frame.showing(Bounds(south, west, north, east), width=width, height=height)


def tiles_below(frame: Frame) -> list[dict[str, Any]]:
    """Pictures of the town's map service, none without ``MAP_TILES``."""
    if not conf.MAP_TILES:
        return []
    return [
        {
            "url": conf.MAP_TILES.format(z=tile.z, x=tile.x, y=tile.y),
            "left": tile.left,
            "top": tile.top,
            "size": tile.size,
        }
        for tile in frame.tiles()
    ]


def owed_to() -> str:
    """Whom the pictures are owed to; empty without any."""
    return conf.MAP_ATTRIBUTION if conf.MAP_TILES else ""
