"""The map of a list: spots as links, the near ones as one, drawn by the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.listing.mapping import Bounds, Cluster, Frame
from civic_sourcing.ideas.listing.wishes import Wishes

SPOTS_AT_MOST = 5_000
WIDTH, HEIGHT = 480, 320
NEAR = 2.0


def town_frame(*, width: int = WIDTH, height: int = HEIGHT) -> Frame | None:
    """A map of the whole town, if its bounds are set: also to pick a spot on (``locate``)."""
    sides: tuple[float, ...] = conf.TOWN_BOUNDS
    if not sides:
        return None
    south, west, north, east = map(float, sides)
    east = east if west < east else east + 360
    return Frame.showing(Bounds(south, west, north, east), width=width, height=height)


@dataclass
class MapView:
    """The spots of ``rows`` (tallies), the newest ``SPOTS_AT_MOST`` of them."""

    forum: Any
    rows: QuerySet[Any]
    wishes: Wishes

    @cached_property
    def spots(self) -> list[tuple[int, float, float]]:
        """Key of the contribution, latitude and longitude."""
        ideas = self.forum.idea_model.objects.filter(
            contribution__in=self.rows.values("pk"), latitude__isnull=False
        )
        rows = ideas.order_by("-filed_at", "-pk").values_list(
            "contribution", "latitude", "longitude"
        )
        return [
            (key, float(latitude), float(longitude))
            for key, latitude, longitude in rows[:SPOTS_AT_MOST]
        ]

    @cached_property
    def frame(self) -> Frame:
        """What was chosen; else the town, or as much of the world as the spots need."""
        if self.wishes.bounds:
            return Frame.showing(self.wishes.bounds, width=WIDTH, height=HEIGHT)
        around = Bounds.around([(latitude, longitude) for _key, latitude, longitude in self.spots])
        if around:
            return Frame.showing(around, width=WIDTH, height=HEIGHT)
        return town_frame() or Frame(0.0, 0.0, WIDTH, WIDTH, HEIGHT)

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        """What is drawn: an idea with its title and address, or several with a way nearer."""
        clusters = self.frame.clusters(self.spots)
        alone = [cluster.keys[0] for cluster in clusters if cluster.number == 1]
        ideas = self.forum.idea_model.objects.filter(contribution__in=alone)
        names = {idea.contribution_id: idea for idea in ideas.defer("description", "rendered_html")}
        return [self._mark(cluster, names) for cluster in clusters]

    def _mark(self, cluster: Cluster, names: dict[int, Any]) -> dict[str, Any]:
        place = {"x": cluster.x, "y": cluster.y, "radius": round(cluster.radius, 1)}
        if cluster.number == 1:
            idea = names[cluster.keys[0]]
            return {**place, "number": 0, "label": idea.title, "url": idea.get_url()}
        words = ngettext("%(number)d idea here", "%(number)d ideas here", cluster.number)
        nearer = self._nearer(cluster)
        return {
            **place,
            "number": cluster.number,
            "label": words % {"number": cluster.number},
            "url": self.wishes.query(bbox=str(nearer), until=0),
        }

    def _nearer(self, cluster: Cluster) -> Bounds:
        """The map with the cluster in its middle, nearer than now."""
        latitude, longitude = self.frame.locate(cluster.x, cluster.y)
        return Frame(latitude, longitude, self.frame.world, WIDTH, HEIGHT).zoomed(2 * NEAR).bounds

    @property
    def tiles(self) -> list[dict[str, Any]]:
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
            for tile in self.frame.tiles()
        ]

    @property
    def attribution(self) -> str:
        return conf.MAP_ATTRIBUTION if conf.MAP_TILES else ""

    @property
    def steps(self) -> list[dict[str, str]]:
        """Ways to another part of the map, as links."""
        frame = self.frame
        return [
            {"label": label, "url": self.wishes.query(bbox=str(to.bounds), until=0)}
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

    @property
    def whole(self) -> str:
        """The query of the map of everything; empty if that is what is shown."""
        return self.wishes.query(bbox="", until=0) if self.wishes.bbox else ""

    @property
    def is_cut(self) -> bool:
        return len(self.spots) == SPOTS_AT_MOST
