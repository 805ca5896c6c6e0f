"""
The admin of the host's own pages is the same with a few ideas and with thousands: every screen says
the same and asks the database as often. ``make prove`` takes 10,000 ideas, the suite fewer.
"""

import re
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page

from benchmarks import ideas as bench
from civic_sourcing.ideas.models import IdeaPage

pytestmark = pytest.mark.prove("postgresql")
"""What is asked is the same on both databases; how long that takes is for the proof."""

FEW, SOME, MANY = 60, 120, 10_000
"""``FEW`` fill a page of every list, which costs the same from then on."""
WORDS, QUERIES = 0, 1

SAME = {
    "dashboard": lambda at: reverse("wagtailadmin_home"),
    "explorer menu": lambda at: f"/admin/api/main/pages/?child_of={at['home'].pk}&for_explorer=1",
    "explorer menu at the forum": lambda at: (
        f"/admin/api/main/pages/?child_of={at['forum'].pk}&for_explorer=1"
    ),
    "explorer": lambda at: reverse("wagtailadmin_explore", args=[at["home"].pk]),
    "explorer at the root": lambda at: reverse("wagtailadmin_explore_root"),
    "explorer search": lambda at: (
        reverse("wagtailadmin_explore", args=[at["home"].pk]) + "?q=benches"
    ),
    "page search": lambda at: reverse("wagtailadmin_pages:search") + "?q=benches",
    "page search for nothing": lambda at: reverse("wagtailadmin_pages:search"),
    "chooser": lambda at: reverse("wagtailadmin_choose_page"),
    "chooser below the home": lambda at: reverse(
        "wagtailadmin_choose_page_child", args=[at["home"].pk]
    ),
    "chooser search": lambda at: reverse("wagtailadmin_choose_page_search") + "?q=benches",
    "history of a page": lambda at: reverse("wagtailadmin_pages:history", args=[at["own"].pk]),
    "history of the forum": lambda at: reverse("wagtailadmin_pages:history", args=[at["forum"].pk]),
    "site history": lambda at: reverse("wagtailadmin_reports:site_history"),
    "aging pages": lambda at: reverse("wagtailadmin_reports:aging_pages"),
    "locked pages": lambda at: reverse("wagtailadmin_reports:locked_pages"),
    "workflows": lambda at: reverse("wagtailadmin_reports:workflow"),
    "workflow tasks": lambda at: reverse("wagtailadmin_reports:workflow_tasks"),
    "usage of a page": lambda at: reverse("wagtailadmin_pages:usage", args=[at["own"].pk]),
    "editor of a page": lambda at: reverse("wagtailadmin_pages:edit", args=[at["own"].pk]),
    "privacy of the home": lambda at: reverse(
        "wagtailadmin_pages:set_privacy", args=[at["home"].pk]
    ),
    "where to move a page": lambda at: reverse("wagtailadmin_pages:move", args=[at["own"].pk]),
    "copying a page": lambda at: reverse("wagtailadmin_pages:copy", args=[at["own"].pk]),
    "sitemap": lambda at: "/sitemap.xml",
}
"""Screens that say and cost the same."""

AS_CHEAP = {
    "list of the ideas": lambda at: reverse("wagtailadmin_explore", args=[at["forum"].pk]),
    "page types": lambda at: reverse("wagtailadmin_reports:page_types_usage"),
    "editor of the forum": lambda at: reverse("wagtailadmin_pages:edit", args=[at["forum"].pk]),
    "copying the forum": lambda at: reverse("wagtailadmin_pages:copy", args=[at["forum"].pk]),
    "privacy of the forum": lambda at: reverse(
        "wagtailadmin_pages:set_privacy", args=[at["forum"].pk]
    ),
    "deleting the section above": lambda at: reverse(
        "wagtailadmin_pages:delete", args=[at["home"].pk]
    ),
    "chooser inside the forum": lambda at: reverse(
        "wagtailadmin_choose_page_child", args=[at["forum"].pk]
    ),
}
"""Screens that tell of ideas, and cost the same however many there are."""


@pytest.fixture
def file(forum):
    """Bring the forum to so many ideas, all of them in Wagtail's search, too."""

    def file(number):
        bench.categories.cache_clear()
        bench.fill(forum, number)
        call_command("update_index", verbosity=0)

    return file


@pytest.fixture
def places(home, forum, file):
    own = home.add_child(instance=Page(title="Benches of iron", slug="benches-of-iron"))
    own.save_revision().publish()
    file(FEW)
    return {"home": home, "forum": forum, "own": own}


@pytest.fixture
def at_desk(client, make_citizen):
    client.force_login(make_citizen("admin", is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def visit(at_desk, places, proving):
    """What a screen says in words, how many queries it takes, and how many milliseconds."""
    times = 2 if proving else 1

    def visit(address):
        url = address(places)
        first = milliseconds(lambda: at_desk.get(url, follow=True), times=times)
        with CaptureQueriesContext(connection) as captured:
            answer = at_desk.get(url, follow=True)
        assert answer.status_code == 200
        return words_of(answer), len(captured), first

    return visit


def milliseconds(ask, *, times):
    """The quickest of some, as other work on the machine only ever adds."""
    durations = []
    for _time in range(times):
        began = time.perf_counter()
        ask()
        durations.append(time.perf_counter() - began)
    return min(durations) * 1000


def words_of(answer):
    """What is said, less what time does to it and the number of pages below one."""
    html = re.sub(r"(?s)<(script|style|template).*?</\1>", " ", answer.content.decode())
    words = " ".join(strip_tags(html).split())
    words = words.replace("\\u00a0", " ").replace("\\n", "")
    words = re.sub(r'"children": { "count": [1-9]\d*', '"children": { "count": "some"', words)
    return re.sub(r"(\d+ (second|minute)s?,? ?)+ ago|Just now|0 minutes ago", "ago", words)


def test_admin_of_the_host_is_as_before(visit, file, proving):
    before = {name: visit(address) for name, address in {**SAME, **AS_CHEAP}.items()}

    file(MANY if proving else SOME)

    after = {name: visit(address) for name, address in {**SAME, **AS_CHEAP}.items()}
    print(table(before, after))
    assert different(before, after, SAME, at=WORDS) == {}
    assert different(before, after, after, at=QUERIES) == {}


def different(before, after, names, *, at):
    pairs = {name: (before[name][at], after[name][at]) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def table(before, after):
    head = f"\n{IdeaPage.objects.count():,} ideas on {connection.display_name}: queries, ms"
    rows = (
        f"{name:28}{before[name][1]:5}{before[name][2]:8.0f}{after[name][1]:5}{after[name][2]:8.0f}"
        for name in after
    )
    return "\n".join([head, *rows])
