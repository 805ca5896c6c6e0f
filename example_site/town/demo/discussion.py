"""Comments: a discussion of the last quarter, and what people say about the ideas of today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from civic_sourcing.comments.actions import PostComment, RateComment
from civic_sourcing.comments.models import Comment, CommentRules, Thread
from civic_sourcing.core import clock
from civic_sourcing.moderation.figures import Quarter, quarter_of
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate, Process
from civic_sourcing.processes.rules import PhaseRule

from . import old_news, residents, talk
from .pages import page_in_both_languages
from .participation import hub
from .past import Event, as_read, at, play
from .people import cannot_sign_in, say_of_age, somebody

TALKED = 20
SPEAKERS = [*talk.SPEAKERS, *residents.CITIZENS, "citizen", "neighbour"]


def load() -> None:
    load_speakers()
    thread = Thread.objects.opened_below(discussion())
    if not thread.comments.exists():
        last = old_news.last_mail()
        with transaction.atomic():
            play([*events(thread)])
        old_news.drop_mail_after(last)


def load_speakers() -> None:
    """They have been taking part for a year, except for a few who came yesterday."""
    residents.load()
    for username, names in talk.STRANGERS.items():
        say_of_age(cannot_sign_in(username, *names))


def last_quarter() -> Quarter:
    """The latest quarter that is over."""
    this = quarter_of(timezone.localdate(clock.now()))
    return quarter_of(this.first_day - timedelta(days=1))


def beginning() -> datetime:
    day = last_quarter().first_day
    return datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_default_timezone())


def discussion() -> Process:
    """Return the process of the news page on which people discuss, made if it is missing."""
    from town.news.models import NewsPage  # noqa: PLC0415 - comes with the room of comments

    page = page_in_both_languages(
        NewsPage, parent=hub(), slug="harbour-shed", texts=talk.TALK["page"]
    ).specific
    if not page.process.phases.exists():
        phases = [PhaseRule("discuss", beginning(), None)]
        with at(beginning() - timedelta(days=3)):
            SetRules(page.process, by=None, mandate=Mandate.ADVISORY, phases=phases).execute()
        defaults = {"positions": True, "order": "rated"}
        CommentRules.objects.update_or_create(process=page.process, defaults=defaults)
    return page.process


def hours_since(moment: datetime) -> float:
    return (clock.now() - moment) / timedelta(hours=1)


def events(thread: Thread) -> Iterator[Event]:
    """Everything that was said in the first three weeks; then the votes on it."""
    start, people = hours_since(beginning()), cycle(SPEAKERS)
    said: dict[int, Comment] = {}
    flat = list(flattened(talk.TALK["said"]))
    step = TALKED * 24 / len(flat)
    for number, words in enumerate(flat):
        happen = partial(say, thread, said, number, next(people), words)
        yield Event(start - 2 - step * number, happen)
    for number in range(len(flat)):
        for voter in range(number * 7 % 5):
            by = SPEAKERS[(number * 3 + voter * 5) % len(SPEAKERS)]
            value = -1 if (number + voter) % 6 == 0 else 1
            yield Event(
                start - (TALKED + 2) * 24 - number / 10, partial(rate, said, number, by, value)
            )


def flattened(
    said: list[dict[str, Any]], parent: int | None = None, start: int = 0
) -> Iterator[dict[str, Any]]:
    """Each comment with the number of the one it answers, parents first."""
    for words in said:
        own, start = start, start + 1
        said_here = {name: words[name] for name in ("language", "position", "text")}
        yield {**said_here, "parent": parent}
        rows = list(flattened(words.get("replies", []), own, start))
        yield from rows
        start += len(rows)


def say(
    thread: Thread,
    said: dict[int, Comment],
    number: int,
    username: str,
    words: dict[str, Any],
) -> None:
    parent = words["parent"]
    answered = said[parent] if parent is not None else None
    said[number] = post(thread, username, **{**words, "parent": answered})


def post(thread: Thread, username: str, *, looked_at: bool = False, **words: Any) -> Comment:
    """Say something, which moderation sees only where it is to be ``looked_at``."""
    posting = PostComment(thread, by=somebody(username), **words)
    with nullcontext() if looked_at else as_read():
        comment: Comment = posting.execute()
    return comment


def rate(said: dict[int, Comment], number: int, username: str, value: int) -> None:
    comment, user = said[number], somebody(username)
    if comment.contribution.author != Participant.objects.of(user):
        RateComment(comment, by=user, value=value).execute()
