"""Editors say what ideas are sorted by, without a developer."""

import pytest
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions.places import PlaceNamed, SetPlaces
from civic_sourcing.ideas.models import Category, District


@pytest.fixture
def screen(forum):
    return reverse("civic_ideas_processes:places", args=[forum.process.uuid])


def rows(prefix, *places):
    """What the browser sends for the rows of one list."""
    sent = {f"{prefix}-TOTAL_FORMS": len(places), f"{prefix}-INITIAL_FORMS": 0}
    for number, place in enumerate(places):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in place.items()}
    return sent


def codes(forum, model=Category):
    return list(model.objects.of(forum.process).values_list("code", "offered"))


def test_editor_sets_up_places_on_their_screen(client, editor, forum, screen):
    client.force_login(editor)
    green = {"name_en": "Green spaces", "name_ko": "녹지", "icon": "idea"}
    roads = {"name_ko": "도로"}

    answer = client.post(
        screen, {**rows("categories", green, roads), **rows("districts", {"name_en": "North"})}
    )

    assert answer.status_code == 302
    first, second = Category.objects.of(forum.process)
    assert (first.code, first.icon, first.names) == (
        "green-spaces",
        "idea",
        {"en": "Green spaces", "ko": "녹지"},
    )
    assert (second.code, second.name) == ("place", "도로")
    assert codes(forum, District) == [("north", True)]


def test_screen_and_editor_show_what_is_set(client, editor, forum, screen):
    SetPlaces(forum.process, by=editor, categories=[PlaceNamed({"en": "Roads"})]).execute()
    client.force_login(editor)

    page = client.get(screen).content.decode()
    forum_editor = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk]))

    assert 'value="Roads"' in page
    assert "Categories: Roads" in forum_editor.content.decode()


def test_nameless_row_is_sent_back(client, editor, forum, screen):
    client.force_login(editor)

    answer = client.post(screen, {**rows("categories", {"icon": "idea"}), **rows("districts")})

    assert answer.status_code == 200
    assert "in one language at least" in answer.content.decode()
    assert codes(forum) == []


def test_what_ideas_are_filed_under_stays_with_them(forum, idea, editor):
    names = [PlaceNamed({"en": "Roads"}), PlaceNamed({"en": "Parks"})]
    SetPlaces(forum.process, by=editor, categories=names).execute()
    idea.category = Category.objects.get(code="roads")
    idea.save()

    SetPlaces(forum.process, by=editor, categories=[PlaceNamed({"en": "Water"})]).execute()

    assert sorted(codes(forum)) == [("roads", False), ("water", True)]


def test_renamed_place_keeps_its_address(forum, editor):
    SetPlaces(forum.process, by=editor, districts=[PlaceNamed({"en": "North"})]).execute()

    renamed = PlaceNamed({"en": "Upper town"}, code="north")
    SetPlaces(forum.process, by=editor, districts=[renamed]).execute()

    (district,) = District.objects.of(forum.process)
    assert (district.code, district.name) == ("north", "Upper town")


def test_names_alike_get_codes_of_their_own(forum, editor):
    twice = [PlaceNamed({"en": "North"}), PlaceNamed({"en": "North!"})]

    SetPlaces(forum.process, by=editor, districts=twice).execute()

    assert [code for code, _offered in codes(forum, District)] == ["north", "north-2"]


def test_place_without_a_name_is_refused(forum, editor):
    with pytest.raises(ActionRefused) as refused:
        SetPlaces(forum.process, by=editor, districts=[PlaceNamed({"en": ""})]).execute()

    assert refused.value.code == "nameless"


def test_screen_is_for_who_may_publish_the_page(client, citizen, screen):
    client.force_login(citizen)

    assert client.get(screen).status_code in (302, 403)
