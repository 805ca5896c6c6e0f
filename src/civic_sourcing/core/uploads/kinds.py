import re
from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class UploadRefused(ValidationError):
    """
    A file that cannot be taken, with a sentence for whoever sent it.

    ``code``: empty, too-large, type, svg, heic, too-many-pixels, animated, damaged, disguised.
    """


class Kind(Enum):
    """A kind of file that is taken: media type and extension."""

    JPEG = ("image/jpeg", ".jpg")
    PNG = ("image/png", ".png")
    WEBP = ("image/webp", ".webp")
    PDF = ("application/pdf", ".pdf")

    def __init__(self, media_type: str, extension: str) -> None:
        self.media_type = media_type
        self.extension = extension

    @property
    def is_image(self) -> bool:
        """Tell whether the browser shows it in the page; a PDF is downloaded."""
        return self is not Kind.PDF


_SIGNATURES = {
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Kind.WEBP: re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL),
    Kind.PDF: re.compile(rb"%PDF-[12]\.\d"),
}
_HEIC = re.compile(rb"....ftyp(?:hei|hev|mif1|msf1|avi[fs])", re.DOTALL)
_SVG = re.compile(rb"<svg[\s>]|<!doctype svg", re.IGNORECASE)
_START = 1024


def kind_of(content: bytes) -> Kind:
    """Return the kind ``content`` begins like; names and headers are not asked."""
    for kind, signature in _SIGNATURES.items():
        if signature.match(content):
            return kind
    if _HEIC.match(content):
        raise UploadRefused(
            _("HEIC and AVIF photos cannot be shown everywhere. Please save the photo as JPEG."),
            code="heic",
        )
    if _SVG.search(content[:_START]):
        raise UploadRefused(
            _("SVG drawings can contain programs. Please save the drawing as PNG or PDF."),
            code="svg",
        )
    raise UploadRefused(
        _("Only JPEG, PNG and WebP pictures and PDF documents can be uploaded."), code="type"
    )
