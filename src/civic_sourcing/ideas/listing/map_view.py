"""The map of a list: spots as links, the near ones as one, drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Case, Count, IntegerField, Max, Min, QuerySet, Value, When
from django.utils.functional import cached_property

from civic_sourcing.core.mapping import Bounds, Cluster, Frame
from civic_sourcing.core.maps import HEIGHT, NEAR, WIDTH, DrawnMap, town_frame
from civic_sourcing.ideas.listing.cards import Addresses
from civic_sourcing.ideas.listing.wishes import Wishes


@dataclass
class MapView(DrawnMap):
    """The spots of ``rows`` (tallies), put together by the database in three queries."""

    forum: Any
    rows: QuerySet[Any]
    wishes: Wishes

    @property
    def ideas(self) -> QuerySet[Any]:
        ideas = self.forum.idea_model.objects.of(self.forum.process).order_by()
        return ideas.filter(contribution__in=self.rows.values("pk"), latitude__isnull=False)

    @cached_property
    def frame(self) -> Frame:
        """What was chosen; else as much of the world as the spots need, or the town."""
        bounds = self.wishes.bounds or self._around()
        if bounds:
            return Frame.showing(bounds, width=WIDTH, height=HEIGHT)
        return town_frame() or Frame(0.0, 0.0, WIDTH, WIDTH, HEIGHT)

    def _around(self) -> Bounds | None:
        south, west = Min("latitude"), Min("longitude")
        north, east = Max("latitude"), Max("longitude")
        sides = self.ideas.aggregate(south=south, west=west, north=north, east=east)
        if sides["south"] is None:
            return None
        return Bounds(**{side: float(degrees) for side, degrees in sides.items()}).with_air()

    @cached_property
    def clusters(self) -> list[Cluster]:
        """All spots of one cell of the sheet as one."""
        frame, bounds = self.frame, self.frame.bounds
        shown = self.ideas.filter(
            latitude__range=(bounds.south, bounds.north),
            longitude__range=(bounds.west, bounds.east),
        )
        cells = shown.values(
            row=_numbered("latitude__gt", frame.rows),
            column=_numbered("longitude__lt", frame.columns),
        )
        spots = cells.annotate(
            number=Count("pk"),
            key=Min("contribution"),
            middle=Avg("latitude"),
            across=Avg("longitude"),
        )
        return [
            frame.cluster(float(each["middle"]), float(each["across"]), each["number"], each["key"])
            for each in spots.order_by("row", "column")
        ]

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        """What is drawn: an idea with its title and address, or several with a way nearer."""
        alone = [cluster.key for cluster in self.clusters if cluster.number == 1]
        ideas = self.forum.idea_model.objects.filter(contribution__in=alone)
        names = {idea.contribution_id: idea for idea in ideas.defer("description", "rendered_html")}
        there = (each for each in self.clusters if each.number > 1 or each.key in names)
        return [self._mark(cluster, names) for cluster in there]

    def _mark(self, cluster: Cluster, names: dict[int, Any]) -> dict[str, Any]:
        place = {"x": cluster.x, "y": cluster.y, "radius": round(cluster.radius, 1)}
        if cluster.number == 1:
            idea = names[cluster.key]
            return {**place, "number": 0, "label": idea.title, "url": self._addresses.of(idea)}
        nearer = self._nearer(cluster)
        return {
            **place,
            "number": cluster.number,
            "label": self.forum.words.number(cluster.number),
            "url": self.address(nearer),
        }

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(None, self.forum.idea_model)

    def _nearer(self, cluster: Cluster) -> Bounds:
        """The map with the cluster in its middle, nearer than now."""
        latitude, longitude = self.frame.locate(cluster.x, cluster.y)
        return Frame(latitude, longitude, self.frame.world, WIDTH, HEIGHT).zoomed(2 * NEAR).bounds

    def address(self, bounds: Bounds) -> str:
        return self.wishes.query(bbox=str(bounds), until=0)

    @property
    def whole(self) -> str:
        """The query of the map of everything; empty if that is what is shown."""
        return self.wishes.query(bbox="", until=0) if self.wishes.bbox else ""


def _numbered(lookup: str, edges: Sequence[float]) -> Case:
    """In which cell of a row of cells a spot is: the first whose edge it has not reached."""
    cells = [When(**{lookup: edge}, then=Value(number)) for number, edge in enumerate(edges)]
    return Case(*cells, default=Value(len(edges)), output_field=IntegerField())
