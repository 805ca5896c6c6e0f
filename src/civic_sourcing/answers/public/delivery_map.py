"""The map of what the city has promised to make."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import ngettext

from civic_sourcing.answers.models import Adoption
from civic_sourcing.answers.public.deliveries import Deliveries
from civic_sourcing.attribution.family.visibility import addresses, translated_titles
from civic_sourcing.core.mapping import CELL, Bounds, Cluster, Frame
from civic_sourcing.core.maps import HEIGHT, NEAR, WIDTH, DrawnMap, town_frame

MOST = 2000
"""Spots that are drawn; the list has all."""


class DeliveryMap(DrawnMap):
    """Spots as links, near ones as one. Red is what is overdue."""

    def __init__(self, asked: Deliveries) -> None:
        self.asked = asked

    @cached_property
    def rows(self) -> list[Any]:
        """Adoptions with a spot, each knowing whether it ``is_overdue``."""
        placed = self.asked.chosen.filter(latitude__isnull=False)
        marked = placed.annotate(is_overdue=self.asked.late).select_related("contribution")
        return list(marked.order_by("pk")[:MOST])

    @property
    def is_shown(self) -> bool:
        return bool(self.rows)

    @cached_property
    def frame(self) -> Frame:  # type: ignore[override]
        """What was chosen; else as much of the world as the spots need."""
        bounds = self.asked.bounds or self._around()
        if bounds is None:
            return town_frame() or Frame(0.0, 0.0, WIDTH, WIDTH, HEIGHT)
        return Frame.showing(bounds, width=WIDTH, height=HEIGHT)

    def _around(self) -> Bounds | None:
        spots = [spot(row) for row in self.rows]
        if not spots:
            return None
        down, across = zip(*spots, strict=True)
        return Bounds(min(down), min(across), max(down), max(across)).with_air()

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        """What is drawn: one with its title and address, or several with a way nearer."""
        cells: dict[tuple[int, int], list[Adoption]] = defaultdict(list)
        for row in self.rows:
            x, y = self.frame.project(*spot(row))
            if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
                cells[int(x // CELL), int(y // CELL)].append(row)
        alone = [rows[0].contribution for rows in cells.values() if len(rows) == 1]
        urls, titles = addresses(alone), translated_titles(alone)
        return [self._mark(rows, urls, titles) for _cell, rows in sorted(cells.items())]

    def _mark(
        self, rows: list[Adoption], urls: dict[int, str], titles: dict[int, str]
    ) -> dict[str, Any]:
        first, number = rows[0], len(rows)
        down, across = (sum(sides) / number for sides in zip(*map(spot, rows), strict=True))
        cluster: Cluster = self.frame.cluster(down, across, number, first.pk)
        late = any(row.is_overdue for row in rows)
        drawn = {
            "x": cluster.x,
            "y": cluster.y,
            "radius": round(cluster.radius, 1),
            "tone": "danger" if late else "",
        }
        if number == 1:
            known = titles.get(first.contribution_id)
            label = known or str(first.contribution.public_title)
            return {
                **drawn,
                "number": 0,
                "label": label,
                "url": urls.get(first.contribution_id, ""),
            }
        label = ngettext("%(number)d promise", "%(number)d promises", number) % {"number": number}
        nearer = Frame(down, across, self.frame.world, WIDTH, HEIGHT).zoomed(2 * NEAR).bounds
        return {**drawn, "number": number, "label": label, "url": self.address(nearer)}

    def address(self, bounds: Bounds) -> str:
        return self._query(bbox=str(bounds))

    @property
    def whole(self) -> str:  # type: ignore[override]
        return self._query(bbox="") if self.asked.bounds else ""

    def _query(self, **changed: str) -> str:
        query = self.asked.request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"


def spot(row: Adoption) -> tuple[float, float]:
    latitude, longitude = row.latitude, row.longitude
    assert latitude is not None  # only these are drawn
    assert longitude is not None
    return float(latitude), float(longitude)
