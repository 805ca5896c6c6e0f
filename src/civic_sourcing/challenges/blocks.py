"""
Blocks with which editors show challenges on any page of the site: some of them, or their numbers.

Put ``*CHALLENGE_BLOCKS`` among the blocks of a ``StreamField``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from civic_sourcing.challenges.listing.cards import dressed
from civic_sourcing.challenges.listing.filters import in_order
from civic_sourcing.challenges.listing.rows import listed
from civic_sourcing.challenges.listing.wishes import Wishes
from civic_sourcing.challenges.models import ChallengeIndexMixin
from civic_sourcing.challenges.numbers.report import Report, currencies
from civic_sourcing.challenges.status import Status
from civic_sourcing.processes.blocks import PageOfBlock, Reader

TEMPLATES = "civic_sourcing/challenges/blocks"
MOST = 12


class ChallengeIndexBlock(PageOfBlock):
    """Choose a list of challenges."""

    mixin = ChallengeIndexMixin


class ChallengesBlock(blocks.StructBlock):
    """A few challenges as cards: those that can be entered now, or whatever comes first."""

    SHOWN: ClassVar[list[tuple[str, Any]]] = [
        ("open", _("Only those that are open")),
        ("all", _("All, those that are open first")),
    ]

    index = ChallengeIndexBlock(label=_("list of challenges"))
    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: the title of the list.")
    )
    number = blocks.IntegerBlock(
        label=pgettext_lazy("how many", "number"), default=3, min_value=1, max_value=MOST
    )
    shown = blocks.ChoiceBlock(choices=SHOWN, default="open", label=_("which"))

    class Meta:
        label = _("Challenges of a list")
        icon = "list-ul"
        template = f"{TEMPLATES}/challenges.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        reader, index = _found(value, parent_context)
        if index is None:
            return {**context, "index": None}
        rows = listed(index, reader.request, reader.at)
        if value.get("shown") != "all":
            rows = [row for row in rows if row.status == Status.OPEN]
        chosen = in_order(rows, Wishes(), reader.at)[: min(value.get("number") or 0, MOST)]
        return {
            **context,
            "index": index,
            "index_url": index.get_url(reader.request),
            "challenges": dressed(chosen, index, reader.request, reader.at),
        }


class ChallengeNumbersBlock(blocks.StructBlock):
    """How many challenges there were, and what they came to, as figures and a chart."""

    index = ChallengeIndexBlock(label=_("list of challenges"))
    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: “Challenges in numbers”.")
    )

    class Meta:
        label = _("Numbers of challenges")
        icon = "order"
        template = f"{TEMPLATES}/challenge_numbers.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        reader, index = _found(value, parent_context)
        rows = listed(index, reader.request, reader.at) if index else []
        if not rows:
            return {**context, "report": None}
        report = Report(rows, next(iter(currencies(rows))))
        return {
            **context,
            "report": report,
            "chart": report.charts(report.breakdowns[0])[0],
            "numbers_url": f"{index.get_url(reader.request)}numbers/",
        }


def _found(value: Any, parent_context: Any) -> tuple[Reader, Any]:
    """Who looks, and the list chosen as they may see it."""
    reader = Reader.of(parent_context)
    return reader, reader.page(value.get("index"))


CHALLENGE_BLOCKS = [
    ("challenges", ChallengesBlock()),
    ("challenge_numbers", ChallengeNumbersBlock()),
]
"""Blocks for a ``StreamField`` of any page."""
