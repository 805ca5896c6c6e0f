"""What editors compose the page of a project of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PROSE = ["bold", "italic", "link", "ol", "ul"]

BODY_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("heading"), icon="title")),
    ("paragraph", blocks.RichTextBlock(label=_("paragraph"), features=PROSE)),
    ("picture", ImageBlock(label=_("picture"))),
    ("notice", blocks.TextBlock(label=_("notice"), icon="warning")),
]

PICTURE_BLOCKS = [("picture", ImageBlock(label=_("picture")))]
