"""What the page of a project says, as plain text, for the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from civic_sourcing.core.text import TextRefused, normalise

TITLE_LENGTH = 255
TEXT_LENGTH = 60_000


@dataclass(frozen=True)
class Words:
    """Title and text of a project, normalised, and the language code they are written in."""

    title: str
    text: str
    language: str


def words_of(page: Any) -> Words:
    """What the page tells about its project: description and body, without the opinion."""
    parts = [get_text_for_indexing(page.description), *_body(page)]
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    title = _clean(page.title, TITLE_LENGTH, single_line=True)
    return Words(title, _clean(text[:TEXT_LENGTH], TEXT_LENGTH * 2), page.text_locale)


def _body(page: Any) -> Iterator[str]:
    for block in page.body:
        if block.block_type == "paragraph":
            yield get_text_for_indexing(block.value.source)
        elif block.block_type in {"heading", "notice"}:
            yield str(block.value)


def _clean(text: str, length: int, *, single_line: bool = False) -> str:
    try:
        return normalise(text, max_length=length, single_line=single_line)
    except TextRefused:
        return ""
