"""What people write in comments: cleaned, rendered, and called by its first words in lists."""

from __future__ import annotations

import re
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
    found = [escape_text(name) for name in sorted(set(names), key=lambda each: (-len(each), each))]
    parts = _LINK_OR_TAG.split(str(render(text)))
    parts[::2] = [_marked(words, found) for words in parts[::2]]
    return mark_safe("".join(parts).replace(_AT, "@"))  # noqa: S308 - rendered and escaped above


def _marked(words: str, names: Iterable[str]) -> str:
    for name in names:
        words = words.replace(f"@{name}", _MARKED.format(name))
    return words


_LINK_OR_TAG = re.compile(r"(<a [^>]*>[^<]*</a>|<[^>]*>)")
"""What is left alone: an @ in an address names nobody."""

_AT = "\U000e0007"
"""Stands for @ in what is marked already, so that “@Ann” does not mark within “@Ann Lee”."""

_MARKED = f'<span class="civic-mention">{_AT}{{}}</span>'


def escape_text(text: str) -> str:
    """As ``render`` escapes: quotes stay as they are."""
    return escape(text).replace("&#x27;", "'").replace("&quot;", '"')
