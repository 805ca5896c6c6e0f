"""Files of a published count. Without one they are not there: 404, whatever is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from civic_sourcing.budgets.exports.kept import ballots_file, result_lines, rows_of
from civic_sourcing.budgets.exports.program import FILE, program
from civic_sourcing.budgets.exports.public import public_document
from civic_sourcing.budgets.exports.tables import result_rows
from civic_sourcing.budgets.results.views import released
from civic_sourcing.moderation.showing.tables import csv_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from civic_sourcing.budgets.models import CountResult

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


def ballots(request: HttpRequest, page: Any) -> HttpResponseBase:
    """Every ballot that was counted, in the .pb format, with nothing that leads to a voter."""
    count = released(page, request)
    file = ballots_file(page, count)
    return _answered(request, file.etag, lambda: _streamed(file, "ballots.pb", TEXT))


def result_file(request: HttpRequest, page: Any) -> HttpResponseBase:
    """The document of the count, its fingerprint, and the ids of the ballots it was made of."""
    count = released(page, request)
    return _answered(request, f'"{count.digest}"', lambda: _result(page, count))


def result_table(request: HttpRequest, page: Any) -> HttpResponse:
    """What became of each project, as a table for spreadsheets."""
    count = released(page, request)
    header, rows = result_rows(page, count)
    return csv_answer("results.csv", header, rows)


def verifier(request: HttpRequest, page: Any) -> HttpResponse:
    """The program that counts the ballots again, for whoever wants to read and run it."""
    released(page, request)
    text = program()
    if not text:
        raise Http404
    return _file(text, FILE, TEXT)


def _result(page: Any, count: CountResult) -> HttpResponseBase:
    told = {"digest": count.digest, **public_document(count.document)}
    lines = result_lines(told, rows_of(page, count))
    return _streamed(lines, "result.json", JSON)


def _answered(
    request: HttpRequest, etag: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """A count never changes: who has its file already is told so, and nothing is sent."""
    known: HttpResponse | None = get_conditional_response(request, etag=etag)
    answer = known or make()
    answer.headers["ETag"] = etag
    return answer


def _streamed(texts: Iterable[str], name: str, kind: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(texts, content_type=kind, headers=_saved_as(name))


def _file(text: str, name: str, kind: str) -> HttpResponse:
    return HttpResponse(text, content_type=kind, headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
