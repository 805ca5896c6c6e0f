"""What somebody wishes to see of a forum, read from the address. Nonsense is as if not said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.http import urlencode

from civic_sourcing.core.mapping import Bounds, read_bounds
from civic_sourcing.core.text import TextRefused, single_line
from civic_sourcing.ideas.models import Stage
from civic_sourcing.ideas.search.folding import LONGEST_QUERY, terms_of
from civic_sourcing.ideas.tags import normalise_tag

NEWEST = "newest"
BEST = "best"
SORTS = (NEWEST, "supported", "trending", "seen", "shuffle")
MAP = "map"
LARGEST_KEY = 2**63 - 1
_CODE = re.compile(r"[-\w]{1,50}")
_DIGITS = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True)
class Wishes:
    """
    Filters, order and way of showing. ``until`` is the latest contribution (primary key) that was
    there when somebody began to turn pages, so that what comes in meanwhile moves nothing.
    """

    q: str = ""
    stage: str = ""
    category: str = ""
    district: str = ""
    tag: str = ""
    sort: str = ""
    show: str = ""
    bbox: str = ""
    until: int = 0

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Read them from the query of an address."""
        words, bounds = _words(data.get("q", "")), read_bounds(data.get("bbox", ""))
        return cls(
            q=words,
            stage=_one_of(Stage.values, data.get("stage", "")),
            category=_code(data.get("category", "")),
            district=_code(data.get("district", "")),
            tag=_tag(data.get("tag", "")),
            sort=_one_of((*SORTS, BEST) if words else SORTS, data.get("sort", "")),
            show=_one_of((MAP,), data.get("show", "")),
            bbox=str(bounds) if bounds else "",
            until=_key(data.get("until", "")),
        )

    @property
    def order(self) -> str:
        """The order wished, else the usual one: what fits best in a search, otherwise newest."""
        return self.sort or (BEST if self.q else NEWEST)

    @property
    def bounds(self) -> Bounds | None:
        return read_bounds(self.bbox)

    @property
    def narrow(self) -> bool:
        """Whether they leave ideas out."""
        return bool(self.q or self.stage or self.category or self.district or self.tag)

    def query(self, **changes: str | int) -> str:
        """These wishes as the query of an address, with ``changes``; ``"?"`` for none."""
        values = vars(self) | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _words(text: str) -> str:
    try:
        words = single_line(text[: 4 * LONGEST_QUERY], max_length=4 * LONGEST_QUERY)
    except TextRefused:
        return ""
    return words[:LONGEST_QUERY] if terms_of(words) else ""


def _tag(text: str) -> str:
    try:
        return normalise_tag(text)
    except TextRefused:
        return ""


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) else ""


def _one_of(known: object, value: str) -> str:
    return value if value in known else ""  # type: ignore[operator]


def _key(text: str) -> int:
    return min(int(text), LARGEST_KEY) if _DIGITS.fullmatch(text) else 0
