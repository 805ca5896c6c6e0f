"""What the session keeps of a visit to the booth: who votes, in which run. Never a choice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

KEY = "civic_booth"


class Memory:
    """One visitor's notes about one thing (``about``), such as a run; gone with the session."""

    def __init__(self, request: HttpRequest, about: object) -> None:
        self._session = request.session
        self._about = str(about)

    @property
    def notes(self) -> dict[str, Any]:
        return dict(self._all().get(self._about, {}))

    def keep(self, **notes: Any) -> None:
        """Remember ``notes`` beside what is known already."""
        self._write({**self._all(), self._about: {**self.notes, **notes}})

    def forget(self) -> None:
        known = self._all()
        if self._about in known:
            del known[self._about]
            self._write(known)

    def _all(self) -> dict[str, Any]:
        return dict(self._session.get(KEY, {}))

    def _write(self, known: dict[str, Any]) -> None:
        if known:
            self._session[KEY] = known
        else:
            self._session.pop(KEY, None)


def stamp(moment: datetime) -> int:
    """Return seconds since 1970, as a session can keep them."""
    return int(moment.timestamp())
