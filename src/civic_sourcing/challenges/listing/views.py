"""The list of challenges as people see it, and as a feed. Filters hold in both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from civic_sourcing.challenges.listing.cards import dressed
from civic_sourcing.challenges.listing.challenges import ChallengeList
from civic_sourcing.challenges.listing.wishes import Wishes
from civic_sourcing.core import clock
from civic_sourcing.core.text import TextRefused, single_line

IN_FEED = 30
LONGEST = 2000


@require_safe
def challenges(request: HttpRequest, index: Any) -> HttpResponse:
    """All challenges below the page, narrowed as the address says."""
    listing = ChallengeList(index, request, clock.of_request(request))
    context = index.get_context(request) | {"listing": listing}
    return TemplateResponse(request, index.get_template(request), context)


@require_safe
def feed(request: HttpRequest, index: Any) -> HttpResponse:
    """The latest challenges as RSS, narrowed as the list is."""
    listing = ChallengeList(index, request, clock.of_request(request))
    listing.wishes = Wishes.read({**request.GET.dict(), "sort": "newest"})
    rss = Rss201rev2Feed(
        title=_plain(index.title),
        link=request.build_absolute_uri(index.get_url(request)),
        description=_plain(index.introduction) or _plain(index.title),
        language=index.locale.language_code,
        feed_url=request.build_absolute_uri(),
    )
    rows = listing.rows[:IN_FEED]
    appeared = {row.page: row.facts for row in rows}
    for card in dressed(rows, index, request, listing.at):
        facts = appeared[card.page.pk]
        rss.add_item(
            title=_plain(card.title),
            link=request.build_absolute_uri(card.address),
            description=_plain(f"{card.summary} {strip_tags(card.when)}"),
            author_name=_plain(card.department) or None,
            pubdate=facts.imported_opens_at or facts.published_at,
            unique_id=str(card.page.translation_key),
            unique_id_is_permalink=False,
            categories=card.types,
        )
    return HttpResponse(rss.writeString("utf-8"), content_type=rss.content_type)


def _plain(text: str) -> str:
    """A line of a feed: no markup, nothing XML cannot carry."""
    try:
        return single_line(strip_tags(text), max_length=LONGEST)
    except TextRefused:
        return ""
