import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import PlazaPage

COMING, RUNNING, FINISHED = (1, 2), (-1, 1), (-2, -1)


@pytest.fixture
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
