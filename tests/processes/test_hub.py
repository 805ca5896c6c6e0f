import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import ngettext_lazy
from wagtail.models import Page, PageViewRestriction

from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.outcomes import (
    OutcomeKind,
    forget_outcome,
    outcomes_of,
    per_process,
    register_outcome,
)
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import Note, PlazaPage
from tests.scenes import maker

COMING, RUNNING, FINISHED = (1, 2), (-1, 1), (-2, -1)


@maker
def add(hub, now):
    """A plaza below the hub, with one phase between these days."""

    def make(title, days=None, mandate=Mandate.ADVISORY, **kwargs):
        page = hub.add_child(instance=PlazaPage(title=title, **kwargs))
        phases = [PhaseRule("collect", now + days[0] * DAY, now + days[1] * DAY)] if days else []
        set_phases(page.process, *phases, mandate=mandate)
        return page

    return make


@pytest.fixture
def shown(client, hub):
    """What a visitor finds on the hub, by section."""

    def visit(by=None):
        if by:
            client.force_login(by)
        context = client.get(hub.url).context
        sections = ("running", "coming", "finished")
        return {name: [card.page.title for card in context[name]] for name in sections}

    return visit


def test_processes_are_listed_by_what_is_open(add, shown):
    add("Now", RUNNING)
    add("Soon", COMING)
    add("Over", FINISHED)
    add("Some day")

    assert shown() == {"running": ["Now"], "coming": ["Soon", "Some day"], "finished": ["Over"]}


def test_nothing_is_posted_to_the_hub(hub, client):
    answer = client.post(hub.url, {"title": "New"})

    assert answer.status_code == 405
    assert client.head(hub.url).status_code == 200


def test_what_closes_first_comes_first(add, shown):
    add("Later", (-1, 5))
    add("Sooner", (-1, 2))

    assert shown()["running"] == ["Sooner", "Later"]


def test_drafts_and_pages_elsewhere_are_not_listed(add, shown, home):
    add("Draft", RUNNING, live=False)
    home.add_child(instance=PlazaPage(title="Elsewhere"))

    assert not any(shown().values())


def test_pages_further_down_are_listed(add, shown, hub, now):
    folder = hub.add_child(instance=Page(title="2031"))
    page = folder.add_child(instance=PlazaPage(title="Deep"))
    set_phases(page.process, PhaseRule("collect", now - DAY))

    assert shown()["running"] == ["Deep"]


def test_an_alias_beside_its_original_is_not_listed_twice(add, shown):
    page = add("Now", RUNNING)
    page.create_alias(update_slug="short-cut")

    assert shown()["running"] == ["Now"]


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(
        page_id=page.pk, restriction_type=kind, password="sesame"
    )
    restriction.groups.set(groups)


@pytest.mark.parametrize(
    ("kind", "who", "sees"),
    [
        ("login", None, False),
        ("login", "citizen", True),
        ("password", "citizen", False),
        ("groups", None, False),
        ("groups", "citizen", False),
        ("groups", "member", True),
        ("groups", "admin", True),
    ],
)
def test_private_pages_are_listed_for_those_who_may_see_them(
    add, shown, make_user, request, kind, who, sees
):
    council = Group.objects.create(name="Council")
    page = add("Private", RUNNING)
    restrict(page, kind, *([council] if kind == "groups" else []))
    user = make_user("member") if who == "member" else who and request.getfixturevalue(who)
    if who == "member":
        user.groups.add(council)

    assert shown(user)["running"] == (["Private"] if sees else [])


def test_the_number_of_queries_does_not_grow(add, client, hub, django_assert_max_num_queries):
    add("One", RUNNING)
    client.get(hub.url)
    cache.clear()
    with django_assert_max_num_queries(40) as few:
        client.get(hub.url)
    for number in range(5):
        restrict(add(f"More {number}", RUNNING, Mandate.BINDING), "login")
        add(f"Past {number}", FINISHED)

    with django_assert_max_num_queries(len(few) + 1):
        response = client.get(hub.url)

    assert len(response.context["finished"]) == 5


