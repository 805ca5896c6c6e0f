from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

import swapper
from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing

from civic_sourcing.core import clock
from civic_sourcing.processes.hub_filters import HubFilters
from civic_sourcing.processes.kinds import read_with_processes
from civic_sourcing.processes.outcomes import Outcome, outcomes_of, together
from civic_sourcing.processes.pages import ProcessPageMixin
from civic_sourcing.processes.privacy import viewable
from civic_sourcing.processes.process import Mandate, Process
from civic_sourcing.processes.status import ProcessStatus

BasePage: Any = swapper.load_model("wagtailcore", "Page", require_ready=False)

FINISHED_SHOWN = 24
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Card:
    """A process as the hub shows it."""

    page: Any
    process: Process
    status: ProcessStatus
    url: str
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The page's own short text without markup, if it has one."""
        texts = (_plain_text(self.page, name) for name in ("introduction", "search_description"))
        return next(filter(None, texts), "")


def _plain_text(page: Any, name: str) -> str:
    text = getattr(page, name, "")
    if not isinstance(text, str):
        return ""
    fields = {field.name: field for field in page._meta.get_fields()}
    is_rich = isinstance(fields.get(name), RichTextField)
    return get_text_for_indexing(text).strip() if is_rich else text


class ParticipationPage(BasePage):
    """The hub: running, coming and finished processes among the pages below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, "introduction"]
    template = "civic_sourcing/processes/participation_page.html"
    allowed_http_methods: ClassVar[list[str]] = ["GET", "HEAD", "OPTIONS"]
    page_description = _("Lists all idea forums, votes and calls below it, by what is open now.")

    class Meta:
        verbose_name = _("participation page")
        verbose_name_plural = _("participation pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        every = self.cards(request)
        filters = HubFilters(request.GET, every)
        cards = filters.chosen
        shown = {card.process.mandate for card in every}
        return {
            **context,
            "filters": filters,
            "running": sorted(
                (card for card in cards if card.status.state == "running"),
                key=lambda card: (card.status.phase is None, card.status.ended_at or NEVER),
            ),
            "coming": sorted(
                (card for card in cards if card.status.state in {"coming", "unplanned"}),
                key=lambda card: card.status.begins_at or NEVER,
            ),
            "finished": sorted(
                (card for card in cards if card.status.state == "finished"),
                key=lambda card: card.status.ended_at or NEVER,
                reverse=True,
            )[:FINISHED_SHOWN],
            "outcomes": together(card.outcomes for card in cards),
            "mandates": [mandate for mandate in Mandate if mandate in shown],
        }

    def cards(self, request: HttpRequest) -> list[Card]:
        """
        The processes below this page that ``request`` may see, each once.

        The number of queries depends on the number of page types, not of pages.
        """
        at = clock.now()
        pages = list(self._process_pages(request))
        rows = Process.objects.select_related(*read_with_processes()).prefetch_related("phases")
        processes = rows.in_bulk({page.process_id for page in pages})
        outcomes = outcomes_of(processes)
        cards = []
        for page in _each_process_once(pages):
            page.process = processes[page.process_id]
            status = ProcessStatus(page.process, at)
            told = outcomes[page.process_id]
            cards.append(Card(page, page.process, status, page.get_url(request), told))
        return cards

    def _process_pages(self, request: HttpRequest) -> Iterable[Any]:
        types = [model for model in apps.get_models() if issubclass(model, ProcessPageMixin)]
        below = BasePage.objects.descendant_of(self).live().filter(locale_id=self.locale_id)
        return viewable(below, request, under=self).type(*types).defer_streamfields().specific()


def _each_process_once(pages: list[Any]) -> list[Any]:
    """An alias beside its original is left out."""
    by_process: dict[int, Any] = {}
    for page in sorted(pages, key=lambda page: page.alias_of_id is not None):
        by_process.setdefault(page.process_id, page)
    return list(by_process.values())
