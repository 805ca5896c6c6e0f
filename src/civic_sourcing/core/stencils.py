"""
Templates that are drawn once and filled many times.

A list shows the same template twenty times with other words. Elements make a template pleasant to
write and slow to draw, so a stencil is drawn with gaps in the place of the words, keeps what stands
between them, and takes words from then on. That is right only where a template shows its words as
they are: not for one that shortens or compares them. So it is done for our own templates alone;
those a host has put in their place are drawn each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

BEGIN, END = "\ufdd0", "\ufdd1"
"""Noncharacters, which ``core.text`` lets into no text."""

SPECIAL = re.compile("[&<>\"']")
GAP = re.compile(f"{BEGIN}([a-z_]+){END}")
OURS = str(Path(__file__).resolve().parent.parent)
KEPT = "civic_stencils"


def gap(name: str) -> str:
    """Return what holds the place of the word called ``name`` while a stencil is drawn."""
    return f"{BEGIN}{name}{END}"


class Stencil:
    """What a template has drawn around its gaps."""

    def __init__(self, drawn: str) -> None:
        self.parts = GAP.split(drawn)
        self.names = self.parts[1::2]

    def fill(self, words: Mapping[str, Any]) -> SafeString:
        """Put ``words`` into the gaps by name, escaped unless they are safe."""
        parts = self.parts.copy()
        parts[1::2] = [_escaped(words[name]) for name in self.names]
        return mark_safe("".join(parts))  # noqa: S308 - a template of ours around escaped words


def stencil_of(
    template: Template,
    shape: object,
    gaps: Callable[[], dict[str, Any]],
    *,
    parts: Collection[str] = (),
) -> Stencil | None:
    """
    Return the stencil of ``template`` for words of this ``shape``, drawn where there is none yet.

    A shape (hashable, few of them) says which words are there at all and holds whatever is no gap;
    ``gaps`` makes the context to draw it with. ``None`` where the template, or one of its ``parts``
    by name, is a host's.
    """
    known: dict[object, Stencil | None] | None = getattr(template, KEPT, None)
    if known is None:
        known = {}
        setattr(template, KEPT, known)
    if shape not in known:
        engine = template.engine
        ours = all(map(_is_ours, [template, *map(engine.get_template, parts)]))
        known[shape] = Stencil(_drawn(template, engine, gaps())) if ours else None
    return known[shape]


def _escaped(word: Any) -> str:
    """As ``conditional_escape``, which takes twenty steps over words without a special sign."""
    if type(word) is str and not SPECIAL.search(word):
        return word
    return conditional_escape(word)


def _drawn(template: Template, engine: Engine, gaps: dict[str, Any]) -> str:
    return template.render(Context(gaps, autoescape=engine.autoescape))


def _is_ours(template: Template) -> bool:
    return str(template.origin.name).startswith(OURS)
