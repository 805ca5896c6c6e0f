import re

from django.utils.translation import gettext_lazy as _

from .kinds import UploadRefused

_START = 1024
_MARKUP = re.compile(rb"<\s*(?:script|html|svg|iframe|!doctype)", re.IGNORECASE)
_END_MARK = b"%%EOF"


def check_pdf(content: bytes) -> None:
    """
    Raise ``UploadRefused`` unless ``content`` is a whole PDF and not a web page in disguise.

    What the document does when it is opened (forms, scripts, links) is not looked at: it is stored
    as it came and only ever offered as a download.
    """
    if _MARKUP.search(content[:_START]):
        raise UploadRefused(
            _("This PDF begins with a web page. Please export the document as PDF again."),
            code="disguised",
        )
    if _END_MARK not in content[-_START:]:
        raise UploadRefused(
            _("This PDF is incomplete. Please save or export it again."), code="damaged"
        )
