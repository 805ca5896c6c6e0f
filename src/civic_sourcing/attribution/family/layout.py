"""
Places for the boxes and arrows of a family tree. Pure Python, no Django.

Layers run from left to right: whatever something was made of stands left of it. Within a layer,
boxes are put near what they are tied to (median sweeps); an arrow that passes a layer gets a lane
there, so that it crosses no box. The same tree always gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise

Node = Hashable

BOX_WIDTH = 208
BOX_HEIGHT = 92
LANE = 20
GAP_ACROSS = 128
GAP_DOWN = 20
MARGIN = 8
SWEEPS = 4


@dataclass(frozen=True)
class Box:
    """Where a box stands: its upper left corner, in pixels."""

    x: int
    y: int
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class Arrow:
    """The way of an arrow: corners from the right edge of one box to the left edge of another."""

    source: Node
    target: Node
    points: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Layout:
    boxes: dict[Node, Box]
    arrows: list[Arrow]
    width: int
    height: int


@dataclass(frozen=True)
class Lane:
    """Where an arrow passes a layer."""

    source: Node
    target: Node
    layer: int


def lay_out(nodes: Sequence[Node], edges: Iterable[tuple[Node, Node]]) -> Layout:
    """
    Place ``nodes`` and the arrows of ``edges`` (from source to target, both among ``nodes``).

    The order of ``nodes`` decides among equals. Raises ``graphlib.CycleError`` for a circle.
    """
    ties = list(dict.fromkeys(edges))
    layer_of = layers(nodes, ties)
    columns, links = with_lanes(nodes, ties, layer_of)
    in_order(columns, links)
    places = positions(columns)
    arrows = [Arrow(*tie, way(tie, layer_of, places)) for tie in ties]
    boxes = {node: places[node] for node in nodes}
    width = max((box.end for box in boxes.values()), default=0) + MARGIN
    height = max((place.y + place.height for place in places.values()), default=0) + MARGIN
    return Layout(boxes, arrows, width, height)


def layers(nodes: Sequence[Node], edges: Iterable[tuple[Node, Node]]) -> dict[Node, int]:
    """
    Return each node's layer: one after the last of its sources.

    What was made of nothing stands right before the first thing made of it.
    """
    sources: dict[Node, list[Node]] = {node: [] for node in nodes}
    targets: dict[Node, list[Node]] = {node: [] for node in nodes}
    for source, target in edges:
        sources[target].append(source)
        targets[source].append(target)
    layer: dict[Node, int] = {}
    for node in TopologicalSorter(sources).static_order():
        layer[node] = max((layer[source] + 1 for source in sources[node]), default=0)
    for node in nodes:
        if not sources[node] and targets[node]:
            layer[node] = min(layer[target] for target in targets[node]) - 1
    return layer


def with_lanes(
    nodes: Sequence[Node], edges: Iterable[tuple[Node, Node]], layer_of: dict[Node, int]
) -> tuple[list[list[Node]], list[tuple[Node, Node]]]:
    """Return the columns, lanes included, and the links between neighbouring columns."""
    columns: list[list[Node]] = [[] for _ in range(max(layer_of.values(), default=-1) + 1)]
    for node in nodes:
        columns[layer_of[node]].append(node)
    links = []
    for source, target in edges:
        lanes = [
            Lane(source, target, each) for each in range(layer_of[source] + 1, layer_of[target])
        ]
        for lane in lanes:
            columns[lane.layer].append(lane)
        stops = [source, *lanes, target]
        links += list(pairwise(stops))
    return columns, links


def in_order(columns: list[list[Node]], links: list[tuple[Node, Node]]) -> None:
    """Sort each column in place by the median place of its neighbours, to and fro."""
    before: dict[Node, list[Node]] = {}
    after: dict[Node, list[Node]] = {}
    for source, target in links:
        before.setdefault(target, []).append(source)
        after.setdefault(source, []).append(target)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        for column in columns if forward else reversed(columns):
            place = {
                node: index / len(column) for column in columns for index, node in enumerate(column)
            }
            column.sort(
                key=lambda node: median(
                    [place[each] for each in neighbours.get(node, [])], place[node]
                )
            )


def median(values: list[float], otherwise: float) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else otherwise


def positions(columns: list[list[Node]]) -> dict[Node, Box]:
    """Stack each column, all columns centred on the same line."""
    heights = [sum(map(height_of, column)) + GAP_DOWN * (len(column) - 1) for column in columns]
    tallest = max(heights, default=0)
    places = {}
    for index, column in enumerate(columns):
        x = MARGIN + index * (BOX_WIDTH + GAP_ACROSS)
        y = MARGIN + (tallest - heights[index]) // 2
        for node in column:
            places[node] = Box(x, y, BOX_WIDTH, height_of(node))
            y += height_of(node) + GAP_DOWN
    return places


def height_of(node: Node) -> int:
    return LANE if isinstance(node, Lane) else BOX_HEIGHT


def way(
    tie: tuple[Node, Node], layer_of: dict[Node, int], places: dict[Node, Box]
) -> list[tuple[int, int]]:
    source, target = tie
    start, end = places[source], places[target]
    points = [(start.end, start.middle)]
    for layer in range(layer_of[source] + 1, layer_of[target]):
        lane = places[Lane(source, target, layer)]
        points += [(lane.x, lane.middle), (lane.end, lane.middle)]
    return [*points, (end.x, end.middle)]
