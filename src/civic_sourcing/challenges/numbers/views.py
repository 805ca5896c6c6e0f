"""The public numbers of the challenges of a list, and their tables for spreadsheets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from civic_sourcing.challenges.listing.rows import listed
from civic_sourcing.challenges.numbers.report import Report, currencies
from civic_sourcing.core import clock
from civic_sourcing.moderation.showing.tables import csv_answer


@require_safe
def numbers(request: HttpRequest, index: Any) -> HttpResponse:
    """Charts and tables of what may be known of all challenges."""
    report, known = _report(request, index)
    context = index.get_context(request) | {
        "report": report,
        "currencies": [
            {"label": code, "url": f"?currency={code}", "current": code == report.currency}
            for code in known
        ],
        "index_url": index.get_url(request),
    }
    return TemplateResponse(request, "civic_sourcing/challenges/numbers.html", context)


@require_safe
def table(request: HttpRequest, index: Any, table: str) -> HttpResponse:
    """One table of the report as CSV."""
    report, _known = _report(request, index)
    found = report.table(table)
    if found is None:
        raise Http404(table)
    header, rows = found
    return csv_answer(f"{table}-{report.currency.lower()}.csv", header, rows)


def _report(request: HttpRequest, index: Any) -> tuple[Report, list[str]]:
    """The report in the currency asked for, else in the one most used; and all currencies."""
    rows = listed(index, request, clock.of_request(request))
    known = list(currencies(rows))
    asked = request.GET.get("currency", "")
    currency = asked if asked in known else next(iter(known), "")
    return Report(rows, currency), known
