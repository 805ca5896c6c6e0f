"""A year of ideas: five forums, each in another phase, played from the first idea until today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.apps import apps
from django.db import transaction

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.actions.edit import EditIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage, StageNews

from . import forums, licences, old_news, reading
from .answered import Course
from .forums import Forum
from .ideas import Life, lives
from .past import Event, at, play
from .people import somebody


def load() -> None:
    for forum in forums.OTHERS:
        page = forums.made(forum)
        if not IdeaPage.objects.of(page.process).exists():
            last = old_news.last_mail()
            with transaction.atomic():
                with at(forums.midnight(forum.opened - 2)):
                    licences.offer(page.process)
                play([*events(forum, page)])
                settle(page, last)


def events(forum: Forum, page: IdeaForumPage) -> Iterator[Event]:
    """Everything that happened in one forum, in no order."""
    all_lives = lives(forum, page)
    by_key = {life.words.facts["key"]: life for life in all_lives if "key" in life.words.facts}
    for life in all_lives:
        course = Course(life, by_key)
        yield from life.events()
        yield from course.events()
        yield from changes(life)
        if apps.is_installed("civic_sourcing.comments"):
            yield from talk(life, course, page)


def talk(life: Life, course: Course, page: IdeaForumPage) -> Iterator[Event]:
    from . import remarks  # noqa: PLC0415 - the room may be missing

    remarks.allow_positions(page.process)
    recent = 0.02 + life.number / 50 - life.forum.closed
    end = course.ended + 0.5 if course.ended else min(recent, life.filed / 2)
    yield from remarks.Talk(life, turn=course.turn, end=end).events()


def changes(life: Life) -> Iterator[Event]:
    """What authors changed after they had been told something."""
    change = reading.texts("follow-up")["edits"].get(life.words.title)
    if change:
        yield Event(change["hours"], partial(edit, life, change))


def edit(life: Life, change: dict[str, str]) -> None:
    words, idea = life.words, IdeaPage.objects.get(pk=life.idea.pk)
    EditIdea(
        idea,
        by=somebody(words.author),
        title=change.get("title", words.title),
        description=change["description"] or words.description,
        tags=words.tags,
        category=idea.category,
        district=idea.district,
        latitude=idea.latitude,
        longitude=idea.longitude,
        note=change["note"],
    ).execute()


def settle(page: IdeaForumPage, last_mail: int) -> None:
    """Let nobody hear today what they were told long ago."""
    recount(page)
    StageNews.objects.all().delete()
    old_news.read()
    old_news.drop_mail_after(last_mail)


def recount(page: IdeaForumPage) -> None:
    """Make the tallies right: most supports came in at once."""
    rows = Contribution.objects.of(page.process).filter(kind="idea")
    tallies.recount(rows.values_list("pk", flat=True))
