"""The texts of a challenge as they are being written: the latest draft of each page."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from typing import Any

from civic_sourcing.challenges.editorial.people import pages_of
from civic_sourcing.challenges.editorial.sections import Section, fields_of
from civic_sourcing.core.audit import canonical_json
from civic_sourcing.processes.models import Process

_BREAKS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


def drafts_of(process: Process) -> list[Any]:
    """The pages of a challenge with their latest draft, the language it was begun in first."""
    return [page.get_latest_revision_as_object() for page in pages_of(process)]


def digests_of(pages: Iterable[Any]) -> dict[str, str]:
    """SHA-256 of the texts of each page, by the code of its language."""
    return {page.locale.language_code: _digest(page) for page in pages}


def _digest(page: Any) -> str:
    names = [name for section in Section for name in fields_of(section).texts]
    texts = {name: _written(page, name) for name in names}
    if not texts["attachments"]:
        del texts["attachments"]  # so what was approved before there were any stays approved
    return hashlib.sha256(canonical_json(texts).encode()).hexdigest()


def _written(page: Any, name: str) -> Any:
    """A text as JSON takes it: of a picture its key, of attachments those of the documents."""
    if name == "attachments":
        return [block.value.pk for block in page.attachments if block.value]
    return getattr(page, f"{name}_id" if name == "picture" else name)


def plain(markup: str) -> str:
    """The words of rich text, a line for each paragraph and each point of a list."""
    lines = _TAGS.sub("", _BREAKS.sub("\n", markup or "")).splitlines()
    return "\n".join(filter(None, (html.unescape(line).strip() for line in lines)))


def glossary_of(page: Any) -> dict[str, str]:
    """``{term: what it means}`` as the page explains it."""
    rows = page.glossary or []
    return {row["term"]: row["meaning"] for row in rows if row.get("term")}
