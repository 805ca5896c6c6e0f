"""What people write in comments: cleaned, rendered, and called by its first words in lists."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from civic_sourcing.comments.conf import TEXT_COLUMN, conf
from civic_sourcing.core.text import normalise, render
from civic_sourcing.notifications.texts import cut

HEADING_LENGTH = 80


def cleaned(text: str) -> str:
    """The text as it is stored. Raises ``TextRefused`` where it is empty or too long."""
    return normalise(text, max_length=TEXT_COLUMN, max_graphemes=conf.COMMENT_LENGTH)


def heading(text: str) -> str:
    """The first words in one line: comments have no title."""
    return cut(" ".join(text[: 4 * HEADING_LENGTH].split()), HEADING_LENGTH)


def rendered(text: str, names: Iterable[str] = ()) -> SafeString:
    """
    The text as HTML, with the people in ``names`` marked where they are mentioned.

    A name marks nobody new: it is what stands in the text anyway.
    """
    markup = str(render(text))
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        markup = markup.replace(f"@{escape_text(name)}", _MARKED.format(escape_text(name)))
    return mark_safe(markup.replace(_AT, "@"))  # noqa: S308 - rendered and escaped above


_AT = "\U000e0007"
"""Stands for @ in what is marked already, so that “@Ann” does not mark within “@Ann Lee”."""

_MARKED = f'<span class="civic-mention">{_AT}{{}}</span>'


def escape_text(text: str) -> str:
    """As ``render`` escapes: quotes stay as they are."""
    return escape(text).replace("&#x27;", "'").replace("&quot;", '"')
