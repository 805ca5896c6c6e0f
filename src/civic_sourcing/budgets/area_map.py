"""The areas of a vote drawn on a map, where somebody has given their outlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from civic_sourcing.budgets.models import BudgetRules, VoteArea
from civic_sourcing.core.mapping import Bounds, Frame
from civic_sourcing.core.money import format_money

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

WIDTH, HEIGHT = 480, 320
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class DrawnArea:
    """An area: its name and money, its outline as a path of SVG, and where its name stands."""

    name: str
    money: str
    path: str
    x: float
    y: float


def drawn_areas(process: Process | None) -> list[DrawnArea]:
    """The areas of a vote with an outline, in order; none where no area has one. Two queries."""
    rows = list(VoteArea.objects.of(process)) if process else []
    rings = {row.pk: list(_rings(row.outline)) for row in rows if row.outline}
    spots = [spot for each in rings.values() for ring in each for spot in ring]
    if not spots:
        return []
    currency = BudgetRules.objects.values_list("currency", flat=True).get(process=process)
    east, north = map(max, zip(*spots, strict=True))
    west, south = map(min, zip(*spots, strict=True))
    bounds = Bounds(south, west, north, east).with_air()
    frame = Frame.showing(bounds, width=WIDTH, height=HEIGHT)
    return [
        _drawn(row.name, format_money(row.budget, currency), rings[row.pk], frame)
        for row in rows
        if rings.get(row.pk)
    ]


def _drawn(name: str, money: str, rings: Iterable[Ring], frame: Frame) -> DrawnArea:
    shapes = [[frame.project(latitude, longitude) for longitude, latitude in r] for r in rings]
    path = " ".join(
        "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in shape) + " Z" for shape in shapes
    )
    across, down = zip(*max(shapes, key=len), strict=True)
    middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return DrawnArea(name, money, path, *middle)


def _rings(outline: dict[str, Any]) -> Iterator[Ring]:
    """Every ring of a GeoJSON polygon or of several."""
    shape = outline["coordinates"]
    polygons = [shape] if outline["type"] == "Polygon" else shape
    for polygon in polygons:
        for ring in polygon:
            yield [(float(spot[0]), float(spot[1])) for spot in ring]
