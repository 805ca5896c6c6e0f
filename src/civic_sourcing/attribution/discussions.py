"""
What people say about a contribution, for rooms that know nothing of the one they say it in.

That room registers where its remarks are; others ask for them, and are told in the transaction in
which one appears or goes. What makes a discussion public business registers as a debate: while one
is held, people discuss whatever the phases say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from civic_sourcing.attribution.models import Contribution

Source = Callable[[], QuerySet[Any]]
Listener = Callable[[int, int, datetime], None]
Debate = Callable[[Contribution, datetime], bool]
Opener = Callable[[Contribution], None]

_sources: list[Source] = []
_listeners: list[Listener] = []
_debates: list[Debate] = []
_openers: list[Opener] = []


def register_discussions(source: Source) -> None:
    """
    Have ``source()`` return the remarks everybody can read, as rows of the ledger annotated with
    ``subject`` (primary key of the contribution they are about) and ``said_at``.
    """
    if source not in _sources:
        _sources.append(source)


def register_listener(listener: Listener) -> None:
    """
    Have ``listener(subject, change, at)`` called inside the transaction whenever a remark about the
    contribution ``subject`` (primary key) can be read (``change`` 1; said at ``at``), or no longer
    can (-1). The discussion is locked then.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def remarks_on(subjects: Iterable[int]) -> list[QuerySet[Any]]:
    """Return the readable remarks about these contributions, one queryset for each source."""
    keys = list(subjects)
    return [source().filter(subject__in=keys) for source in _sources]


def tell(subject: int, change: int, at: datetime) -> None:
    """Pass on that the remarks about ``subject`` have changed. Called by the room they are in."""
    for listener in _listeners:
        listener(subject, change, at)


def register_debate(debate: Debate) -> None:
    """Have ``debate(contribution, at)`` tell whether a public debate about it is open then."""
    if debate not in _debates:
        _debates.append(debate)


def register_opener(opener: Opener) -> None:
    """Have ``opener(contribution)`` open a discussion that somebody had closed, after commit."""
    if opener not in _openers:
        _openers.append(opener)


def in_debate(contribution: Contribution, at: datetime) -> bool:
    """Whether people may discuss ``contribution`` at ``at``, whatever the phases say."""
    return any(debate(contribution, at) for debate in _debates)


def open_debate(contribution: Contribution) -> None:
    """Let people discuss ``contribution`` again. Called by the room that holds the debate."""
    for opener in _openers:
        opener(contribution)
