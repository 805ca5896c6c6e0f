"""The results as pages. Without a released count they are not there: 404, whatever is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from civic_sourcing.budgets.results.page import Results
from civic_sourcing.budgets.results.versions import chosen
from civic_sourcing.budgets.results.walk import Walk
from civic_sourcing.processes.trail import trail_to

if TYPE_CHECKING:
    from django.http import HttpRequest

    from civic_sourcing.budgets.models import CountResult

WALK_TEMPLATE = "civic_sourcing/budgets/results/walk.html"


def results(request: HttpRequest, page: Any) -> HttpResponse:
    """What came out, and why."""
    told = Results(page, released(page, request), request)
    address = request.build_absolute_uri(page.results_url(request))
    answer: HttpResponse = page.render(
        request,
        template=page.results_template,
        context_overrides={
            "results": told,
            "walk_url": page.results_url(request) + "steps/",
            "address": address,
            "mail": mail_link(page.title, told.summary, address),
            "trail": _trail(page, request),
        },
    )
    return answer


def walk(request: HttpRequest, page: Any) -> HttpResponse:
    """The count step by step; the address says which step is shown (``?step=3``)."""
    told = Results(page, released(page, request), request)
    above = {"title": _("Results"), "url": page.results_url(request)}
    answer: HttpResponse = page.render(
        request,
        template=WALK_TEMPLATE,
        context_overrides={
            "results": told,
            "walk": Walk(told.lines, told.money, request.GET.get("step", "")),
            "results_url": above["url"],
            "trail": [*_trail(page, request), above],
        },
    )
    return answer


def released(page: Any, request: HttpRequest) -> CountResult:
    """
    The count everybody may see, or an earlier one (``?count=1``). Raises ``Http404`` for others.
    """
    count = chosen(page, request.GET.get("count", ""))
    if count is None:
        raise Http404
    return count


def mail_link(title: str, summary: str, address: str) -> str:
    """A ``mailto:`` link that passes the results on in the visitor's own mail program."""
    subject = _("Results: %(vote)s") % {"vote": title}
    body = f"{summary}\r\n\r\n{address}"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"


def _trail(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    above = {"title": page.title, "url": page.get_url(request) or ""}
    return [*trail_to(page, request), above]
