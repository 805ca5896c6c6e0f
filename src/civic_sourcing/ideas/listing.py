"""The list of a forum: a page of cards, and what it may be filtered by."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.http import urlencode

from civic_sourcing.core.text import TextRefused

from .conf import conf
from .models import IdeaForumMixin, IdeaQuerySet, IdeaTag, Support
from .tags import normalise_tag

TAGS_OFFERED = 12
TAGS_REMEMBERED = 60
"""Seconds for which the tags offered (not the ideas) may be behind."""


@dataclass
class IdeaList:
    """
    The ideas of ``forum`` that the visitor of ``request`` may open, newest first, of all its languages.

    ``?tag=`` filters, ``?page=`` turns; a page that does not exist shows the nearest that does. Costs
    the same number of queries however many ideas there are.
    """

    forum: IdeaForumMixin
    request: HttpRequest

    @cached_property
    def tag(self) -> str:
        try:
            return normalise_tag(self.request.GET.get("tag", ""))
        except TextRefused:
            return ""

    @cached_property
    def ideas(self) -> IdeaQuerySet:
        every = self.forum.idea_model.objects.of(self.forum.process).visible_to(self.request)
        return every.tagged(self.tag) if self.tag else every

    @cached_property
    def page(self) -> Page:
        """Primary keys first: skipping to a late page then carries no text and no joins."""
        keys = self.ideas.newest().values_list("pk", flat=True)
        return Paginator(keys, conf.IDEAS_PER_PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def cards(self) -> list[Any]:
        """The ideas of this page, each with ``supporters``, ``address`` and ``in_other_language``."""
        keys = list(self.page.object_list)
        numbers = Support.objects.numbers(keys)
        cards = list(self.forum.idea_model.objects.filter(pk__in=keys).for_cards().newest())
        for idea in cards:
            idea.supporters = numbers.get(idea.pk, 0)
            idea.address = idea.get_url(self.request)
            idea.in_other_language = idea.locale_id != self.forum.locale_id
        return cards

    @cached_property
    def tags(self) -> list[str]:
        """The words most used in this forum, in the order of the alphabet."""
        return cache.get_or_set(
            f"civic_ideas:tags:{self.forum.process_id}", self._most_used_tags, TAGS_REMEMBERED
        )

    def _most_used_tags(self) -> list[str]:
        tagged = IdeaTag.objects.filter(
            tagged_ideas__content_object__process=self.forum.process_id,
            tagged_ideas__content_object__live=True,
        )
        most_used = tagged.annotate(number=Count("tagged_ideas")).order_by("-number", "name")
        return sorted(most_used.values_list("name", flat=True)[:TAGS_OFFERED])

    def link_to(self, page: int) -> str:
        """The query string of another page of this list."""
        return "?" + urlencode({**({"tag": self.tag} if self.tag else {}), "page": page})

    @property
    def previous_link(self) -> str:
        return self.link_to(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_link(self) -> str:
        return self.link_to(self.page.next_page_number()) if self.page.has_next() else ""
