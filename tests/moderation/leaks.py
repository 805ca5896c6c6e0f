"""
Kinds of contributions, and everything somebody could try to read what is not for reading.

To have another kind looked after, write its ``Subject`` and add it to ``SUBJECTS`` in
``test_leaks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.urls import path, reverse
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from civic_sourcing.attribution import ledger, similar
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.actions import EditComment, FollowThread, PostComment
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation.models import Report
from civic_sourcing.participants.models import Participant
from town.urls import urlpatterns as town

SECRET = "zanzibar"

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("api/v2/", router.urls), *town]


class Subject:
    """One kind of contribution: how it is written and edited, and where it could be read."""

    kind: str
    tables: Sequence[str] = ()
    """Where its words are kept while they wait: beside the ledger, nowhere else."""
    is_searched = True
    """Whether what is public of it is found by search, and by who writes the like."""

    def __init__(self, forum, author):
        self.forum = forum
        self.author = author

    def write(self, title: str, text: str) -> Contribution:
        """Hand in, as the author."""
        raise NotImplementedError

    def edit(self, contribution: Contribution, title: str, text: str) -> None:
        """Change the text, as the author, inside the caller's transaction."""
        raise NotImplementedError

    def addresses(self, contribution: Contribution) -> Iterator[str]:
        """Addresses at which its words could be read, had somebody forgotten them."""
        uuid = contribution.uuid
        yield self.forum.url
        for name in ("credits", "certificate", "offer_to_improve"):
            yield reverse(f"civic_attribution:{name}", args=[uuid])
        yield reverse("civic_attribution:check")
        for version in contribution.versions.all():
            yield reverse("civic_attribution:check_fingerprint", args=[version.fingerprint])
        for name in ("new_claim",):
            yield reverse(f"civic_attribution:{name}", args=[uuid])
        yield reverse("civic_moderation:new_report", args=[uuid])
        yield reverse("civic_moderation:reports")
        for name in ("moderation_log", "moderation_log_feed", "moderation_log_csv"):
            yield reverse(f"civic_moderation:{name}")
        yield from self.reports_of(contribution)
        yield "/sitemap.xml"

    def reports_of(self, contribution: Contribution) -> Iterator[str]:
        reports = Report.objects.filter(case__contribution=contribution)
        for uuid in reports.values_list("uuid", flat=True):
            yield reverse("civic_moderation:report", args=[uuid])

    def ways(self, address: str) -> Sequence[Mapping[str, str]]:
        """Headers with which an address answers differently."""
        return [{}]

    def spans(self, contribution: Contribution) -> list[list[object]]:
        """The passages that tell the secret."""
        words = dict(
            zip(("title", "text"), contribution.kind_of.canonical(contribution), strict=True)
        )
        return [
            [name, at, at + len(SECRET)]
            for name, text in words.items()
            for at in range(len(text))
            if text[at:].lower().startswith(SECRET)
        ]

    def admin_addresses(self, contribution: Contribution) -> Iterator[str]:
        """Screens of Wagtail's admin on which its words could be read."""
        yield reverse("wagtailadmin_home")
        yield reverse("wagtailadmin_reports:site_history")

    def found_by_search(self, words: str) -> list[str]:
        """What the site's search finds."""
        return [page.title for page in Page.objects.live().search(words)]


