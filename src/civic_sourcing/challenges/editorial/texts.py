"""The texts of a challenge as they are being written: the latest draft of each page."""

from __future__ import annotations

import html
import re
from typing import Any

from civic_sourcing.challenges.editorial.people import pages_of
from civic_sourcing.processes.models import Process

_BREAKS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


def drafts_of(process: Process) -> list[Any]:
    """The pages of a challenge with their latest draft, the language it was begun in first."""
    return [page.get_latest_revision_as_object() for page in pages_of(process)]


def plain(markup: str) -> str:
    """The words of rich text, a line for each paragraph and each point of a list."""
    lines = _TAGS.sub("", _BREAKS.sub("\n", markup or "")).splitlines()
    return "\n".join(filter(None, (html.unescape(line).strip() for line in lines)))


def glossary_of(page: Any) -> dict[str, str]:
    """``{term: what it means}`` as the page explains it."""
    rows = page.glossary or []
    return {row["term"]: row["meaning"] for row in rows if row.get("term")}
