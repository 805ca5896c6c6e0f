"""The lists of the host's own pages stay as they were, however many ideas there are."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageLogEntry

from civic_sourcing.ideas.models import IdeaPage

EXPLORER_API = "/admin/api/main/pages/"
MANY = 30


@pytest.fixture
def at_desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def own_page(home):
    page = home.add_child(instance=Page(title="Bench repairs", slug="repairs"))
    page.save_revision().publish()
    return page


@pytest.fixture
def file_many(propose, author):
    def file():
        for number in range(MANY):
            propose(author, f"Bench number {number}")
        call_command("rebuild_references_index", verbosity=0)

    return file


def titles(response):
    """What a list names, token by token that changes from one request to the next left out."""
    assert response.status_code == 200
    return set(re.findall(r"Bench[\w ]*", response.content.decode()))


def explorer_menu(client, page):
    answer = client.get(f"{EXPLORER_API}?child_of={page.pk}&for_explorer=1").json()
    return [found["title"] for found in answer["items"]]


def test_explorer_menu_lists_no_idea(at_desk, home, forum, own_page, file_many):
    file_many()

    assert explorer_menu(at_desk, home) == [forum.title, own_page.title]
    assert explorer_menu(at_desk, forum) == []


LISTS = {
    "explorer": lambda home: reverse("wagtailadmin_explore", args=[home.pk]),
    "explorer search": lambda home: reverse("wagtailadmin_explore", args=[home.pk]) + "?q=bench",
    "explorer filter": lambda home: (
        reverse("wagtailadmin_explore", args=[home.pk]) + "?has_child_pages=false"
    ),
    "page search": lambda home: reverse("wagtailadmin_pages:search") + "?q=bench",
    "chooser": lambda home: reverse("wagtailadmin_choose_page_child", args=[home.pk]),
    "chooser search": lambda home: reverse("wagtailadmin_choose_page_search") + "?q=bench",
    "dashboard": lambda home: reverse("wagtailadmin_home"),
    "site history": lambda home: reverse("wagtailadmin_reports:site_history"),
    "aging pages": lambda home: reverse("wagtailadmin_reports:aging_pages"),
    "locked pages": lambda home: reverse("wagtailadmin_reports:locked_pages"),
    "history of the forum": lambda home: reverse(
        "wagtailadmin_pages:history", args=[home.get_children().first().pk]
    ),
}


@pytest.mark.parametrize("address", LISTS.values(), ids=LISTS)
def test_lists_of_the_hosts_pages_stay_as_they_were(
    at_desk, home, forum, own_page, file_many, address
):
    before = titles(at_desk.get(address(home), follow=True))

    file_many()

    assert titles(at_desk.get(address(home), follow=True)) == before


def test_page_search_still_finds_and_counts_the_hosts_pages(at_desk, own_page, file_many):
    file_many()

    found = at_desk.get(reverse("wagtailadmin_pages:search"), {"q": "bench"}).content.decode()

    assert own_page.title in found
    assert "There is one matching page" in found


def test_dashboard_counts_the_hosts_pages(at_desk, home, forum, own_page, file_many):
    def count():
        summary = at_desk.get(reverse("wagtailadmin_home")).content.decode()
        return re.search(r"(\d+)\s*(?:<[^>]*>\s*)*Pages?\b", summary).group(1)

    before = count()

    file_many()

    assert count() == before


def test_sitemap_lists_no_idea_unless_the_town_wants_it(rf, settings, idea):
    request = rf.get("/sitemap.xml")

    def listed():
        entries = Sitemap(request)._urls(1, "https", "neulbom.example")
        return [entry["location"] for entry in entries]

    assert not any("benches" in address for address in listed())

    settings.CIVIC_SOURCING = {"IDEAS_IN_SITEMAP": True}
    assert any("benches" in address for address in listed())


class WholeTown(Sitemap):
    """A site's own kind, with pages of its own choice."""

    def items(self):
        return Page.objects.live().order_by("path").specific()


@pytest.mark.parametrize("kind", [Sitemap, WholeTown])
def test_sitemap_loads_no_idea_it_does_not_list(rf, settings, kind, idea):
    def loaded():
        pages = kind(rf.get("/sitemap.xml")).paginator.page(1).object_list
        return idea.pk in [page.pk for page in pages]

    assert not loaded()

    settings.CIVIC_SOURCING = {"IDEAS_IN_SITEMAP": True}
    assert loaded()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(lambda forum: reverse("wagtailadmin_explore", args=[forum.pk]), id="explorer"),
        pytest.param(
            lambda forum: reverse("wagtailadmin_explore", args=[forum.pk]) + "?q=bench",
            id="explorer search in the forum",
        ),
        pytest.param(
            lambda forum: (
                reverse("wagtailadmin_pages:search") + "?q=bench&content_type=civic_ideas.ideapage"
            ),
            id="search for ideas",
        ),
        pytest.param(
            lambda forum: reverse("wagtailadmin_choose_page_child", args=[forum.pk]),
            id="chooser inside the forum",
        ),
        pytest.param(
            lambda forum: (
                reverse("wagtailadmin_choose_page_search")
                + "?q=bench&page_type=civic_ideas.ideapage"
            ),
            id="chooser of ideas",
        ),
    ],
)
def test_who_asks_for_ideas_finds_them(at_desk, forum, idea, address):
    assert idea.title in at_desk.get(address(forum)).content.decode()


def test_citizens_leave_nothing_in_the_hosts_log(forum, supported_idea):
    assert not PageLogEntry.objects.filter(page=supported_idea.pk).exists()
    assert not IdeaPage.objects.get().revisions.exists()
    assert not supported_idea.workflow_states.exists()


@pytest.fixture
def waiting_idea(propose, author):
    """An idea that is public and not listed yet."""
    idea = propose(author, "Bench that waits")
    IdeaPage.objects.filter(pk=idea.pk).update(unlisted=True)
    return idea


API = {
    "all pages": "",
    "ideas": "?type=civic_ideas.IdeaPage&fields=*",
    "below the forum": "?child_of={forum.pk}",
    "by address": "?slug={idea.slug}",
    "search": "?search=bench",
}


@pytest.mark.urls("tests.moderation.leaks")
@pytest.mark.parametrize("query", API.values(), ids=API)
def test_wagtails_api_lists_no_idea_that_waits_for_supporters(
    client, forum, propose, author, waiting_idea, query
):
    listed = propose(author, "Bench that is listed")

    address = "/api/v2/pages/" + query.format(forum=forum, idea=waiting_idea)
    answer = client.get(address).json()

    found = {each["id"] for each in answer["items"]}
    assert waiting_idea.pk not in found
    assert (listed.pk in found) is ("slug" not in query)


@pytest.mark.urls("tests.moderation.leaks")
def test_wagtails_api_does_not_tell_an_idea_that_waits_by_its_number(client, waiting_idea):
    answer = client.get(f"/api/v2/pages/{waiting_idea.pk}/", follow=True)

    assert answer.status_code == 404


def test_next_api_of_wagtail_lists_no_idea_that_waits(rf, waiting_idea):
    querysets = pytest.importorskip("wagtail.api.v3.querysets")
    request = rf.get("/")
    request.user = AnonymousUser()

    pages = querysets.get_pages_queryset(request)

    assert waiting_idea.pk not in set(pages.values_list("pk", flat=True))


def test_admins_explorer_still_finds_an_idea_that_waits(at_desk, forum, waiting_idea):
    page = at_desk.get(reverse("wagtailadmin_explore", args=[forum.pk]))

    assert "Bench that waits" in titles(page)
