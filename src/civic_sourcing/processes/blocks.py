"""
Blocks with which editors show a process on any page of the site: card, timeline, call to action.

Put ``*PROCESS_BLOCKS`` among the blocks of a ``StreamField``. A block shows the page in the
reader's language, if there is one, and nothing at all to whom the page may not be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import swapper
from django.apps import apps
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic_sourcing.core import clock
from civic_sourcing.processes.hub import Card
from civic_sourcing.processes.outcomes import outcomes_of
from civic_sourcing.processes.pages import ProcessPageMixin
from civic_sourcing.processes.status import ProcessStatus

TEMPLATES = "civic_sourcing/processes/blocks"


class PageOfBlock(blocks.PageChooserBlock):
    """
    Choose a page that is a ``mixin``, whatever page types the site has made of it.

    Migrations know it as Wagtail's own page chooser, so that they need no code of ours.
    """

    mixin: type[Any] = ProcessPageMixin

    @cached_property
    def target_models(self) -> list[Any]:
        return [model for model in apps.get_models() if issubclass(model, self.mixin)]

    @cached_property
    def target_model(self) -> Any:
        return swapper.load_model("wagtailcore", "Page")

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        kept = {name: value for name, value in kwargs.items() if name != "page_type"}
        return "wagtail.blocks.PageChooserBlock", tuple(args), kept


class ProcessPageBlock(PageOfBlock):
    """Choose a forum, a vote, a call: any participation page."""


@dataclass(frozen=True)
class Reader:
    """Who looks at a block, and when; without a request it is anybody."""

    request: HttpRequest | None

    @classmethod
    def of(cls, parent_context: Any) -> Reader:
        return cls((parent_context or {}).get("request"))

    def page(self, chosen: Any) -> Any:
        """
        What of the ``chosen`` page this reader may see, in their language if there is such a one.

        ``None`` for drafts and for pages that are private to others.
        """
        if chosen is None:
            return None
        page = chosen.localized.specific if chosen.localized.live else chosen.specific
        return page if page.live and self._may_open(page) else None

    def card(self, chosen: Any) -> Card | None:
        """The process of the ``chosen`` page as a card; ``None`` where ``page`` is."""
        page = self.page(chosen)
        process = getattr(page, "process", None)
        if page is None or process is None:
            return None
        prefetch_related_objects([process], "phases")
        status = ProcessStatus(process, self.at)
        told = outcomes_of([process.pk])[process.pk]
        return Card(page, process, status, page.get_url(self.request) or "", told)

    @property
    def at(self) -> Any:
        return clock.of_request(self.request) if self.request else clock.now()

    def _may_open(self, page: Any) -> bool:
        restrictions = list(page.get_view_restrictions())
        if self.request is None:
            return not restrictions
        return all(restriction.accept_request(self.request) for restriction in restrictions)


class ProcessBlock(blocks.StructBlock):
    """One process, looked up for the reader; ``card`` is empty where it is not for them."""

    page = ProcessPageBlock(label=_("page"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "card": Reader.of(parent_context).card(value.get("page"))}


class ProcessCardBlock(ProcessBlock):
    """A process as the hub shows it: what is open, until when, what became of it."""

    class Meta:
        label = _("Process")
        icon = "form"
        template = f"{TEMPLATES}/process_card.html"


class ProcessTimelineBlock(ProcessBlock):
    """All phases of a process with their dates."""

    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: the title of the page.")
    )

    class Meta:
        label = _("Timeline of a process")
        icon = "calendar-alt"
        template = f"{TEMPLATES}/process_timeline.html"


class CallToActionBlock(ProcessBlock):
    """An invitation with a button while something is open; afterwards the way to the outcome."""

    heading = blocks.CharBlock(
        label=_("heading"), required=False, help_text=_("Empty: the title of the page.")
    )
    text = blocks.TextBlock(
        label=_("text"),
        required=False,
        help_text=_("Shown while something is open. Empty: what people can do in the open phase."),
    )
    button = blocks.CharBlock(
        label=_("button"), required=False, max_length=60, help_text=_("Empty: “Take part”.")
    )

    class Meta:
        label = _("Call to action")
        icon = "pick"
        template = f"{TEMPLATES}/call_to_action.html"


PROCESS_BLOCKS = [
    ("process_card", ProcessCardBlock()),
    ("process_timeline", ProcessTimelineBlock()),
    ("call_to_action", CallToActionBlock()),
]
"""Blocks for a ``StreamField`` of any page."""