def test_the_hub_says_what_input_does(add, client, hub):
    add("Now", RUNNING, Mandate.BINDING)

    page = client.get(hub.url)

    assert "Binding" in page.text
    assert "The city carries out the result." in page.text


def test_an_empty_hub_says_so(client, hub):
    assert "Nothing here yet" in client.get(hub.url).text


def test_a_hub_can_be_looked_at_before_it_is_saved(home, publisher, client):
    client.force_login(publisher)
    place = ["civic_processes", "participationpage", home.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=place)
    comments = {f"comments-{k}": 0 for k in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    form = {"title": "Take part", "slug": "take-part", **comments, "comments-MAX_NUM_FORMS": 9}

    sent = client.post(url, form)
    preview = client.get(url)

    assert sent.json()["is_valid"]
    assert "Nothing here yet" in preview.content.decode()


@pytest.fixture
def told():
    """A number registered by some room: how many ``notes`` each process holds."""
    kind = OutcomeKind(
        "notes",
        "Notes",
        ngettext_lazy("%(number)d note", "%(number)d notes", "number"),
        lambda processes: per_process(Note.objects.filter(process__in=processes)),
    )
    yield register_outcome(kind)
    forget_outcome("notes")


def choose(client, hub, **filters):
    context = client.get(hub.url, filters).context
    sections = ("running", "coming", "finished")
    return sorted(card.page.title for name in sections for card in context[name])


@pytest.fixture
def three(add):
    add("Now", RUNNING, Mandate.BINDING)
    add("Soon", COMING)
    add("Over", FINISHED)


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        pytest.param({}, ["Now", "Over", "Soon"], id="none"),
        pytest.param({"state": "running"}, ["Now"], id="state"),
        pytest.param({"mandate": "advisory"}, ["Over", "Soon"], id="mandate"),
        pytest.param({"mandate": "advisory", "state": "coming"}, ["Soon"], id="both"),
        pytest.param({"mandate": "conditional"}, ["Now", "Over", "Soon"], id="absent value"),
        pytest.param({"state": "author__password"}, ["Now", "Over", "Soon"], id="nonsense"),
        pytest.param({"kind": "plaza"}, ["Now", "Over", "Soon"], id="nothing to choose between"),
    ],
)
def test_the_hub_is_narrowed_down(three, client, hub, filters, chosen):
    assert choose(client, hub, **filters) == chosen


def test_filters_combine_and_say_what_is_chosen(three, client, hub):
    rows = client.get(hub.url, {"state": "coming"}).context["filters"].rows

    links = {link["label"]: link for row in rows for link in row["links"]}
    assert links["Coming up"]["current"]
    assert links["Binding"]["url"] == "?state=coming&mandate=binding"
    assert links["All processes"]["url"] == "?"


def test_what_became_of_it_is_told_for_each_and_together(told, add, client, hub):
    for number in (1, 2):
        page = add(f"Plaza {number}", RUNNING)
        Note.objects.bulk_create([Note(process=page.process)] * number)

    page = client.get(hub.url)

    cards = {card.page.title: card for card in page.context["running"]}
    assert [outcome.words for outcome in cards["Plaza 1"].outcomes] == ["1 note"]
    assert [outcome.words for outcome in cards["Plaza 2"].outcomes] == ["2 notes"]
    assert [(outcome.label, outcome.number) for outcome in page.context["outcomes"]] == [
        ("Notes", 3)
    ]
    assert "What became of it" in page.text


def test_numbers_tell_nothing_of_processes_one_may_not_see(told, add, client, hub):
    page = add("Private", RUNNING)
    Note.objects.create(process=page.process)
    restrict(page, "login")

    assert client.get(hub.url).context["outcomes"] == []


def test_numbers_cost_the_same_however_many_processes_there_are(
    told, add, django_assert_num_queries
):
    pages = [add(f"Plaza {number}", RUNNING) for number in range(3)]
    with CaptureQueriesContext(connection) as for_one:
        outcomes_of({pages[0].process_id})

    with django_assert_num_queries(len(for_one)):
        outcomes_of({page.process_id for page in pages})
