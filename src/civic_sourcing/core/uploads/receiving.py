from dataclasses import dataclass

from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.conf import conf

from .images import reencode
from .kinds import Kind, UploadRefused, kind_of
from .names import display_name
from .pdfs import check_pdf


@dataclass(frozen=True)
class Received:
    """A file that was checked: what to store, and what to show about it. A PDF has no size."""

    content: bytes
    kind: Kind
    name: str
    width: int | None = None
    height: int | None = None


def receive(file: "File[bytes]") -> Received:
    """
    Check what was sent and return what may be stored, or raise ``UploadRefused``.

    Size first, then the kind by content, then the picture's pixels; pictures are encoded anew,
    PDFs stay as they are. Reads at most ``UPLOAD_MAX_BYTES`` and one byte.
    """
    content = _read(file)
    kind = kind_of(content)
    name = display_name(file.name or "", kind)
    if kind is Kind.PDF:
        check_pdf(content)
        return Received(content, kind, name)
    content, width, height = reencode(content, kind)
    return Received(content, kind, name, width, height)


def _read(file: "File[bytes]") -> bytes:
    limit = conf.UPLOAD_MAX_BYTES
    content = b""
    if file.size <= limit:
        file.seek(0)
        content = file.read(limit + 1)
    if file.size > limit or len(content) > limit:
        raise UploadRefused(
            _("This file is too large (%(size)s). At most %(limit)s are possible."),
            code="too-large",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
        )
    if not content:
        raise UploadRefused(_("This file is empty. Please choose another one."), code="empty")
    return content
