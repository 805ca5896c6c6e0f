"""Who lives in the town: authors with a name and a voice, and many who only support."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from itertools import product
from random import Random
from typing import Any

from django.contrib.auth import get_user_model

from civic_sourcing.core import clock
from civic_sourcing.participants.models import Participant

from . import reading, talk
from .people import cannot_sign_in, say_of_age

HERE_SINCE = timedelta(days=500)
CITIZENS = {
    "seoyeon": ("Seoyeon", "Yoon"),
    "tomas": ("Tomas", "Berg"),
    "eunji": ("Eunji", "Bae"),
    "grace": ("Grace", "Mensah"),
    "donghyun": ("Donghyun", "Seo"),
    "lena": ("Lena", "Fischer"),
}
"""Username: first name, last name. They cannot sign in: the demo's two citizens can."""

KOREAN_VOICES = """
    citizen seoyeon eunji donghyun hyejin sunhee jaewon yejin kyungho soyoung miran dahye
"""


def load() -> None:
    """Add whoever is missing; they have been taking part for a year."""
    known = set(get_user_model().objects.values_list("username", flat=True))
    for username, names in {**CITIZENS, **talk.SPEAKERS, **_authors()}.items():
        if username not in known:
            say_of_age(cannot_sign_in(username, *names))
    everybody = [*CITIZENS, *talk.SPEAKERS, *_authors(), "citizen", "neighbour"]
    long_ago = clock.now() - HERE_SINCE
    rows = Participant.objects.filter(user__username__in=everybody)
    rows.filter(created_at__gt=long_ago).update(created_at=long_ago)
    _load_quiet_ones(known)


def voices(language: str) -> list[str]:
    """Usernames of those who write in ``language``."""
    return [name for name in _everybody() if (name in _koreans()) == (language == "ko")]


def quiet_ones() -> list[int]:
    """Keys of participants who support and never say a word."""
    rows = Participant.objects.filter(user__username__startswith=QUIET).order_by("pk")
    return list(rows.values_list("pk", flat=True))


QUIET = "resident-"
"""They are inactive accounts, so that nobody writes news and mail for them."""


def some(names: Iterable[str], seed: str) -> list[str]:
    """All of ``names`` in an order that is the same for the same ``seed``."""
    mixed = sorted(names)
    Random(seed).shuffle(mixed)  # noqa: S311 - it has to come out the same each time
    return mixed


def _load_quiet_ones(known: set[str]) -> None:
    people = reading.texts("residents")
    names = list(product(people["families"], people["given"]))
    users: Any = get_user_model()
    fresh = [
        users(
            username=f"{QUIET}{number}",
            first_name=given,
            last_name=family,
            password="!",
            is_active=False,
        )
        for number, (family, given) in enumerate(names)
        if f"{QUIET}{number}" not in known
    ]
    users.objects.bulk_create(fresh)
    lonely = users.objects.filter(username__startswith=QUIET, civic_participant=None)
    at = clock.now() - HERE_SINCE
    Participant.objects.bulk_create(
        Participant(user=user, name=user.get_full_name(), created_at=at) for user in lonely
    )


@cache
def _everybody() -> list[str]:
    return [*CITIZENS, *talk.SPEAKERS, *_authors(), "citizen", "neighbour"]


@cache
def _koreans() -> frozenset[str]:
    return frozenset(KOREAN_VOICES.split()) | {
        name for name, words in _authors().items() if not words[0].isascii()
    }


@cache
def _authors() -> dict[str, list[str]]:
    """A Korean name stands in one piece, as it is written."""
    names: dict[str, str] = reading.texts("residents")["authors"]
    return {
        username: [name, ""] if not name.isascii() else name.split(" ", 1)
        for username, name in names.items()
    }
