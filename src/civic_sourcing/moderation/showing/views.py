"""The public log as a page, as a feed and as a table. The same for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import RateLimited
from civic_sourcing.core.limits import HOUR, RateLimit, client_ip
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import Decision
from civic_sourcing.moderation.showing.filters import LogFilter
from civic_sourcing.moderation.showing.log import Entry, entries_of, measures_in, rule_titles
from civic_sourcing.moderation.showing.places import Forum, public_forums
from civic_sourcing.moderation.showing.tables import csv_stream

PER_PAGE = 25
IN_FEED = 50
IN_TABLE = 50_000
AT_A_TIME = 1_000


class Asked:
    """What of the log this request asks for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.forums: dict[int, Forum] = public_forums(request)
        self.rules = rule_titles()
        self.filter = LogFilter(request.GET, forums=self.forums, rules=self.rules)

    @property
    def decisions(self) -> QuerySet[Decision]:
        return self.filter.apply(measures_in(self.forums))

    def entries(self, decisions: Any) -> list[Entry]:
        return entries_of(decisions, self.forums, self.rules, clock.now())

    def all_entries(self) -> Iterator[Entry]:
        """The latest of them, a thousand at a time, in the language this was asked in."""
        language = get_language()
        decisions = self.decisions[:IN_TABLE].iterator(chunk_size=AT_A_TIME)
        while rows := list(islice(decisions, AT_A_TIME)):
            with translation.override(language):
                entries = self.entries(rows)
            yield from entries


@never_cache
@require_safe
def moderation_log(request: HttpRequest) -> HttpResponse:
    """Every measure with its rule, date, forum, outcome and appeal."""
    asked = Asked(request)
    page = Paginator(asked.decisions, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "entries": asked.entries(page.object_list),
        "filter": asked.filter,
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "civic_sourcing/moderation/moderation_log.html", context)


@never_cache
@require_safe
def moderation_log_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a table, at most the latest 50,000, and a few times an hour."""
    try:
        limit = RateLimit("civic_moderation.log_csv", conf.LOG_TABLES_PER_HOUR, HOUR)
        limit.hit(request.user.pk if request.user.is_authenticated else client_ip(request))
    except RateLimited as refused:
        return too_often(refused)
    asked = Asked(request)
    header = [
        _("Date"),
        _("Where"),
        _("Kind"),
        _("Measure"),
        _("Rule"),
        _("State"),
        _("Result of the appeal"),
    ]
    rows = (
        [
            entry.at.date().isoformat(),
            entry.forum.title if entry.forum else "",
            entry.kind,
            entry.outcome,
            entry.rule,
            entry.state,
            entry.appeal,
            str(entry.uuid),
        ]
        for entry in asked.all_entries()
    )
    return csv_stream("moderation-log.csv", [*header, _("Reference")], rows)


def too_often(refused: RateLimited) -> HttpResponse:
    """Say when the table can be had again."""
    answer = HttpResponse(refused.message, status=429, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(refused.retry_after)
    return answer


class ModerationLogFeed(Feed):
    """The latest 50 measures as RSS, with the filters of the page."""

    feed_type = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        return Asked(request)

    def title(self, asked: Asked) -> str:
        return _("Moderation log")

    def description(self, asked: Asked) -> str:
        return _("Every measure of the moderators, with the rule it was taken under.")

    def link(self, asked: Asked) -> str:
        return reverse("civic_moderation:moderation_log")

    def items(self, asked: Asked) -> list[Entry]:
        return asked.entries(asked.decisions[:IN_FEED])

    def item_title(self, entry: Entry) -> str:
        return f"{entry.kind}: {entry.outcome}"

    def item_description(self, entry: Entry) -> str:
        where = entry.forum.title if entry.forum else ""
        return " · ".join(filter(None, [where, entry.rule, entry.state, entry.appeal]))

    def item_pubdate(self, entry: Entry) -> Any:
        return entry.at.replace(hour=0, minute=0, second=0, microsecond=0)

    def item_link(self, entry: Entry) -> str:
        return f"{reverse('civic_moderation:moderation_log')}#measure-{entry.uuid}"

    def item_guid(self, entry: Entry) -> str:
        return f"urn:uuid:{entry.uuid}"
