"""What every map of the town shares: its bounds, and pictures of a map service, if it has one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.conf import conf
from civic_sourcing.core.mapping import Bounds, Frame

WIDTH, HEIGHT = 480, 320
NEAR = 2.0
"""How much nearer or farther one step is."""


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


class DrawnMap:
    """
    A map for ``civic_sourcing/core/map.html``: subclasses have a ``frame`` and ``marks`` (``x``,
    ``y``, ``radius``, ``number`` or 0, ``label``, ``url``), and know the ``address`` of another
    part. ``whole`` is the way to everything, empty where that is shown.
    """

    frame: Frame
    whole = ""

    def address(self, bounds: Bounds) -> str:
        """Where the same map of another part is."""
        raise NotImplementedError

    @property
    def tiles(self) -> list[dict[str, Any]]:
        return tiles_below(self.frame)

    @property
    def attribution(self) -> str:
        """Whom the pictures are owed to; empty without any."""
        return conf.MAP_ATTRIBUTION if conf.MAP_TILES else ""

    @property
    def steps(self) -> list[dict[str, str]]:
        """Ways to another part of the map, as links."""
        frame = self.frame
        return [
            {"label": label, "url": self.address(to.bounds)}
            for label, to in (
                (_("Nearer"), frame.zoomed(NEAR)),
                (_("Farther"), frame.zoomed(1 / NEAR)),
                (_("North"), frame.moved(0, -0.5)),
                (_("South"), frame.moved(0, 0.5)),
                (_("West"), frame.moved(-0.5, 0)),
                (_("East"), frame.moved(0.5, 0)),
            )
        ]

    @property
    def extent(self) -> str:
        """What the sheet shows, in degrees."""
        bounds = self.frame.bounds
        return _("Latitude %(south)s to %(north)s, longitude %(west)s to %(east)s.") % {
            name: f"{getattr(bounds, name):.3f}" for name in ("south", "north", "west", "east")
        }
