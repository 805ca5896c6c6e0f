"""The fixtures themselves: what other tests rely on without looking."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from wagtail.models import Page, Site

from civic_sourcing.core import audit, triggers
from civic_sourcing.core.models import AuditEntry
from tests.flushing import restore_first_rows
from tests.scenes import maker, scene

MADE = []


@scene
def street(db):
    MADE.append("street")
    cache.set("lamps", "lit")
    return Group.objects.create(name="street")


@maker
def build(street):
    def build(name):
        return Group.objects.create(name=f"{name} in the {street.name}")

    return build


@scene
def house(build):
    MADE.append("house")
    return build("house")


@scene(name="yard")
def yard_behind_the_house(house):
    return house.name


@pytest.fixture
def citizen():
    return get_user_model().objects.create_user("citizen")


@pytest.mark.django_db(transaction=True)
def test_after_a_committing_test_only_the_first_rows_are_left(citizen):
    audit.record(
        chain=uuid.uuid4(), action="tests.try", actor=None, subject=("tests", "1"), details={}
    )

    restore_first_rows()

    assert not get_user_model().objects.exists()
    assert not AuditEntry.objects.exists()
    assert Page.objects.filter(depth=1).exists()
    assert Site.objects.filter(is_default_site=True).exists()


@pytest.mark.django_db(transaction=True)
def test_triggers_stand_again_after_a_committing_test():
    restore_first_rows()

    assert triggers.faults() == []


def test_parallel_calls_see_rows_committed_by_others(run_in_parallel):
    names = [f"citizen-{number}" for number in range(4)]

    run_in_parallel(4, lambda number: get_user_model().objects.create_user(names[number]))

    assert sorted(get_user_model().objects.values_list("username", flat=True)) == names


def test_parallel_call_that_fails_returns_its_error(run_in_parallel):
    def divide(number):
        return 10 // number

    results = run_in_parallel(3, divide)

    assert isinstance(results[0], ZeroDivisionError)
    assert results[1:] == [10, 5]


def groups():
    return set(Group.objects.filter(name__contains="street").values_list("name", flat=True))


@pytest.mark.parametrize("time", range(3))
def test_scene_is_made_once_and_nobody_sees_what_another_test_did_to_it(house, street, time):
    assert groups() == {"street", "house in the street"}
    assert (house.name, street.name) == ("house in the street", "street")
    assert MADE == ["street", "house"]
    assert cache.get("lamps") == "lit"

    house.name = "ruin"
    street.delete()
    cache.set("lamps", "out")


def test_scene_may_be_called_otherwise_than_its_function(yard, house):
    assert yard == house.name
    assert MADE == ["street", "house"]


def test_no_test_finds_a_scene_it_does_not_name(street, build):
    assert groups() == {"street"}

    build("shed")


def test_what_stands_on_something_else_is_made_by_the_test_itself(request, street):
    assert request.getfixturevalue("house").name == "house in the street"
    assert groups() == {"street", "house in the street"}
    MADE.remove("house")


@pytest.mark.django_db(transaction=True)
def test_committing_test_makes_its_scenes_itself(house):
    assert not connection.in_atomic_block
    assert groups() == {"street", "house in the street"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_marked_test_runs_on_postgresql_only():
    assert connection.vendor == "postgresql"
