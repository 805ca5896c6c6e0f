"""
Forum list, search, map and idea page with 1,000, 10,000 and 50,000 ideas; filing and supporting.

``CIVIC_BENCH_IDEAS=1000,10000`` chooses other sizes. On both databases, in some five minutes:

    make bench ARGS="ideas --on both"
"""

import functools
import itertools
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Locale, Page, Site

from benchmarks.crowd import CLIENTS, measure_crowd, neighbours
from benchmarks.harness import Measurement, Table, measure, measure_call, percentile
from civic_sourcing.attribution.models import Channel, Contribution, LedgerChain
from civic_sourcing.core.text import render
from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.models import (
    Category,
    IdeaForumPage,
    IdeaPage,
    IdeaTag,
    Stage,
    Support,
    TaggedIdea,
    ThresholdRule,
)
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Phase

SIZES = tuple(map(int, os.environ.get("CIVIC_BENCH_IDEAS", "1000,10000,50000").split(",")))
AUTHORS = 200
TAGS = ("park", "school", "water", "trees", "streets", "buses", "night", "나무", "공원", "학교")
TEXT = "People want to sit down in the shade. " * 12
KOREAN = "시장 옆 공영주차장을 넓혀 주세요. 밤에는 자리가 없어서 골목까지 차가 서 있습니다. " * 5
CATEGORIES = ("green", "roads", "culture", "water", "school")
CHUNK = 2_000
COMMENTS = 50
CROWD = 800
SECONDS = 1.5
"""For which each address is asked for."""


def make_forum() -> IdeaForumPage:
    """A forum that collects ideas and answers those many support, in a town of its own."""
    root = Page.objects.get(depth=1)
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = root.add_child(instance=Page(title="Home", slug="bench", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    forum = home.add_child(instance=IdeaForumPage(title="Ideas", slug="ideas"))
    now = timezone.now()
    Phase.objects.create(process=forum.process, kind="collect", opens_at=now - timedelta(days=1))
    ThresholdRule.objects.create(
        process=forum.process,
        number=5_000,
        event="answer_due",
        valid_from=now - timedelta(days=400),
    )
    return forum


def fill(forum: IdeaForumPage, number: int) -> None:
    """Bring ``forum`` to ``number`` ideas, each with two tags and up to ten supports, in bulk."""
    begin = IdeaPage.objects.of(forum.process).count()
    authors = participants()
    tags = [IdeaTag.objects.get_or_create(name=name)[0] for name in TAGS]
    received = Contribution.objects.filter(process=forum.process).count()
    for first in range(begin, number, CHUNK):
        numbers = range(first, min(first + CHUNK, number))
        pages = [idea_page(forum, n, authors) for n in numbers]
        for idea in pages:
            received += 1
            idea.contribution.sequence = received
        ideas = save_pages(pages)
        TaggedIdea.objects.bulk_create(
            TaggedIdea(tag=tags[(n + k) % len(tags)], content_object=idea)
            for n, idea in zip(numbers, ideas, strict=True)
            for k in (0, 3)
        )
        Support.objects.bulk_create(
            Support(
                contribution_id=idea.contribution_id,
                participant=authors[(n + k) % AUTHORS],
                created_at=idea.filed_at,
            )
            for n, idea in zip(numbers, ideas, strict=True)
            for k in range(1, 1 + n % 11)
        )
        tallies.recount([idea.contribution_id for idea in ideas])
    Page.objects.filter(pk=forum.pk).update(numchild=number)
    LedgerChain.objects.get_or_create(process=forum.process)
    LedgerChain.objects.filter(process=forum.process).update(received=received)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cache.clear()


def participants() -> list[Participant]:
    users = get_user_model().objects
    if not users.filter(username__startswith="bench").exists():
        people = [get_user_model()(username=f"bench{n}", password="!") for n in range(AUTHORS)]
        Participant.objects.bulk_create(
            Participant(user=user) for user in users.bulk_create(people)
        )
    return list(Participant.objects.order_by("pk")[:AUTHORS])


def idea_page(forum: IdeaForumPage, number: int, authors: list[Participant]) -> IdeaPage:
    slug = f"idea-{number}"
    filed_at = timezone.now() - timedelta(minutes=200_000 - number)
    is_korean = number % 5 == 0
    title = f"공영주차장 넓히기 {number}" if is_korean else f"Benches and shade, number {number}"
    text = KOREAN if is_korean else TEXT
    idea = IdeaPage(
        title=title,
        draft_title=title,
        slug=slug,
        path=IdeaPage._get_path(forum.path, forum.depth + 1, number + 1),
        depth=forum.depth + 1,
        url_path=f"{forum.url_path}{slug}/",
        locale_id=forum.locale_id,
        content_type=ContentType.objects.get_for_model(IdeaPage),
        process=forum.process,
        description=text,
        rendered_html=render(text),
        stage=Stage.values[number % 8],
        category=categories(forum)[number % len(CATEGORIES)],
        latitude=Decimal("37.5") + Decimal(number % 977) / 10_000,
        longitude=Decimal("127.0") + Decimal(number % 991) / 10_000,
        filed_at=filed_at,
        first_published_at=filed_at,
    )
    idea.contribution = Contribution(
        kind="idea",
        process=forum.process,
        author=authors[number % AUTHORS],
        sequence=number + 1,
        received_at=filed_at,
        state="published",
        language="en",
        title=idea.title,
    )
    return idea


@functools.cache
def categories(forum: IdeaForumPage) -> list[Category]:
    return [
        Category.objects.get_or_create(process=forum.process, code=code, names={"en": code})[0]
        for code in CATEGORIES
    ]


def save_pages(ideas: list[IdeaPage]) -> list[IdeaPage]:
    """Write both tables of each page; Django's ``bulk_create`` refuses multi-table models."""
    rows = Contribution.objects.bulk_create(idea.contribution for idea in ideas)
    for idea, row in zip(ideas, rows, strict=True):
        idea.contribution = row
    bases = [copy_fields(idea, Page) for idea in ideas]
    Page.objects.bulk_create(bases)
    own = IdeaPage._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in own)
    marks = ", ".join(["%s"] * len(own))
    table = connection.ops.quote_name(IdeaPage._meta.db_table)
    for idea, base in zip(ideas, bases, strict=True):
        idea.pk = idea.id = base.pk
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",
            [
                [field.get_db_prep_save(getattr(idea, field.attname), connection) for field in own]
                for idea in ideas
            ],
        )
    return ideas


