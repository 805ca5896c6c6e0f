"""What may follow a Korean noun without making another word of it."""

from __future__ import annotations

from itertools import product

_AFTER_NOUN = ("", "들", "님", "님들", "씨", "놈", "년")
_PARTICLES = (
    "이", "가", "은", "는", "을", "를", "의", "에", "에서", "에게", "에게서", "한테", "한테서",
    "께", "께서", "로", "으로", "로서", "으로서", "로써", "으로써", "와", "과", "랑", "이랑",
    "하고", "도", "만", "까지", "마저", "조차", "부터", "처럼", "같이", "보다", "마다", "야",
    "아", "이야", "여", "이여", "요", "이요", "이다", "다", "이네", "네", "냐", "이냐", "니",
    "이니", "라", "이라", "인", "인가", "이고", "고", "이며", "며", "나", "이나", "든", "이든",
    "뿐", "밖에", "대로", "라고", "이라고", "라는", "이라는", "라니", "이라니", "입니다", "이었",
    "였",
)  # fmt: skip
_AFTER_PARTICLE = ("", "는", "은", "도", "만", "요", "의")
_LONGEST = 8

ENDINGS = frozenset(
    ending
    for noun, particle, more in product(_AFTER_NOUN, ("", *_PARTICLES), _AFTER_PARTICLE)
    if (ending := noun + particle + (more if particle else "")) and len(ending) <= _LONGEST
)
"""Particles, suffixes of address and their usual rows: what an exact word may be followed by."""


def is_followed_by_endings(run: str, end: int) -> bool:
    """Whether from ``end`` to the next space of ``run`` there is nothing but particles."""
    rest, space, _more = run[end : end + _LONGEST + 1].partition(" ")
    return bool(space) and (not rest or rest in ENDINGS)
