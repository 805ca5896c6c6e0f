"""
What a voter has marked and not cast yet: on their own device alone, sealed.

The draft lies in a cookie that only this server opens, and only for the voter it was sealed for. It
is in no session and in no table, so that nothing stored joins a voter to a choice, and it outlives
the session: who signs in again finds it as it was.
"""

from __future__ import annotations

import base64
import json
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings

from civic_sourcing.budgets.ballots.typed import FIELDS, TICK
from civic_sourcing.budgets.casting.keys import Keys, keys_of
from civic_sourcing.budgets.casting.sealing import SealBroken

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from civic_sourcing.budgets.models import VoteRun

COOKIE = "civic_booth_"
LARGEST = 3900
"""Characters of a cookie's value that every browser keeps."""

LONGEST_NAME = 80
LONGEST_VALUE = 40
"""Characters kept of a field; longer than any number on a paper and any value that can be read."""

LONGEST_WORDS = 100
MOST_COMPARED = 3
GRACE = 24 * 60 * 60
"""Seconds a draft is kept after the close, which may still be put off."""

Typed = list[tuple[str, str]]


@dataclass(frozen=True)
class Looking:
    """How a voter looks at the paper: words searched for, area, category, order, size of text."""

    words: str = ""
    area: str = ""
    category: str = ""
    chosen: bool = False
    order: str = ""
    large: bool = False

    @property
    def filters(self) -> bool:
        """Whether anything is set that is folded away at first."""
        return bool(self.area or self.category or self.chosen or self.order)

    @property
    def narrows(self) -> bool:
        """Whether some projects may be left out of sight."""
        return bool(self.words or self.area or self.category or self.chosen)


@dataclass
class Draft:
    """
    One voter's draft: ``typed`` are the names and values of the form, as ``ballots.read`` takes
    them, whatever was typed. ``compared`` are numbers of projects to be shown side by side,
    ``checked`` says that the voter wanted to go on, so that what is wrong is shown, ``was_cast``
    that these are the marks of the ballot this device has cast.
    """

    run: VoteRun
    voter_key: str
    keys: Keys = field(repr=False)
    typed: Typed = field(default_factory=list, repr=False)
    compared: list[str] = field(default_factory=list, repr=False)
    looking: Looking = field(default_factory=Looking, repr=False)
    checked: bool = False
    was_cast: bool = False

    @classmethod
    def load(
        cls, request: HttpRequest, run: VoteRun, voter_key: str, *, keys: Keys | None = None
    ) -> Draft:
        """
        Return the draft that this device holds for this voter; empty where there is none.

        ``keys`` are those of the run, if they are at hand.
        """
        draft = cls(run, voter_key, keys or keys_of(run, using=run._state.db or "default"))
        try:
            sealed = request.COOKIES.get(name_of(run), "")
            text = draft.keys.unseal(sealed, place=draft._place)
            draft._read(json.loads(zlib.decompress(base64.b85decode(text))))
        except (SealBroken, ValueError, zlib.error, KeyError, TypeError):
            return cls(run, voter_key, draft.keys)
        return draft

    def take(self, fields: Iterable[tuple[str, str]]) -> None:
        """Take over the marks of a form that was sent; fields without a value are no marks."""
        before = self.typed
        self.typed = [
            (name[:LONGEST_NAME], value[:LONGEST_VALUE])
            for name, value in fields
            if value and (name == TICK or name.startswith(tuple(FIELDS.values())))
        ]
        self.was_cast = self.was_cast and sorted(self.typed) == sorted(before)
        self.__dict__.pop("sealed", None)

    @cached_property
    def sealed(self) -> str:
        """The cookie's value. Computed once, so change a draft before it is saved."""
        text = json.dumps(self._written(), separators=(",", ":"), ensure_ascii=False)
        packed = base64.b85encode(zlib.compress(text.encode(), 9)).decode("ascii")
        return self.keys.seal(packed, place=self._place)

    @property
    def fits(self) -> bool:
        """Whether the device can keep it. A ballot that can be cast does, unless it is enormous."""
        return len(self.sealed) <= LARGEST

    def save(self, response: HttpResponseBase) -> None:
        """Leave the draft with the device; one that does not fit is not kept."""
        if not self.fits:
            return
        end = self.run.closes_at.timestamp() if self.run.closes_at else time.time()
        response.set_cookie(
            name_of(self.run),
            self.sealed,
            max_age=int(max(end - time.time(), 0)) + (0 if self.was_cast else GRACE),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            **_where(),
        )

    @staticmethod
    def forget(response: HttpResponseBase, run: VoteRun) -> None:
        """Have the device drop what it holds for this run: it was cast, or the voter leaves."""
        response.delete_cookie(name_of(run), **_where())

    @property
    def _place(self) -> str:
        return f"draft:{self.voter_key}"

    def _written(self) -> dict[str, Any]:
        marks = [text for pair in self.typed for text in pair]
        return {
            "marks": marks,
            "compared": self.compared,
            "looking": {name: value for name, value in asdict(self.looking).items() if value},
            "checked": int(self.checked),
            **({"cast": 1} if self.was_cast else {}),
        }

    def _read(self, document: Mapping[str, Any]) -> None:
        marks = document["marks"]
        self.typed = list(zip(marks[::2], marks[1::2], strict=True))
        self.compared = document["compared"]
        self.looking = Looking(**document["looking"])
        self.checked = bool(document["checked"])
        self.was_cast = "cast" in document


def name_of(run: VoteRun) -> str:
    """Return the name of the cookie that holds drafts of ``run``."""
    return COOKIE + run.uuid.hex


def _where() -> dict[str, Any]:
    return {
        "path": settings.SESSION_COOKIE_PATH,
        "domain": settings.SESSION_COOKIE_DOMAIN,
        "samesite": "Lax",
    }
