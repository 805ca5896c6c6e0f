"""
Blocks with which editors show ideas on any page of the site: the latest ones, and how one fares.

Put ``*IDEA_BLOCKS`` among the blocks of a ``StreamField``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from civic_sourcing.attribution.history import history_of
from civic_sourcing.core import clock
from civic_sourcing.ideas.listing.cards import dressed
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaMixin
from civic_sourcing.processes.blocks import PageOfBlock, Reader
from civic_sourcing.processes.status import moment

TEMPLATES = "civic_sourcing/ideas/blocks"
MOST = 12
EVENTS = 5


class ForumPageBlock(PageOfBlock):
    """Choose an idea forum."""

    mixin = IdeaForumMixin


class IdeaPageBlock(PageOfBlock):
    """Choose an idea."""

    mixin = IdeaMixin


class LatestIdeasBlock(blocks.StructBlock):
    """A few ideas of a forum as cards: the newest, or those with the most support."""

    ORDERS: ClassVar[list[tuple[str, Any]]] = [
        ("newest", _("Newest first")),
        ("supported", _("Most supported first")),
    ]

    forum = ForumPageBlock(label=_("idea forum"))
    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: the title of the forum.")
    )
    number = blocks.IntegerBlock(
        label=pgettext_lazy("how many", "number"), default=3, min_value=1, max_value=MOST
    )
    order = blocks.ChoiceBlock(choices=ORDERS, default="newest", label=_("order"))

    class Meta:
        label = _("Ideas of a forum")
        icon = "list-ul"
        template = f"{TEMPLATES}/latest_ideas.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        card = Reader.of(parent_context).card(value.get("forum"))
        ideas = ideas_of(card.page, value, context.get("request")) if card else []
        return {**context, "card": card, "ideas": ideas}


class IdeaProgressBlock(blocks.StructBlock):
    """Where one idea stands, and everything that happened to it."""

    idea = IdeaPageBlock(label=_("idea"))

    class Meta:
        label = _("Progress of an idea")
        icon = "success"
        template = f"{TEMPLATES}/idea_progress.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        reader = Reader.of(parent_context)
        idea = reader.page(value.get("idea"))
        if idea is None:
            return {**context, "idea": None}
        told = are_supports_told(idea.process, reader.at)
        return {
            **context,
            "idea": idea,
            "url": idea.get_url(request) or "",
            "supporters": idea.supports.count() if told else None,
            "steps": steps_of(idea, request),
        }


def ideas_of(forum: Any, value: Any, request: Any) -> list[Any]:
    """The ideas a block shows, ready for ``idea_card.html``; what waits for support is not."""
    every = forum.idea_model.objects.of(forum.process).filter(unlisted=False)
    every = every.visible_to(request) if request else every.live().public()
    told = are_supports_told(forum.process, clock.now())
    if value.get("order") == "supported" and told:
        every = every.order_by("-contribution__idea_tally__supports", "-filed_at", "-pk")
    else:
        every = every.newest()
    rows = every.for_cards()[: min(value.get("number") or 3, MOST)]
    return dressed(rows, forum, request, supports_shown=told)


def steps_of(idea: Any, request: Any) -> list[dict[str, Any]]:
    """
    The beginning and the latest events of ``idea`` for the element “timeline”; its page has all.
    """
    events = history_of(idea.contribution, request)
    events = events if len(events) <= EVENTS else [events[0], *events[1 - EVENTS :]]
    return [
        {
            "label": event.sentence,
            "state": "current" if event is events[-1] else "past",
            "when": moment(event.at),
        }
        for event in events
    ]


IDEA_BLOCKS = [
    ("latest_ideas", LatestIdeasBlock()),
    ("idea_progress", IdeaProgressBlock()),
]
"""Blocks for a ``StreamField`` of any page."""
