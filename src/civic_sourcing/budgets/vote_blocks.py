"""
Blocks with which editors show votes on any page of the site: what came out of one.

Put ``*VOTE_BLOCKS`` among the blocks of a ``StreamField``. Before the results are released a block
says when to come back, and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic_sourcing.budgets.models import BudgetVoteMixin
from civic_sourcing.budgets.results.page import Results
from civic_sourcing.processes.blocks import PageOfBlock, Reader

TEMPLATES = "civic_sourcing/budgets/blocks"
MOST = 30


class VotePageBlock(PageOfBlock):
    """Choose a budget vote."""

    mixin = BudgetVoteMixin


class VoteOutcomeBlock(blocks.StructBlock):
    """What a vote funded: in one sentence, as a bar of the money used, and project by project."""

    vote = VotePageBlock(label=_("budget vote"))
    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: the title of the vote.")
    )
    number = blocks.IntegerBlock(
        label=_("projects listed at most"), default=6, min_value=0, max_value=MOST
    )

    class Meta:
        label = _("Outcome of a vote")
        icon = "success"
        template = f"{TEMPLATES}/vote_outcome.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        card = Reader.of(parent_context).card(value.get("vote"))
        count = card.page.latest_count if card else None
        if card is None or count is None:
            return {**context, "card": card, "results": None}
        results = Results(card.page, count, request)
        most = min(value.get("number") or 0, MOST)
        return {
            **context,
            "card": card,
            "results": results,
            "listed": results.funded[:most],
            "results_url": card.page.results_url(request),
        }


VOTE_BLOCKS = [("vote_outcome", VoteOutcomeBlock())]
"""Blocks for a ``StreamField`` of any page."""
