"""The public page about promises, and its table. The same for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic_sourcing.answers.compliance import Row, compliance
from civic_sourcing.answers.display.clocks import clock_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Promise, PromiseKind
from civic_sourcing.answers.public.figures import chart_of, lines_of, sum_of
from civic_sourcing.answers.public.periods import WordFilter
from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.core import clock
from civic_sourcing.moderation.showing.places import Forum, public_among
from civic_sourcing.moderation.showing.tables import csv_answer
from civic_sourcing.processes.models import Process

MOST_OVERDUE = 100
HEADINGS = (
    _("What was promised"), _("Department"), _("Came due"), _("In time"), _("Late"), _("Overdue"),
    _("Not due yet"), _("Waived"), _("Given more time"), _("In time, in percent"),
)  # fmt: skip


class Asked:
    """What this request asks for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        promised = Promise.objects.order_by().values("contribution__process")
        self.forums: dict[int, Forum] = public_among(
            Process.objects.filter(pk__in=promised), request
        )
        self.filter = WordFilter(request.GET, forums=self.forums)

    @cached_property
    def processes(self) -> list[int]:
        chosen = self.filter.process
        return list(self.forums) if chosen is None else [chosen]

    def rows(self, kind: str) -> list[Row]:
        processes: Any = self.processes
        period = self.filter.period_of
        at = clock.of_request(self.request)
        return compliance(processes, period, at=at, language=get_language(), kind=kind)

    def overdue(self) -> list[dict[str, Any]]:
        """What is overdue now, the longest first, named where the visitor may open it."""
        at, names = clock.of_request(self.request), Names()
        rows = list(self.late(at)[:MOST_OVERDUE])
        contributions = [row.contribution for row in rows]
        public = public_keys(contributions, self.request)
        urls = addresses([row for row in contributions if row.pk in public])
        return [
            {
                "clock": clock_of(row, at, names),
                "title": row.contribution.public_title,
                "language": row.contribution.language,
                "url": urls.get(row.contribution_id, ""),
                "forum": self.forums[row.contribution.process_id].title,
            }
            for row in rows
            if row.contribution_id in public
        ]

    def late(self, at: Any) -> QuerySet[Promise]:
        rows = Promise.objects.overdue(at).filter(
            contribution__process__in=self.processes, contribution__state__in=PUBLIC
        )
        return rows.select_related("contribution", "department").order_by("due_at", "pk")


@never_cache
@require_safe
def kept_promises(request: HttpRequest) -> HttpResponse:
    """By department: what came due, what was kept in time, what is overdue now."""
    asked = Asked(request)
    answers = asked.rows(PromiseKind.ANSWER)
    deliveries = asked.rows(PromiseKind.DELIVERY)
    query = request.GET.urlencode()
    context = {
        "filter": asked.filter,
        "lines": lines_of(answers),
        "total": sum_of(answers),
        "chart": chart_of(lines_of(answers)) if len(answers) > 1 else "",
        "deliveries": lines_of(deliveries),
        "deliveries_total": sum_of(deliveries),
        "overdue": asked.overdue(),
        "query": query,
    }
    return TemplateResponse(request, "civic_sourcing/answers/kept_promises.html", context)


@never_cache
@require_safe
def kept_promises_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a table."""
    asked = Asked(request)
    cells = [cell for kind in PromiseKind for cell in table(str(kind.label), asked.rows(kind))]
    return csv_answer("answers.csv", HEADINGS, cells)


def table(kind: str, rows: Iterable[Row]) -> list[list[object]]:
    """One line for each department; the rate is empty where nothing came due."""
    return [
        [
            kind, each.name, each.row.came_due, each.row.kept, each.row.late, each.row.overdue,
            each.row.open, each.row.waived, each.row.extended,
            "" if each.percent is None else each.percent,
        ]
        for each in lines_of(rows)
    ]  # fmt: skip
