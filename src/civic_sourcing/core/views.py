from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from civic_sourcing.core.uploads.serving import file_response, find_visible_upload


@require_safe
def serve_file(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Send an upload to whoever may see it; everybody else learns nothing, not even that it is."""
    upload = find_visible_upload(uuid, request.user)
    if upload is None:
        raise Http404
    try:
        return file_response(upload)
    except FileNotFoundError as error:
        raise Http404 from error
