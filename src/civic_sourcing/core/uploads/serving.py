from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.utils.cache import patch_vary_headers

from .kinds import Kind
from .models import Upload

CACHE_SECONDS = 300
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": f"private, max-age={CACHE_SECONDS}",
}


@dataclass(frozen=True)
class Source:
    """How a room finds one of its uploads, and who may see it (``user`` may be anonymous)."""

    find: Callable[[UUID], Upload | None]
    may_see: Callable[[Any, Upload], bool]


_sources: dict[str, Source] = {}


def register_uploads(
    name: str,
    *,
    find: Callable[[UUID], Upload | None],
    may_see: Callable[[Any, Upload], bool],
) -> None:
    """Let ``civic/files/<uuid>/`` serve a room's uploads; ``name`` is their ``app_label.model``."""
    _sources[name] = Source(find, may_see)


def find_visible_upload(uuid: UUID, user: Any) -> Upload | None:
    """Return the upload if there is one that ``user`` may see; both refusals look the same."""
    for source in _sources.values():
        upload = source.find(uuid)
        if upload is not None:
            return upload if source.may_see(user, upload) else None
    return None


def file_response(upload: Upload) -> FileResponse:
    """
    Return the file, so that a browser shows a picture, downloads a PDF and runs neither.

    Raises ``FileNotFoundError`` if the storage has lost it.
    """
    response = FileResponse(
        upload.file.open("rb"),
        as_attachment=upload.media_type == Kind.PDF.media_type,
        filename=upload.name,
        content_type=upload.media_type,
        headers=_HEADERS,
    )
    patch_vary_headers(response, ["Cookie"])
    return response
