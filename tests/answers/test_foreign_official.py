"""An official of one forum finds nothing of another one: every address answers 404."""

import pytest
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils import timezone

from civic_sourcing.answers.actions import Adopt, SetMilestone
from civic_sourcing.answers.desk.viewset import AnswersViewSet
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.desk.bulk import BULK_ACTIONS
from civic_sourcing.ideas.wagtail_hooks import add_process_addresses
from tests.answers.conftest import DAY
from tests.scenes import scene

from .desk_people import ADMIN, desk_official_scene, desk_stranger_scene  # noqa: F401

TITLE = "Benches by the river"
LISTS = {
    "index",
    "index_results",
    "adoptions",
    "adoptions_results",
    "gaps",
    "gaps_results",
}
"""Addresses that are of no forum: there, nothing of the other one is listed."""


def named(patterns):
    """The names of all addresses in ``patterns``, whatever they are included below."""
    for each in patterns:
        if isinstance(each, URLPattern):
            yield each.name
        else:
            yield from named(each.url_patterns)


DESK = sorted(set(named(AnswersViewSet().get_urlpatterns())) - LISTS)
SETTINGS = sorted(named(add_process_addresses()))
OF_AUTHORS = ["edit/", "withdraw/"]


@scene
def things(contribution, official, draft, parks, owe, citizen_supports, forum):
    """One of everything that can stand in an address."""
    answer = draft(partners=[parks])
    adoption = Adopt(
        contribution, by=official, title=TITLE, expected_on=(timezone.now() + DAY * 9).date()
    ).execute()
    milestone = SetMilestone(adoption, by=official, title="The first bench").execute()
    return {
        "uuid": contribution.uuid,
        "answer": answer.uuid,
        "part": answer.parts.get().pk,
        "promise": owe().uuid,
        "adoption": adoption.uuid,
        "milestone": milestone.uuid,
        "process": forum.process.uuid,
    }


@scene
def citizen_supports(idea, make_citizen):
    return SupportIdea(idea, by=make_citizen("citizen")).execute()


ARGUMENTS = [
    ["uuid"],
    ["uuid", "promise"],
    ["uuid", "answer"],
    ["uuid", "answer", "part"],
    ["adoption"],
    ["adoption", "milestone"],
]


def address(name, things):
    """The address of that name, with what it takes."""
    for names in ARGUMENTS:
        try:
            return reverse(f"{ADMIN}:{name}", kwargs={key: things[key] for key in names})
        except NoReverseMatch:
            continue
    raise AssertionError(f"Say in ARGUMENTS what the address {name!r} takes.")


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_of_another_forum_is_on_the_desk(client, things, desk_stranger, name, method):
    client.force_login(desk_stranger)

    answer = getattr(client, method)(address(name, things), follow=True)

    assert answer.status_code == 404
    assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("name", DESK)
def test_control_officials_of_the_forum_find_it(client, things, desk_official, name):
    client.force_login(desk_official)

    assert client.get(address(name, things), follow=True).status_code in {200, 405}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_lists_of_the_desk_name_nothing_of_another_forum(client, things, desk_stranger, name):
    client.force_login(desk_stranger)

    answer = client.get(reverse(f"{ADMIN}:{name}"))

    assert answer.status_code == 200
    assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("path", OF_AUTHORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_the_author_are_not_there_for_officials(client, idea, desk_stranger, path, method):
    client.force_login(desk_stranger)

    assert getattr(client, method)(idea.url + path).status_code == 404


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_rules_of_a_forum_are_closed_to_officials(client, things, desk_stranger, name, method):
    """Settings are the editors' business: whoever may not publish the page is sent away."""
    client.force_login(desk_stranger)
    url = reverse(f"civic_ideas_processes:{name}", args=[things["process"]])

    answer = getattr(client, method)(url)

    assert answer.status_code in {302, 403, 404}
    assert "Ideas for the river park" not in answer.content.decode()


BULK = [action.action_type for action in BULK_ACTIONS]


def in_bulk(action, *ideas):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", action])
    return f"{url}?{'&'.join(f'id={idea.pk}' for idea in ideas)}&next=/admin/"


@pytest.mark.parametrize("action", BULK)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_step_in_bulk_reaches_another_forum(client, idea, desk_stranger, action, method):
    client.force_login(desk_stranger)

    answer = getattr(client, method)(in_bulk(action, idea), follow=True)

    assert answer.status_code == 404
    assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("action", ["assign", "change_stage", "move_ideas"])
def test_control_steps_in_bulk_reach_ones_own_forum(client, idea, desk_official, action):
    client.force_login(desk_official)

    assert TITLE in client.get(in_bulk(action, idea)).content.decode()


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(lambda idea: reverse("wagtailadmin_pages:edit", args=[idea.pk]), id="editor"),
        pytest.param(
            lambda idea: reverse("wagtailadmin_explore", args=[idea.get_parent().pk]), id="explorer"
        ),
        pytest.param(
            lambda idea: reverse("wagtailadmin_pages:history", args=[idea.pk]), id="history"
        ),
        pytest.param(lambda idea: f"/admin/api/main/pages/{idea.pk}/", id="page API"),
    ],
)
def test_admin_of_pages_shows_officials_no_idea_elsewhere(client, idea, desk_stranger, door):
    client.force_login(desk_stranger)

    answer = client.get(door(idea))

    assert answer.status_code in {302, 403, 404}
    assert TITLE not in answer.content.decode()
