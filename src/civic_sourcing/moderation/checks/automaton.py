"""Look for thousands of words at once, in one walk over the text (Aho and Corasick, 1975)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator


class Automaton:
    """
    Finds every place where one of ``patterns`` stands, in time linear in the text and the places.

    Nothing is tried twice, whatever text somebody makes up.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._fail = [0]
        self._ends: list[tuple[str, ...]] = [()]
        for pattern in dict.fromkeys(patterns):
            if pattern:
                self._add(pattern)
        self._link()

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each end of a pattern in ``text`` with the pattern, in order of ends."""
        following, fail, ends = self._next, self._fail, self._ends
        beginnings = following[0]
        state = 0
        for at, letter in enumerate(text, start=1):
            if state:
                while state and letter not in following[state]:
                    state = fail[state]
            elif letter not in beginnings:
                continue
            state = following[state].get(letter, 0)
            if ends[state]:
                for pattern in ends[state]:
                    yield at, pattern

    def _add(self, pattern: str) -> None:
        state = 0
        for letter in pattern:
            known = self._next[state].get(letter)
            if known is None:
                known = self._next[state][letter] = len(self._next)
                self._next.append({})
                self._fail.append(0)
                self._ends.append(())
            state = known
        self._ends[state] += (pattern,)

    def _link(self) -> None:
        """Say for every state where to go on when the next letter does not fit."""
        waiting = deque(self._next[0].values())
        while waiting:
            state = waiting.popleft()
            for letter, child in self._next[state].items():
                other = self._fail[state]
                while other and letter not in self._next[other]:
                    other = self._fail[other]
                self._fail[child] = self._next[other].get(letter, 0)
                self._ends[child] += self._ends[self._fail[child]]
                waiting.append(child)
