"""Files of an entry for its judge; where judging is blind, without what tells whose they are."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from civic_sourcing.challenges.models import Assignment, JudgeState
from civic_sourcing.challenges.panel.pdf_metadata import without_metadata
from civic_sourcing.challenges.panel.reading import reading_of
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.panel.views.answers import for_assignment
from civic_sourcing.core.uploads import Kind
from civic_sourcing.core.uploads.serving import file_response


@require_safe
@for_assignment
def file(request: HttpRequest, assignment: Assignment, number: int) -> FileResponse | HttpResponse:
    """One file of the entry, once it is opened; ``number`` is its place in the list."""
    reading = reading_of(assignment)
    judged = entries_of(assignment.round).filter(pk=assignment.entry_id).exists()
    if not reading.is_open or not judged or assignment.judge.state != JudgeState.ACCEPTED:
        raise Http404
    found = next((file for file in reading.files if file.number == number), None)
    if found is None:
        raise Http404
    try:
        response = file_response(found.row)
        if not reading.blind:
            return response
        content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    except FileNotFoundError as error:
        raise Http404 from error
    return blind_response(response, content, found.name)


def blind_response(response: FileResponse, content: bytes, name: str) -> FileResponse:
    """The same file under a name that tells nothing; pictures carry no metadata anyway."""
    is_pdf = response["Content-Type"] == Kind.PDF.media_type
    clean = without_metadata(content) if is_pdf else content
    kept = ("X-Content-Type-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy")
    headers = {key: response[key] for key in (*kept, "Cache-Control", "Vary")}
    return FileResponse(
        BytesIO(clean),
        as_attachment=is_pdf,
        filename=name,
        content_type=response["Content-Type"],
        headers=headers,
    )
