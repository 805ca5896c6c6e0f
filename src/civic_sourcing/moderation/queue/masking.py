"""Marking passages of a text: by position, or by what they say. No Django in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MarkedSpan = tuple[str, int, int]
"""Name of the field, first position and the one behind the last, in code points."""
MOST_SPANS = 200


def read_spans(given: Any, texts: Mapping[str, str]) -> list[MarkedSpan]:
    """
    Return the spans that a browser sent. Raises ``ValueError`` for anything that is not inside.

    ``texts`` are the fields as they are now.
    """
    if not isinstance(given, list) or len(given) > MOST_SPANS:
        raise ValueError(f"Spans must be a list of at most {MOST_SPANS}, not {given!r}.")
    return [_span(each, texts) for each in given]


def spans_of_passages(
    passages: str, texts: Mapping[str, str]
) -> tuple[list[MarkedSpan], list[str]]:
    """
    Find each line of ``passages`` wherever it stands in ``texts``, without overlaps.

    Also return the lines that were found nowhere. Upper and lower case are different.
    """
    found: list[MarkedSpan] = []
    missing: list[str] = []
    for passage in _lines(passages):
        places = [(name, *place) for name, text in texts.items() for place in _all(passage, text)]
        found += places
        if not places:
            missing.append(passage)
    return found, missing


def _lines(passages: str) -> list[str]:
    lines = (line.strip() for line in passages.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _all(passage: str, text: str) -> Iterable[tuple[int, int]]:
    begin = text.find(passage)
    while begin >= 0:
        end = begin + len(passage)
        yield begin, end
        begin = text.find(passage, end)


def _span(given: Any, texts: Mapping[str, str]) -> MarkedSpan:
    match given:
        case [str(name), int(begin), int(end)] if name in texts:
            if 0 <= begin < end <= len(texts[name]):
                return name, begin, end
    raise ValueError(f"A span must be [field, begin, end] inside its field, not {given!r}.")
