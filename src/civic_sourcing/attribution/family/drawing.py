"""The family as an SVG: words, boxes and arrows, without style attributes or scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.family.layout import Arrow, Box, Layout, lay_out
from civic_sourcing.attribution.family.tree import Family, Member
from civic_sourcing.attribution.models import DerivationKind
from civic_sourcing.core.charts import wrap

COLUMNS = 22
TITLE_LINES = 2
LINE = 19
PADDING = 12
LABEL_COLUMNS = 16


@dataclass(frozen=True)
class DrawnMember:
    member: Member
    box: Box
    lines: Sequence[tuple[int, str]]
    below: str
    text_x: int
    below_y: int


@dataclass(frozen=True)
class DrawnTie:
    """``path`` is the ``d`` of an SVG path; the label stands where the arrow leaves its source."""

    path: str
    label: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    members: Sequence[DrawnMember]
    ties: Sequence[DrawnTie]


def draw(family: Family) -> Drawing:
    """Place the members of ``family`` and cut their words to what a box holds."""
    layout = lay_out(list(family.members), [(tie.source, tie.target) for tie in family.ties])
    kinds = {(tie.source, tie.target): tie.kind for tie in family.ties}
    return Drawing(
        layout.width,
        layout.height,
        [_member(member, layout.boxes[key]) for key, member in family.members.items()],
        _ties(layout, kinds),
    )


def _member(member: Member, box: Box) -> DrawnMember:
    title = member.title or _("without words")
    words = title if member.is_public else _("A contribution that is not public")
    lines = wrap(words, COLUMNS, TITLE_LINES)
    people = ", ".join(member.people)
    below = wrap(people, COLUMNS + 4, 1)[0] if people else ""
    top = box.y + PADDING + LINE - 5
    return DrawnMember(
        member,
        box,
        [(top + LINE * index, line) for index, line in enumerate(lines)],
        below,
        box.x + PADDING,
        box.y + box.height - PADDING,
    )


def _ties(layout: Layout, kinds: Mapping[Any, str]) -> list[DrawnTie]:
    drawn = []
    for arrow in layout.arrows:
        (x, y), *_rest = arrow.points
        label = str(DerivationKind(kinds[(arrow.source, arrow.target)]).label)
        drawn.append(DrawnTie(_path(arrow), wrap(label, LABEL_COLUMNS, 1)[0], x + 6, y - 6))
    return drawn


def _path(arrow: Arrow) -> str:
    """Curves between the corners, straight through lanes."""
    (x, y), *rest = arrow.points
    pieces = [f"M{x} {y}"]
    for index, (next_x, next_y) in enumerate(rest):
        if next_y == y or index % 2:
            pieces.append(f"L{next_x} {next_y}")
        else:
            middle = (x + next_x) // 2
            pieces.append(f"C{middle} {y} {middle} {next_y} {next_x} {next_y}")
        x, y = next_x, next_y
    return " ".join(pieces)