class Idea(Subject):
    kind = "idea"
    tables = ("wagtailcore_page", "civic_ideas_ideapage")

    def write(self, title, text):
        idea = ProposeIdea(
            self.forum, by=self.author, title=title, description=text, tags=["river"]
        ).execute()
        return idea.contribution

    def edit(self, contribution, title, text):
        idea = self.page(contribution)
        idea.contribution = contribution
        idea.write(title=title, description=text)
        idea.save()
        ledger.revise(contribution, title=title, text=text)

    def page(self, contribution):
        return IdeaPage.objects.get(contribution=contribution)

    def addresses(self, contribution):
        yield from super().addresses(contribution)
        page = self.page(contribution)
        forum = self.forum.url
        for slug in {page.slug, SECRET}:
            yield from (f"{forum}{slug}/{more}" for more in ("", "credits/", "support/"))
        yield f"{forum}?tag=river"
        yield f"{forum}propose/similar/?title=All+about+{SECRET}"
        api = "/api/v2/pages/"
        yield f"{api}?type=civic_ideas.IdeaPage&fields=*"
        yield f"{api}?fields=*&limit=20"
        yield f"{api}?search={SECRET}"
        yield f"{api}{page.pk}/?fields=*"
        yield f"{api}find/?html_path={page.url_path}"

    def admin_addresses(self, contribution):
        yield from super().admin_addresses(contribution)
        page = self.page(contribution)
        for name in ("edit", "view_draft", "history", "workflow_history", "usage"):
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        yield reverse("wagtailadmin_explore", args=[self.forum.pk])
        yield reverse("wagtailadmin_choose_page_child", args=[self.forum.pk])
        yield f"{reverse('wagtailadmin_choose_page_search')}?q={SECRET}"
        yield f"{reverse('wagtailadmin_pages:search')}?q={SECRET}"
        yield reverse("wagtailadmin_pages:usage", args=[self.forum.pk])

    def found_by_search(self, words):
        everything = IdeaPage.objects.all().search(words)
        return [*super().found_by_search(words), *(page.title for page in everything)]


class Talk(Subject):
    """A comment below an idea; what is public of it is answered and quoted, and people are told."""

    kind = "comment"
    tables = ("civic_comments_comment",)
    is_searched = False

    def __init__(self, forum, author):
        super().__init__(forum, author)
        self.neighbour = get_user_model().objects.create_user("next-door")
        person = Participant.objects.of(self.neighbour)
        Participant.objects.filter(pk=person.pk).update(age_band=Participant.AgeBand.OF_AGE)
        self.idea = ProposeIdea(
            forum, by=self.neighbour, title="Benches", description="To sit on.", tags=[]
        ).execute()
        self.thread = Thread.objects.opened_below(self.idea.contribution)
        FollowThread(self.thread, by=self.neighbour).execute()

    def write(self, title, text):
        comment = self.post(self.author, f"{title}. @next-door {text}")
        if comment.is_readable:
            self.post(self.neighbour, "Is that so?", parent=comment, quoted=comment)
        return comment.contribution

    def post(self, by, text, **more):
        cache.clear()
        key = str(uuid4())
        return PostComment(self.thread, by=by, text=text, idempotency_key=key, **more).execute()

    def edit(self, contribution, title, text):
        comment = Comment.objects.get(pk=contribution.pk)
        EditComment(comment, by=self.author, text=f"{title}. {text}").execute()

    def addresses(self, contribution):
        yield from super().addresses(contribution)
        yield self.idea.url
        yield f"{self.idea.url}?comment={contribution.uuid}"
        for name in ("comment", "replies", "reply", "edit", "versions", "withdraw"):
            yield reverse(f"civic_comments:{name}", args=[contribution.uuid])
        yield f"{reverse('civic_comments:reply', args=[contribution.uuid])}?quote=1"
        yield f"{reverse('civic_comments:rate', args=[contribution.uuid])}?value=1"
        place = [self.idea.contribution.uuid]
        yield reverse("civic_comments:thread", args=place)
        arrivals = reverse("civic_comments:arrivals", args=place)
        yield f"{arrivals}?since=2020-01-01T00:00:00Z&show=1"
        yield f"{reverse('civic_comments:people', args=place)}?name={SECRET}"
        for comment in self.thread.comments.exclude(pk=contribution.pk):
            yield f"{reverse('civic_comments:reply', args=[comment.uuid])}?quote=1"

    def ways(self, address):
        in_place = {"HTTP_HX_REQUEST": "true"}
        return [{}, in_place] if "/comments/" in address else [{}]


def found_similar(contribution: Contribution) -> list[str]:
    """What is offered to somebody who writes the like."""
    matches = similar.find(contribution.process, f"All about {SECRET}")
    return [match.title for match in matches]


def tables_with(words: str) -> set[str]:
    """
    Names of all tables in which ``words`` stand in some row, in whatever column.

    The segments of SQLite's full-text index are left out: they keep what was deleted until they are
    merged, as the file of any database does.
    """
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.endswith("_fts_data"):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(words in _readable(row).lower() for row in cursor.fetchall()):
                found.add(table)
    return found


def _readable(row: Sequence[object]) -> str:
    return " ".join(
        bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)
        for value in row
    )
