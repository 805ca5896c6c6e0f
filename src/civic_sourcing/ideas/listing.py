"""The list of a forum: a page of cards, and what it may be filtered by."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.text import TextRefused
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.contributions import KIND
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaQuerySet, IdeaTag, Support
from civic_sourcing.ideas.tags import normalise_tag
from civic_sourcing.moderation.waiting import sentence_for, waiting_of

TAGS_OFFERED = 12
TAGS_REMEMBERED = 60
"""Seconds for which the tags offered (not the ideas) may be behind."""


@dataclass
class IdeaList:
    """
    The ideas of ``forum`` in all its languages that this visitor may open, newest first.

    ``?tag=`` filters, ``?page=`` turns; for a page that does not exist the nearest one is shown.
    Costs the same number of queries however many ideas there are.
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
        """The ideas of this page, with ``supporters``, ``address``, ``in_other_language``."""
        keys = list(self.page.object_list)
        cards = list(self.forum.idea_model.objects.filter(pk__in=keys).for_cards().newest())
        numbers = Support.objects.numbers([idea.contribution_id for idea in cards])
        for idea in cards:
            idea.supporters = numbers.get(idea.contribution_id, 0)
            idea.address = idea.get_url(self.request)
            idea.in_other_language = idea.locale_id != self.forum.locale_id
            idea.language_name = idea.locale.get_display_name()
        return cards

    @cached_property
    def waiting(self) -> list[Contribution]:
        """What this visitor has proposed here and nobody else can see yet."""
        if self.forum.process is None or self.tag:
            return []
        return waiting_of(self.request.user, self.forum.process, KIND)

    @property
    def waits_for(self) -> str:
        """How long it usually takes until a moderator has looked at it; empty if none is to."""
        return sentence_for(self.waiting)

    @property
    def heading(self) -> str:
        return _("Ideas tagged “%(tag)s”") % {"tag": self.tag} if self.tag else _("Ideas")

    @property
    def number_in_words(self) -> str:
        number = self.page.paginator.count
        return ngettext("%(number)d idea", "%(number)d ideas", number) % {"number": number}

    @property
    def tag_links(self) -> list[dict[str, Any]]:
        """What to filter by, as the element ``tags`` shows it: everything first."""
        if not self.tags and not self.tag:
            return []
        names = sorted({*self.tags, self.tag} - {""})
        links = [
            {"label": name, "url": "?" + urlencode({"tag": name}), "current": name == self.tag}
            for name in names
        ]
        return [{"label": _("All"), "url": "?", "current": not self.tag}, *links]

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
