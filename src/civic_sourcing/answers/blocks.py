"""
A block with which editors show on any page how the city kept its promises in a year.

Put ``*ANSWER_BLOCKS`` among the blocks of a ``StreamField``.
"""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic_sourcing.processes.blocks import ProcessPageBlock, Reader

EARLIEST, LATEST = 2000, 2199


class YearOfPromisesBlock(blocks.StructBlock):
    """How many deliveries of a year were kept, late and broken; of one process, or of all."""

    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: says which year it is about.")
    )
    year = blocks.IntegerBlock(
        label=_("year"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        help_text=_("Empty: always the present one."),
    )
    page = ProcessPageBlock(
        label=_("page"),
        required=False,
        help_text=_("A vote or a forum. Empty: everything the city has promised."),
    )

    class Meta:
        label = _("Promises of a year")
        icon = "calendar-check"
        template = "civic_sourcing/answers/blocks/year_of_promises.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from civic_sourcing.answers.display import years  # noqa: PLC0415 - reads models

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        reader = Reader.of(parent_context)
        card = reader.card(value.get("page")) if value.get("page") else None
        if value.get("page") and card is None:
            return {**context, "year": None}
        processes = [card.process.pk] if card else years.public_processes(reader.request)
        number = value.get("year") or localdate(reader.at).year
        year = years.year_of(number, processes, at=reader.at)
        return {
            **context,
            "year": year,
            "where": str(card.process.uuid) if card else "",
            "chart": years.chart_of(year) if year.came_due else "",
        }


ANSWER_BLOCKS = [("year_of_promises", YearOfPromisesBlock())]
"""Blocks for a ``StreamField`` of any page."""
