"""
Maps without a map service: pure arithmetic, without Django.

A ``Frame`` is a part of the world on a sheet of so many points, in Web Mercator as the usual tiles
are, so that tiles fit beneath if a town has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, isfinite, log2, pi, radians, sinh, tan

NORTHERNMOST = 85.0
SMALLEST = 0.0005
"""Degrees a frame is wide at least: some fifty metres."""

TILE = 256
DEEPEST = 19
CELL = 28
"""Points within which spots are shown as one."""


@dataclass(frozen=True)
class Bounds:
    """South, west, north and east in degrees; ``east`` may exceed 180 where a frame crosses it."""

    south: float
    west: float
    north: float
    east: float

    def __str__(self) -> str:
        sides = (self.west, self.south, self.east, self.north)
        return ",".join(f"{side:.5f}".rstrip("0").rstrip(".") for side in sides)

    def has(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def with_air(self) -> Bounds:
        """The same with a little room around, for the spots on its edges."""
        air = max(self.north - self.south, self.east - self.west, 0.005) / 10
        return Bounds(
            max(self.south - air, -NORTHERNMOST),
            self.west - air,
            min(self.north + air, NORTHERNMOST),
            self.east + air,
        )


def read_bounds(text: str) -> Bounds | None:
    """Read ``west,south,east,north``; ``None`` for anything that is no part of the world."""
    try:
        west, south, east, north = (float(part) for part in text[:120].split(","))
    except ValueError:
        return None
    if not all(map(isfinite, (west, south, east, north))):
        return None
    if not (-NORTHERNMOST <= south < north <= NORTHERNMOST and -180 <= west < east <= 540):
        return None
    if north - south < SMALLEST / 10 or east - west < SMALLEST / 10 or east - west > 360:
        return None
    return Bounds(south, west, north, east)


@dataclass(frozen=True)
class Tile:
    """One picture of a map service: its address in ``z/x/y``, and where it lies on the sheet."""

    z: int
    x: int
    y: int
    left: float
    top: float
    size: float


@dataclass(frozen=True)
class Cluster:
    """Spots too near each other to tell apart: their middle, how many, and the key of one."""

    x: float
    y: float
    number: int
    key: int

    @property
    def radius(self) -> float:
        return min(10 + 2 * log2(self.number), 18)


@dataclass(frozen=True)
class Frame:
    """What a map of ``width`` by ``height`` points shows: a middle, and points per world."""

    latitude: float
    longitude: float
    world: float
    width: int = 800
    height: int = 500

    @classmethod
    def showing(cls, bounds: Bounds, *, width: int = 800, height: int = 500) -> Frame:
        """The largest map on which all of ``bounds`` is."""
        top, bottom = _down(bounds.north), _down(bounds.south)
        across = max(bounds.east - bounds.west, SMALLEST) / 360
        down = max(bottom - top, SMALLEST / 360)
        middle = _latitude((top + bottom) / 2)
        return cls(
            middle,
            (bounds.west + bounds.east) / 2,
            min(width / across, height / down),
            width,
            height,
        )

    @property
    def bounds(self) -> Bounds:
        south_east, north_west = self.locate(self.width, self.height), self.locate(0, 0)
        return Bounds(south_east[0], north_west[1], north_west[0], south_east[1])

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a spot lies, in points from the upper left."""
        across = (longitude - self.longitude) / 360
        down = _down(latitude) - _down(self.latitude)
        return self.width / 2 + across * self.world, self.height / 2 + down * self.world

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a point of the sheet: what somebody picked there."""
        down = _down(self.latitude) + (y - self.height / 2) / self.world
        return _latitude(down), self.longitude + (x - self.width / 2) / self.world * 360

    def zoomed(self, factor: float) -> Frame:
        """The same middle, seen ``factor`` times as near."""
        world = min(max(self.world * factor, self.width), self.width * 360 / SMALLEST)
        return Frame(self.latitude, self.longitude, world, self.width, self.height)

    def moved(self, across: float, down: float) -> Frame:
        """Moved by so many sheets to the right and down."""
        x, y = self.width * (0.5 + across), self.height * (0.5 + down)
        latitude, longitude = self.locate(x, y)
        latitude = min(max(latitude, -80.0), 80.0)
        return Frame(latitude, longitude, self.world, self.width, self.height)

    @property
    def columns(self) -> list[float]:
        """Longitudes between the columns of cells in which spots are shown as one, from west."""
        return [self.locate(x, 0)[1] for x in range(CELL, self.width, CELL)]

    @property
    def rows(self) -> list[float]:
        """Latitudes between the rows of these cells, from north."""
        return [self.locate(0, y)[0] for y in range(CELL, self.height, CELL)]

    def cluster(self, latitude: float, longitude: float, number: int, key: int) -> Cluster:
        """``number`` spots of one cell, whose middle this is, on the sheet."""
        x, y = self.project(latitude, longitude)
        return Cluster(round(x, 1), round(y, 1), number, key)

    def tiles(self) -> Iterator[Tile]:
        """The tiles that cover the sheet, each about as large as it was drawn."""
        z = min(max(round(log2(self.world / TILE)), 0), DEEPEST)
        size = self.world / 2**z
        left = (self.longitude + 180) / 360 * self.world - self.width / 2
        top = _down(self.latitude) * self.world - self.height / 2
        rows = range(max(floor(top / size), 0), min(ceil((top + self.height) / size), 2**z))
        for y in rows:
            for x in range(floor(left / size), ceil((left + self.width) / size)):
                corner = round(x * size - left, 2), round(y * size - top, 2)
                yield Tile(z, x % 2**z, y, *corner, round(size, 2))


def _down(latitude: float) -> float:
    """How far down the world a latitude is: 0 at the upper edge of Web Mercator, 1 at the lower."""
    return (1 - asinh(tan(radians(latitude))) / pi) / 2


def _latitude(down: float) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * down))))
