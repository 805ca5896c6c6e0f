"""Who is official or moderator where, and what the group edit screen makes of it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.urls import reverse
from wagtail.models import Page

from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import RoleAssignment
from civic_sourcing.processes.policies import HasRole
from civic_sourcing.processes.roles import roles_of
from tests.processes.plaza.models import PlazaPage


@pytest.fixture
def officials(db):
    return Group.objects.create(name="Officials")


@pytest.fixture
def official(make_user, officials):
    user = make_user("official")
    user.groups.add(officials)
    return user


@pytest.fixture
def give(officials):
    def on(page, role="official"):
        return RoleAssignment.objects.create(group=officials, page_id=page.pk, role=role)

    return on


@pytest.fixture
def again(django_user_model):
    """The same person in the next request."""
    return lambda user: django_user_model.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        pytest.param("plaza", True, id="the page itself"),
        pytest.param("home", True, id="above it"),
        pytest.param("korean_plaza", True, id="its translation"),
        pytest.param("korean_home", True, id="the translation above it"),
        pytest.param("elsewhere", False, id="beside it"),
        pytest.param("below", False, id="below it"),
    ],
)
def test_a_role_holds_on_its_page_below_and_in_every_language(
    plaza, korean_plaza, home, official, give, request, where, holds
):
    places = {
        "elsewhere": lambda: home.add_child(instance=Page(title="Elsewhere")),
        "below": lambda: plaza.add_child(instance=Page(title="Below")),
    }
    page = places[where]() if where in places else request.getfixturevalue(where)
    give(page)

    found = roles_of(official, plaza)

    assert found == ({"official"} if holds else set())


def test_a_role_is_asked_of_a_process_too(plaza, korean_plaza, official, give):
    give(korean_plaza)

    assert roles_of(official, plaza.process) == {"official"}


def test_a_path_that_begins_alike_is_not_below(home, official, give):
    """Tree paths have fixed steps: 0001 is no ancestor of 00010."""
    first = home.add_child(instance=Page(title="First"))
    second = home.add_child(instance=PlazaPage(title="Second"))
    give(first)

    assert roles_of(official, second) == set()


WHO = {
    "signed out": lambda get: AnonymousUser(),
    "nobody": lambda get: None,
    "citizen": lambda get: get("citizen"),
    "official": lambda get: get("official"),
    "inactive official": lambda get: _inactive(get("official")),
    "superuser": lambda get: get("admin"),
}


def _inactive(user):
    user.is_active = False
    return user


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("signed out", "official", False),
        ("nobody", "official", False),
        ("citizen", "official", False),
        ("official", "official", True),
        ("official", "moderator", False),
        ("inactive official", "official", False),
        ("superuser", "official", True),
        ("superuser", "moderator", True),
    ],
)
def test_who_has_which_role(plaza, give, now, request, official, who, role, may):
    give(plaza)
    user = WHO[who](request.getfixturevalue)

    refusal = HasRole(role).refusal(Occasion(user, plaza, now))

    assert (refusal is None) == may


def test_the_refusal_names_the_role(plaza, citizen, now):
    refusal = HasRole("moderator").refusal(Occasion(citizen, plaza, now))

    assert refusal.code == "forbidden"
    assert "“Moderator”" in refusal.message


def test_a_demoted_user_loses_the_role_with_the_next_request(
    plaza, official, officials, give, again
):
    give(plaza)
    assert roles_of(official, plaza) == {"official"}

    official.groups.remove(officials)

    assert roles_of(again(official), plaza) == set()


def test_a_role_taken_from_the_group_is_gone_with_the_next_request(plaza, official, give, again):
    assignment = give(plaza)
    assert roles_of(official, plaza) == {"official"}

    assignment.delete()

    assert roles_of(again(official), plaza) == set()


def test_roles_cost_one_query_once(plaza, official, give, again, django_assert_num_queries):
    for role in ("official", "moderator"):
        give(plaza, role)
    user = again(official)

    with django_assert_num_queries(1):
        found = [roles_of(user, plaza) for _ in range(3)]

    assert found[0] == {"official", "moderator"}


def rows(*given):
    data = {"civic_roles-TOTAL_FORMS": len(given), "civic_roles-INITIAL_FORMS": 0}
    for number, row in enumerate(given):
        data.update({f"civic_roles-{number}-{name}": value for name, value in row.items()})
    return data


@pytest.fixture
def save_group(client, admin, officials):
    client.force_login(admin)
    url = reverse("wagtailusers_groups:edit", args=[officials.pk])

    def save(*given):
        panels = client.get(url).context["permission_panels"]
        data = {"name": officials.name}
        for panel in panels:
            data |= {f"{panel.prefix}-TOTAL_FORMS": 0, f"{panel.prefix}-INITIAL_FORMS": 0}
        return client.post(url, data | rows(*given), follow=True)

    return save


def given_to(group):
    return set(RoleAssignment.objects.filter(group=group).values_list("page_id", "role"))


def test_the_group_screen_gives_and_takes_roles(save_group, officials, plaza, home, give):
    give(home, "moderator")

    save_group({"page": plaza.pk, "roles": ["official", "moderator"]})

    assert given_to(officials) == {(plaza.pk, "official"), (plaza.pk, "moderator")}


def test_the_group_screen_deletes_a_row(save_group, officials, plaza, give):
    give(plaza)

    save_group({"page": plaza.pk, "roles": ["official"], "DELETE": "on"})

    assert given_to(officials) == set()


def test_the_group_screen_refuses_a_page_twice(save_group, officials, plaza):
    row = {"page": plaza.pk, "roles": ["official"]}

    response = save_group(row, row)

    assert "on the same page twice" in response.text
    assert given_to(officials) == set()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"page": "", "roles": ["official"]}, id="no page"),
        pytest.param({"page": 0, "roles": ["official"]}, id="a page that is not there"),
        pytest.param({"page": 1, "roles": ["mayor"]}, id="a role nobody registered"),
    ],
)
def test_the_group_screen_refuses_what_cannot_be(save_group, officials, row):
    response = save_group(row)

    assert response.status_code == 200
    assert given_to(officials) == set()


def test_the_group_screen_shows_what_was_given(client, admin, officials, plaza, give):
    give(plaza)
    client.force_login(admin)

    page = client.get(reverse("wagtailusers_groups:edit", args=[officials.pk]))

    assert "Roles in participation" in page.text
    assert "Market square" in page.text


def test_a_new_group_has_the_panel_too(client, admin, home):
    client.force_login(admin)

    page = client.get(reverse("wagtailusers_groups:add"))

    assert "Roles in participation" in page.text
