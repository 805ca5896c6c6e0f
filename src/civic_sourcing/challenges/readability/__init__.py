"""
How plainly a text is written, in English and in Korean. Pure Python, without Django.

The measure is a mirror for who writes, with the longest sentences and the words that have a plainer
one, and never a judgement on people. What it counts and how is in ``docs/explanation``.
"""

from civic_sourcing.challenges.readability.measure import (
    Language,
    Level,
    Readability,
    Remark,
    readability,
)
from civic_sourcing.challenges.readability.terms import Glossary, unexplained

__all__ = [
    "Glossary",
    "Language",
    "Level",
    "Readability",
    "Remark",
    "readability",
    "unexplained",
]
