"""No text makes a check slow: each pattern, at full length, in less than 50 ms."""

import re
import time
from datetime import date

import pytest

from civic_sourcing.moderation.checks import letters, links, personal_data
from civic_sourcing.moderation.checks.bayes import Counts, Filter, places
from civic_sourcing.moderation.checks.officials import disguised_names
from civic_sourcing.moderation.checks.wording import Wording

from .evil import EVIL, LENGTH

SECONDS = 0.05
TRIES = 5
"""The fastest of so many counts, in time of the processor: other work is nobody's fault."""

WORDING = Wording(
    [*(f"*word{number}*" for number in range(500)), "*시발*", "*idiot*", "*a*", "병신*", "fuck"],
    ["시발점*", "idiomatic"],
)


def taught():
    counts = Counts()
    for number in range(40):
        counts.add(places(f"cheap pills {number} buy now"), is_spam=True)
        counts.add(places(f"a bench by the river {number}"), is_spam=False)
    return Filter(counts)


FILTER = taught()

AT_ONE_PLACE = {"_LOCAL", "_DOMAIN", "_KOREAN_PHONE", "_INTERNATIONAL_PHONE", "_WRITTEN_PHONE"}
"""Patterns that are never let loose on a whole text."""


def everywhere(pattern):
    return lambda text: list(pattern.finditer(text))


PATTERNS = {
    **{
        f"{module.__name__.rpartition('.')[2]}{name}": (
            pattern.match if name in AT_ONE_PLACE else everywhere(pattern)
        )
        for module in (personal_data, letters, links)
        for name, pattern in vars(module).items()
        if isinstance(pattern, re.Pattern)
    },
    "personal data": lambda text: personal_data.find(text, today=date(2026, 11, 22)),
    "words": WORDING.find,
    "names": lambda text: disguised_names(text, {"mina", "adminof"}),
    "filter": FILTER.judge,
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("evil", EVIL)
def test_pattern_is_done_with_an_evil_text_in_time(pattern, evil):
    examine, text = PATTERNS[pattern], EVIL[evil]
    assert len(text) == LENGTH

    assert min(_seconds(examine, text) for _try in range(TRIES)) < SECONDS


def _seconds(examine, text):
    began = time.thread_time()
    examine(text)
    return time.thread_time() - began
