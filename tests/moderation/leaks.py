"""
Kinds of contributions, and everything somebody could try to read what is not for reading.

To have another kind looked after, write its ``Subject`` and add it to ``SUBJECTS`` in
``test_leaks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.urls import path, reverse
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from civic_sourcing.attribution import ledger, similar
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaPage
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
        yield "/sitemap.xml"

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
