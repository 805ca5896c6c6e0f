"""The list of a forum for machines: as a feed, and as spots on a map. Filters hold here, too."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.core import clock
from civic_sourcing.ideas.listing.ideas import IdeaList
from civic_sourcing.ideas.listing.orders import ORDERS
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.listing.wishes import NEWEST
from civic_sourcing.ideas.tags import tags_of

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
IN_FEED = 30
IN_GEOJSON = 1_000


@require_safe
def feed(request: HttpRequest, forum: Any) -> HttpResponse:
    """The latest ideas as RSS, narrowed as the list is."""
    here = _list(request, forum)
    newest = here.rows.order_by(*ORDERS[NEWEST]).values_list("pk", flat=True)[:IN_FEED]
    ideas = forum.idea_model.objects.filter(contribution__in=list(newest)).for_feeds().newest()
    tags = tags_of(ideas)
    home = request.build_absolute_uri(forum.get_url(request))
    rss = Rss201rev2Feed(
        title=_for_xml(forum.title),
        link=home,
        description=_for_xml(forum.introduction) or forum.words.plural,
        language=forum.locale.language_code,
        feed_url=request.build_absolute_uri(),
    )
    for idea in ideas:
        rss.add_item(
            title=idea.title,
            link=request.build_absolute_uri(idea.get_url(request)),
            description=idea.opening,
            author_name=idea.author_name,
            pubdate=idea.filed_at,
            unique_id=str(idea.uuid),
            unique_id_is_permalink=False,
            categories=tags[idea.pk],
        )
    return HttpResponse(rss.writeString("utf-8"), content_type=rss.content_type)


@require_safe
def geojson(request: HttpRequest, forum: Any) -> HttpResponse:
    """
    Ideas that have a spot as GeoJSON (RFC 7946), narrowed as the list is, a thousand a page.

    ``next`` is the address of what follows, if anything does.
    """
    here = _list(request, forum)
    ideas = forum.idea_model.objects.filter(
        contribution__in=here.rows.values("pk"), latitude__isnull=False
    )
    ideas = ideas.select_related("contribution__idea_tally", "locale", "category", "district")
    ideas = ideas.defer("description", "rendered_html").newest()
    page = Paginator(ideas, IN_GEOJSON).get_page(request.GET.get("page"))
    answer: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [_feature(request, idea, here.supports_shown) for idea in page],
    }
    if page.has_next():
        query = here.wishes.query(page=page.next_page_number())
        answer["next"] = request.build_absolute_uri(f"{request.path}{query}")
    return JsonResponse(answer, content_type="application/geo+json")


def _for_xml(text: str) -> str:
    """What editors pasted, without the controls XML cannot carry."""
    return NOT_IN_XML.sub(" ", text)


def _list(request: HttpRequest, forum: Any) -> IdeaList:
    before_reading(forum.process)
    return IdeaList(forum, request, are_supports_told(forum.process, clock.of_request(request)))


def _feature(request: HttpRequest, idea: Any, supports_shown: bool) -> dict[str, Any]:
    properties = {
        "title": idea.title,
        "url": request.build_absolute_uri(idea.get_url(request)),
        "language": idea.locale.language_code,
        "stage": idea.stage,
        "category": idea.category.code if idea.category else None,
        "district": idea.district.code if idea.district else None,
        "filed": idea.filed_at.isoformat(),
    }
    if supports_shown:
        properties["supports"] = idea.contribution.idea_tally.supports
    return {
        "type": "Feature",
        "id": str(idea.uuid),
        "geometry": {
            "type": "Point",
            "coordinates": [float(idea.longitude), float(idea.latitude)],
        },
        "properties": properties,
    }
