"""The list of a forum: a page of cards, and what it may be narrowed and sorted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.contributions import KIND
from civic_sourcing.ideas.listing import readings
from civic_sourcing.ideas.listing.cards import Card, dressed
from civic_sourcing.ideas.listing.filters import Choice, Filters
from civic_sourcing.ideas.listing.map_view import MapView
from civic_sourcing.ideas.listing.orders import ORDERS, ordered
from civic_sourcing.ideas.listing.wishes import MAP, Wishes
from civic_sourcing.ideas.models import (
    IdeaForumMixin,
    IdeaQuerySet,
    IdeaTag,
    IdeaTally,
    closed_to,
)
from civic_sourcing.ideas.search import found
from civic_sourcing.moderation.waiting import sentence_for, waiting_of

TAGS_OFFERED = 12
TAGS_REMEMBERED = 60
"""Seconds for which the tags and ways to look at them offered (not the ideas) may be behind."""


@dataclass
class IdeaList:
    """
    The ideas of ``forum`` in all its languages that this visitor may open, as they wish to see
    them: see ``Wishes`` for what the address says, ``orders`` for the orders.

    ``?page=`` turns; for a page that does not exist the nearest one is shown. Costs the same number
    of queries however many ideas there are. With ``supports_shown`` false nothing tells how many
    support an idea, orders included.
    """

    forum: IdeaForumMixin
    request: HttpRequest
    supports_shown: bool = True

    @cached_property
    def wishes(self) -> Wishes:
        """What is wished, without places the forum does not know and orders it does not tell."""
        wishes = Wishes.read(self.request.GET)
        return self.filters.possible(wishes)

    @cached_property
    def filters(self) -> Filters:
        process = self.forum.process
        return Filters(
            readings.categories(process.pk) if process else [],
            readings.districts(process.pk) if process else [],
            supports_shown=self.supports_shown,
        )

    @cached_property
    def _closed(self) -> list[str]:
        return closed_to(self.request)

    @property
    def _is_usual(self) -> bool:
        """Whether it is the list as most people ask for it: queries for it are ready."""
        wishes = self.wishes
        is_whole = not (wishes.narrow or wishes.show or wishes.until or self._closed)
        return is_whole and wishes.order in ORDERS and self.forum.process_id is not None

    @cached_property
    def listed(self) -> QuerySet[IdeaTally]:
        """Tallies of what this visitor may open here, whatever they wish."""
        rows: QuerySet[IdeaTally] = IdeaTally.objects.listed_in(self.forum.process)
        path = f"contribution__{self._model_name}__path__startswith"
        for closed in self._closed:
            rows = rows.exclude(**{path: closed})
        return rows

    @cached_property
    def rows(self) -> QuerySet[IdeaTally]:
        """Tallies of what is wished, in no order."""
        return self._as_wished(self.wishes)

    def _as_wished(self, wishes: Wishes) -> QuerySet[IdeaTally]:
        rows = found(self.listed, wishes.q) if wishes.q else self.listed
        narrowed = self._narrowed(wishes)
        return rows if narrowed is None else rows.filter(contribution__in=narrowed)

    def _narrowed(self, wishes: Wishes) -> Any:
        """Contributions of ideas the filters let through; ``None`` where none is set."""
        ideas: IdeaQuerySet = self.forum.idea_model.objects.of(self.forum.process).order_by()
        known = {
            "stage": wishes.stage,
            "category__code": wishes.category,
            "district__code": wishes.district,
        }
        asked: dict[str, Any] = {name: value for name, value in known.items() if value}
        bounds = wishes.bounds if wishes.show == MAP else None
        if bounds:
            asked["latitude__range"] = (bounds.south, bounds.north)
            asked["longitude__range"] = (bounds.west, bounds.east)
        elif wishes.show == MAP:
            asked["latitude__isnull"] = False
        if not asked and not wishes.tag:
            return None
        ideas = ideas.filter(**asked)
        ideas = ideas.tagged(wishes.tag) if wishes.tag else ideas
        return ideas.values("contribution")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """How many there are, how many of them came since pages are turned, and the latest."""
        until = self.wishes.until
        if self._is_usual:
            number, latest = readings.numbers(self.forum.process_id)
            return {"newer": 0, "number": number, "latest": latest or 0}
        if not until:
            return {"newer": 0, **self.rows.aggregate(number=Count("pk"), latest=Max("pk"))}
        return self.rows.aggregate(
            number=Count("pk", filter=Q(pk__lte=until)),
            newer=Count("pk", filter=Q(pk__gt=until)),
            latest=Max("pk"),
        )

    @property
    def newcomers(self) -> int:
        """How many ideas came in since this visitor began to turn pages."""
        return self._numbers["newer"] if self.page.number > 1 else 0

    @cached_property
    def page(self) -> Page:
        """Primary keys first: skipping to a late page then carries no text and no joins."""
        paginator = Paginator(self._keys, conf.IDEAS_PER_PAGE)
        paginator.count = self._numbers["number"]
        return paginator.get_page(self.request.GET.get("page"))

    @property
    def _keys(self) -> Any:
        if self._is_usual:
            return readings.Keys(self.forum.process_id, self.wishes.order)
        rows, until = self.rows, self.wishes.until
        rows = rows.filter(pk__lte=until) if until else rows
        return ordered(rows, self.wishes, self.request).values_list("pk", flat=True)

    @property
    def query(self) -> str:
        """What links to other pages keep."""
        return self.wishes.query(until=self.wishes.until or self._numbers["latest"] or 0)

    @cached_property
    def cards(self) -> list[Card]:
        """The ideas of this page, as ``idea_card.html`` shows them."""
        keys = list(self.page.object_list)
        ideas = readings.rows_for_cards(self.forum.idea_model, keys)
        place = {key: position for position, key in enumerate(keys)}
        rows = sorted(ideas, key=lambda row: place[row.contribution_id])
        return dressed(
            rows, self.forum, self.request, self.filters, supports_shown=self.supports_shown
        )

    @cached_property
    def map(self) -> MapView | None:
        """The map of what is wished, where it is wished."""
        if self.wishes.show != MAP:
            return None
        # The map asks for spots itself: once is enough.
        rows = self.rows if self.wishes.bbox else self._as_wished(replace(self.wishes, show=""))
        return MapView(self.forum, rows, self.wishes)

    @cached_property
    def waiting(self) -> list[Contribution]:
        """What this visitor has proposed here and nobody else can see yet."""
        if self.forum.process is None or self.wishes.narrow:
            return []
        return waiting_of(self.request.user, self.forum.process, KIND)

    @property
    def waits_for(self) -> str:
        """How long it usually takes until a moderator has looked at it; empty if none is to."""
        return sentence_for(self.waiting)

    @property
    def heading(self) -> str:
        plural, tag = self.forum.words.plural, self.wishes.tag
        if not tag:
            return str(plural)
        return _("%(ideas)s tagged “%(tag)s”") % {"ideas": plural, "tag": tag}

    @property
    def number_in_words(self) -> str:
        return self.forum.words.number(self.page.paginator.count)

    @property
    def choices(self) -> list[Choice]:
        """The lists of the form: filters, then the order."""
        return self.filters.choices(self.wishes)

    @property
    def explanation(self) -> Any:
        """How the order chosen comes about, where that is not plain."""
        return self.filters.explanation(self.wishes)

    @property
    def feed_url(self) -> str:
        """The address of what is listed here as a feed."""
        query = replace(self.wishes, show="", bbox="", until=0, sort="").query()
        return f"feed/{query}" if len(query) > 1 else "feed/"

    @property
    def newcomers_in_words(self) -> str:
        number = self.newcomers
        sentence = ngettext(
            "%(number)d more came in since you began to turn pages.",
            "%(number)d more came in since you began to turn pages.",
            number,
        )
        return sentence % {"number": number}

    @property
    def afresh(self) -> str:
        """The query of the first page, with what came in meanwhile."""
        return self.wishes.query(until=0)

    @property
    def everything(self) -> str:
        """The query without filters, in the order and way of showing chosen."""
        return Wishes(sort=self.wishes.sort, show=self.wishes.show).query()

    @property
    def ways(self) -> list[dict[str, Any]]:
        """List or map, as the element ``tags`` shows it; nothing where no idea has a spot."""
        if not self._has_map:
            return []
        show = self.wishes.show
        return [
            {
                "label": label,
                "url": self.wishes.query(show=value, bbox="", until=0),
                "current": show == value,
            }
            for value, label in (("", _("List")), (MAP, _("Map")))
        ]

    @cached_property
    def _has_map(self) -> bool:
        if self.wishes.show == MAP:
            return True
        key = f"civic_ideas:map:{self.forum.process_id}"
        return bool(cache.get_or_set(key, self._has_spots, TAGS_REMEMBERED))

    def _has_spots(self) -> bool:
        ideas = self.forum.idea_model.objects.of(self.forum.process).order_by()
        return bool(ideas.filter(latitude__isnull=False, live=True, unlisted=False).exists())

    @property
    def tag_links(self) -> list[dict[str, Any]]:
        """What to filter by, as the element ``tags`` shows it: everything first."""
        tag = self.wishes.tag
        if not self.tags and not tag:
            return []
        names = sorted({*self.tags, tag} - {""})
        links = [
            {"label": name, "url": self.wishes.query(tag=name, until=0), "current": name == tag}
            for name in names
        ]
        every = self.wishes.query(tag="", until=0)
        return [{"label": _("All"), "url": every, "current": not tag}, *links]

    @cached_property
    def tags(self) -> list[str]:
        """The words most used in this forum, in the order of the alphabet."""
        key = f"civic_ideas:tags:{self.forum.process_id}"
        names: list[str] = cache.get_or_set(key, self._most_used_tags, TAGS_REMEMBERED) or []
        return names

    def _most_used_tags(self) -> list[str]:
        tagged = IdeaTag.objects.filter(
            tagged_ideas__content_object__process=self.forum.process_id,
            tagged_ideas__content_object__live=True,
            tagged_ideas__content_object__unlisted=False,
        )
        most_used = tagged.annotate(number=Count("tagged_ideas")).order_by("-number", "name")
        return sorted(most_used.values_list("name", flat=True)[:TAGS_OFFERED])

    @property
    def _model_name(self) -> str:
        return str(self.forum.idea_model._meta.model_name)
