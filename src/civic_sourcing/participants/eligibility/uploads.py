"""A file that is never written to disk, not even for a moment."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from civic_sourcing.participants.eligibility.conf import conf


class MemoryOnly(FileUploadHandler):
    """
    Keep an upload in memory up to ``REGISTER_MAX_BYTES``; a larger one is broken off.

    ``too_large`` on the request tells the view. Put it in place of all other handlers.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > conf.REGISTER_MAX_BYTES:
            self.request.civic_upload_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )
