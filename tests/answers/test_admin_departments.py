"""Departments and agreements are snippets: worded by language, closed rather than deleted."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from civic_sourcing.answers.models import Agreement, Department

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def url_of(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def test_department_is_added_in_plain_words(desk, english):
    group = Group.objects.create(name="gardeners")

    answer = desk.post(
        url_of(Department, "add") + "?locale=en",
        {
            "name": "  Parks\u200b  ",
            "contact": "",
            "description": "",
            "group": group.pk,
            "position": 1,
        },
    )

    assert answer.status_code == 302, answer.context["form"].errors
    assert Department.objects.get().name == "Parks"


def test_what_is_no_wording_holds_in_all_languages(desk, parks, korean):
    translated = parks.copy_for_translation(korean)
    translated.name = "공원과"
    translated.save()

    desk.post(
        url_of(Department, "edit", parks.pk),
        {"name": "Parks", "group": parks.group_id, "position": 7, "retired": "on"},
    )

    translated.refresh_from_db()
    assert (translated.position, translated.retired) == (7, True)
    assert translated.name == "공원과"


def test_department_that_owes_something_is_not_deleted(desk, parks, owe):
    owe(department=parks)

    answer = desk.post(url_of(Department, "delete", parks.pk), follow=True)

    assert "close it" in answer.content.decode()
    assert Department.objects.filter(pk=parks.pk).exists()


def test_department_nobody_named_is_deleted(desk, parks):
    desk.post(url_of(Department, "delete", parks.pk))

    assert not Department.objects.exists()


def test_agreement_is_between_two_departments(desk, parks, roads):
    values = {"title": "Trees by streets", "valid_from": "2026-01-01", "departments": [parks.pk]}

    refused = desk.post(url_of(Agreement, "add"), values)
    assert "at least two departments" in refused.content.decode()

    desk.post(url_of(Agreement, "add"), {**values, "departments": [parks.pk, roads.pk]})
    assert Agreement.objects.get().departments.count() == 2


def test_agreement_does_not_end_before_it_begins(desk, parks, roads):
    values = {
        "title": "Trees by streets",
        "valid_from": "2026-01-01",
        "valid_to": "2025-12-31",
        "departments": [parks.pk, roads.pk],
    }

    answer = desk.post(url_of(Agreement, "add"), values)

    assert "cannot end before it begins" in answer.content.decode()