def copy_fields(source: Any, model: type[Page]) -> Page:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return model(**{name: getattr(source, name) for name in names})


def lists(forum: IdeaForumPage, size: int) -> dict[str, str]:
    """What is asked of a list, and the addresses that ask it."""
    wishes: dict[str, dict[str, Any]] = {
        "first page": {},
        "last page": {"page": size // 20},
        "one tag": {"tag": "park"},
        "stage and category": {"stage": "review", "category": "roads"},
        "most supported": {"sort": "supported"},
        "trending": {"sort": "trending"},
        "shuffled": {"sort": "shuffle"},
        "search 주차장": {"q": "주차장"},
        "search one in a thousand": {"q": f"{size // 2} 넓히기"},
        "search and category": {"q": "shade", "category": "green"},
        "map": {"show": "map"},
    }
    return {what: f"{forum.url}?{urlencode(query)}" for what, query in wishes.items()}


def discussed(forum: IdeaForumPage) -> IdeaPage:
    """An idea with fifty comments."""
    from benchmarks.comments import fill as comment_on
    from civic_sourcing.comments.models import Thread

    idea = IdeaPage.objects.of(forum.process).newest().first()
    comment_on(Thread.objects.opened_below(idea.contribution), COMMENTS)
    tallies.recount([idea.contribution_id])
    return idea


def measure_steps(forum: IdeaForumPage, idea: IdeaPage) -> Iterator[Measurement]:
    """Filing an idea and supporting one and the same, past the limits against flooding."""
    people = [person.user for person in participants()]
    Participant.objects.update(age_band=Participant.AgeBand.OF_AGE)
    numbers = itertools.count()

    def propose(tag: str = "water") -> None:
        each = next(numbers)
        words = {"title": f"A well for square {each}", "description": TEXT, "tags": [tag]}
        by = people[each % AUTHORS]
        ProposeIdea(forum, by=by, channel=Channel.IMPORT, **words).execute()

    def support() -> None:
        SupportIdea(idea, by=next(supporters)).execute()

    supporters = iter(neighbours(CROWD // 2))
    yield measure_call(propose, what="propose", seconds=2 * SECONDS)
    new_tag = measure_call(lambda: propose(f"new {next(numbers)}"), what="", seconds=SECONDS)
    yield replace(new_tag, what="propose with a tag nobody has used")
    one_by_one = measure_number(support, what="support one and the same", number=CROWD // 2 - 1)
    yield one_by_one
    if connection.vendor == "postgresql":
        what = f"the same, {CLIENTS} people at a time"
        crowd = measure_crowd(idea, neighbours(CROWD), what=what)
        yield replace(crowd, queries=one_by_one.queries)


def measure_number(call: Callable[[], Any], *, what: str, number: int) -> Measurement:
    """Like ``measure_call`` for what works only so often."""
    durations = []
    computed = time.process_time()
    for _each in range(number):
        began = time.perf_counter()
        call()
        durations.append(time.perf_counter() - began)
    computed = (time.process_time() - computed) / number * 1000
    with CaptureQueriesContext(connection) as captured:
        call()
    slow, usual = percentile(durations, 0.95) * 1000, percentile(durations, 0.5) * 1000
    return Measurement(what, len(captured), number / sum(durations), usual, slow, computed)


def tables() -> Iterator[Table]:
    """One table for each of ``SIZES``, in a database without forums."""
    forum, talked_over = make_forum(), None
    for size in SIZES:
        fill(forum, size)
        talked_over = talked_over or discussed(forum)
        addresses = {
            **lists(forum, size),
            "idea page": IdeaPage.objects.of(forum.process).newest().first().url,
            f"idea page, {COMMENTS} comments": talked_over.url,
        }
        rows = [measure(url, what=what, seconds=SECONDS) for what, url in addresses.items()]
        yield Table.of(f"{size:,} ideas on {connection.display_name}", rows)
    steps = measure_steps(forum, talked_over)
    yield Table.of(f"Steps among {SIZES[-1]:,} ideas on {connection.display_name}", steps)
