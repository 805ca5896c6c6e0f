"""What changed between two versions of a text, word by word, for people to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["same", "gone", "new"]

COMPARISONS = 20_000
"""Pairs of equal parts up to which a text is compared by words, then by lines; else as a whole."""

_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_LINES = re.compile(r"[^\n]*\n+|[^\n]+")


class Piece(NamedTuple):
    """Some words, and whether they stayed, went or came."""

    kind: Kind
    text: str

    @property
    def is_new(self) -> bool:
        return self.kind == "new"

    @property
    def is_gone(self) -> bool:
        return self.kind == "gone"


def difference(before: str, after: str) -> list[Piece]:
    """
    Return the pieces that lead from ``before`` to ``after``, in reading order.

    Those that are not new make up ``before``, those that are not gone make up ``after``; what went
    stands before what came in its place. Punctuation between two changes belongs to them, so that a
    rewritten sentence is not torn apart. The time stays small for texts made to be slow.
    """
    for parts in (_WORDS, _LINES):
        old, new = parts.findall(before), parts.findall(after)
        if _comparisons(old, new) <= COMPARISONS:
            return _readable(_steps(old, new))
    return _readable([Piece("gone", before), Piece("new", after)])


def _comparisons(old: list[str], new: list[str]) -> int:
    counts = Counter(new)
    return sum(number * counts[part] for part, number in Counter(old).items())


def _steps(old: list[str], new: list[str]) -> list[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    for step, begin, end, new_begin, new_end in matcher.get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(old[begin:end])))
        else:
            pieces.append(Piece("gone", "".join(old[begin:end])))
            pieces.append(Piece("new", "".join(new[new_begin:new_end])))
    return pieces


def _readable(pieces: Iterable[Piece]) -> list[Piece]:
    """Join what belongs together and leave out what is empty."""
    whole: list[Piece] = []
    for changed, group in groupby(
        _with_punctuation(list(pieces)), lambda piece: piece.kind != "same"
    ):
        together = list(group)
        kinds: tuple[Kind, ...] = ("gone", "new") if changed else ("same",)
        for kind in kinds:
            text = "".join(piece.text for piece in together if piece.kind == kind)
            whole += [Piece(kind, text)] if text else []
    return whole


def _with_punctuation(pieces: list[Piece]) -> Iterable[Piece]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.kind == "same" and 0 < place < last and not re.search(r"\w", piece.text):
            yield Piece("gone", piece.text)
            yield Piece("new", piece.text)
        else:
            yield piece
