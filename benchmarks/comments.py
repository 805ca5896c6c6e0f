"""Threads of 50, 500 and 5,000 comments, and posting one with all checks on."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from benchmarks.checks import furnish
from benchmarks.harness import Measurement, Table, measure, measure_call
from benchmarks.ideas import idea_page, make_forum, participants, save_pages
from civic_sourcing.attribution.models import Contribution, LedgerChain
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.slot import show_thread
from civic_sourcing.comments.texts import rendered
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.participants.models import Participant

SIZES = (50, 500, 5_000)
TEXT = (
    "I walk here with my mother every evening, and a bench every two hundred metres would decide "
    "whether she can come along. Please do not forget backrests.\n\nSee https://neulbom.example."
)
CHUNK = 2_000
SECONDS = 2.0


def discussed_idea() -> IdeaPage:
    """An idea people may comment on, in a forum of its own."""
    forum = IdeaForumPage.objects.filter(slug="ideas").first() or make_forum()
    number = IdeaPage.objects.of(forum.process).count()
    idea = idea_page(forum, number, participants())
    idea.contribution.sequence = Contribution.objects.filter(process=forum.process).count() + 1
    save_pages([idea])
    Page.objects.filter(pk=forum.pk).update(numchild=number + 1)
    return idea


def fill(thread: Thread, number: int) -> None:
    """Bring ``thread`` to ``number`` comments in bulk: of ten, five are replies, two on level 3."""
    authors = participants()
    begin = Comment.objects.filter(thread=thread).count()
    sequence = Contribution.objects.filter(process=thread.process).count()
    start = timezone.now() - timedelta(days=30)
    rows = Contribution.objects.bulk_create(
        (
            Contribution(
                kind="comment",
                process=thread.process,
                author=authors[each % len(authors)],
                sequence=sequence + each + 1,
                received_at=start + timedelta(seconds=each),
                state="published",
                language="en",
            )
            for each in range(begin, number)
        ),
        batch_size=CHUNK,
    )
    Comment.objects.bulk_create(placed(thread, rows), batch_size=CHUNK)
    Thread.objects.filter(pk=thread.pk).update(comment_count=number)
    received = Contribution.objects.filter(process=thread.process).count()
    LedgerChain.objects.get_or_create(process=thread.process)
    LedgerChain.objects.filter(process=thread.process).update(received=received)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cache.clear()


def placed(thread: Thread, rows: list[Contribution]) -> Iterator[Comment]:
    html = rendered(TEXT)
    root = branch = rows[0].pk
    for each, row in enumerate(rows):
        depth = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3)[each % 10]
        parent = {1: None, 2: root, 3: branch}[depth]
        root = row.pk if depth == 1 else root
        branch = row.pk if depth < 3 else branch
        yield Comment(
            contribution=row,
            thread=thread,
            parent_id=parent,
            root_id=root,
            branch_id=branch,
            depth=depth,
            text=TEXT,
            rendered_html=html,
            shown_at=row.received_at,
            replies=5 if depth == 1 and each % 10 == 4 else 0,
            helpful=each % 7,
            rating=each * 7919 % 1_000_000,
        )


def measure_thread(thread: Thread, idea: IdeaPage, size: int) -> Iterator[Measurement]:
    """The thread alone, its page, the page for somebody signed in, and what htmx asks for."""
    request = RequestFactory().get(idea.url)
    request.user, request.session = AnonymousUser(), {}
    name = f"{size:,} comments"
    yield measure_call(
        lambda: show_thread({"request": request}, idea.contribution),
        what=f"{name}: thread alone",
        seconds=SECONDS,
    )
    yield measure(idea.url, what=f"{name}: page", seconds=SECONDS)
    client = signed_in(get_user_model().objects.get(username="bench7"))
    yield measure(idea.url, what=f"{name}: page, signed in", client=client, seconds=SECONDS)
    yield measure(
        f"{idea.url}?order=rated", what=f"{name}: page, best rated first", seconds=SECONDS
    )
    arrivals = reverse("civic_comments:arrivals", args=[idea.contribution.uuid])
    since = (timezone.now() - timedelta(days=40)).isoformat().replace("+", "%2B")
    yield measure(f"{arrivals}?since={since}", what=f"{name}: what came in", seconds=SECONDS)


def measure_posting(idea: IdeaPage) -> Measurement:
    """One comment after the other, each by somebody else, with every check of the gate at work."""
    furnish()
    address = reverse("civic_comments:post", args=[idea.contribution.uuid])
    long_here = timezone.now() - timedelta(days=30)
    Participant.objects.update(age_band=Participant.AgeBand.OF_AGE, created_at=long_here)
    clients = [signed_in(person.user) for person in participants()]
    numbers = itertools.count()

    def post() -> None:
        each = next(numbers)
        cache.clear()
        client = clients[each % len(clients)]
        response = client.post(address, {"text": f"{each} times I have sat here. {TEXT}"})
        if response.status_code != 302:
            raise RuntimeError(f"A comment must be posted, not answered {response.status_code!r}.")

    return measure_call(post, what="posting a comment, all checks on")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def tables() -> Iterator[Table]:
    """Threads of ``SIZES``, then posting in the largest."""
    rows = []
    for size in SIZES:
        idea = discussed_idea()
        thread = Thread.objects.opened_below(idea.contribution)
        fill(thread, size)
        rows += measure_thread(thread, idea, size)
    yield Table.of(f"Threads on {connection.display_name}", rows)
    yield Table.of(
        f"Posting below {SIZES[-1]:,} comments on {connection.display_name}",
        [measure_posting(idea)],
    )
