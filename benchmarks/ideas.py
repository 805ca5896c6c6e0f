"""Forum list and idea page with 1,000 and 10,000 ideas."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from benchmarks.harness import Table, measure
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.text import render
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage, IdeaTag, Support, TaggedIdea
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Phase

SIZES = (1_000, 10_000)
AUTHORS = 200
TAGS = ("park", "school", "water", "trees", "streets", "buses", "night", "나무", "공원", "학교")
TEXT = "People want to sit down in the shade. " * 12
CHUNK = 2_000


def make_forum() -> IdeaForumPage:
    """A forum that collects ideas, below the home page of a town of its own."""
    root = Page.objects.get(depth=1)
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = root.add_child(instance=Page(title="Home", slug="bench", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    forum = home.add_child(instance=IdeaForumPage(title="Ideas", slug="ideas"))
    now = timezone.now()
    Phase.objects.create(process=forum.process, kind="collect", opens_at=now - timedelta(days=1))
    return forum


def fill(forum: IdeaForumPage, number: int) -> None:
    """Bring ``forum`` to ``number`` ideas, each with two tags and up to ten supports, in bulk."""
    begin = IdeaPage.objects.of(forum.process).count()
    authors = participants()
    tags = [IdeaTag.objects.get_or_create(name=name)[0] for name in TAGS]
    for first in range(begin, number, CHUNK):
        numbers = range(first, min(first + CHUNK, number))
        ideas = save_pages([idea_page(forum, n, authors) for n in numbers])
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
    Page.objects.filter(pk=forum.pk).update(numchild=number)
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
    idea = IdeaPage(
        title=f"Benches and shade, number {number}",
        draft_title=f"Benches and shade, number {number}",
        slug=slug,
        path=IdeaPage._get_path(forum.path, forum.depth + 1, number + 1),
        depth=forum.depth + 1,
        url_path=f"{forum.url_path}{slug}/",
        locale_id=forum.locale_id,
        content_type=ContentType.objects.get_for_model(IdeaPage),
        process=forum.process,
        description=TEXT,
        rendered_html=render(TEXT),
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


def tables() -> Iterator[Table]:
    """One table for each of ``SIZES``, in a database without forums."""
    forum = make_forum()
    for size in SIZES:
        fill(forum, size)
        idea = IdeaPage.objects.of(forum.process).newest().first()
        addresses = {
            "forum list, first page": forum.url,
            "forum list, last page": f"{forum.url}?page={size // 20}",
            "forum list, one tag": f"{forum.url}?tag=park",
            "idea page": idea.url,
        }
        rows = [measure(url, what=what) for what, url in addresses.items()]
        yield Table.of(f"{size:,} ideas on {connection.display_name}", rows)
