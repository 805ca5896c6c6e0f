"""Terms of an idea: told before the form, chosen in it, changed by the forum's editors."""

import re

import pytest
from django.urls import reverse

from civic_sourcing.attribution.actions import OfferLicences
from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import Contribution, Licence

from .writing_town import Writer


def words(**changes):
    return {"title": "Lamps", "description": "Light.", "request_key": "", **changes}


@pytest.fixture
def claiming_forum(forum):
    licences = [Licence.objects.get(key=key) for key in ("city-purpose", "cc0-1.0")]
    OfferLicences(forum.process, by=None, licences=licences).execute()
    return forum


def test_forum_that_claims_more_says_so_before_the_form(client, claiming_forum):
    page = client.get(claiming_forum.url + "propose/").content.decode()

    assert page.index("give away rights") < page.index('name="title"')
    assert "CC0 1.0" in page


def test_protective_forum_names_its_terms_without_alarm(client, forum):
    page = client.get(forum.url + "propose/").content.decode()

    assert "All rights stay with you." in page
    assert "give away rights" not in page


FOLDED = re.compile(r"<details.*?<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)


@pytest.mark.parametrize(
    ("place", "line", "words"),
    [
        ("forum", "Licence: The city may use it for this purpose", "All rights stay with you."),
        ("claiming_forum", "you can give away rights to what you write", "CC0 1.0"),
    ],
)
def test_terms_are_one_line_at_first_and_whole_where_they_are_agreed_to(
    client, citizen, request, place, line, words
):
    forum = request.getfixturevalue(place)
    client.force_login(citizen)

    first = client.get(forum.url + "propose/").text
    check = Writer(client, forum).begin().text

    assert any(line in said and words in inside for said, inside in FOLDED.findall(first))
    assert not any(words in inside for _said, inside in FOLDED.findall(check))
    assert words in check


def test_chosen_licence_is_stored_with_the_idea(client, claiming_forum, citizen):
    client.force_login(citizen)
    choice = offered(claiming_forum.process)[1]

    client.post(claiming_forum.url + "propose/", words(licence=choice.pk))

    assert Contribution.objects.get().licence == choice


def test_material_of_others_has_to_be_named(client, forum, citizen):
    client.force_login(citizen)

    refused = client.post(forum.url + "propose/", words(third_party="on"))
    assert "whose it is" in refused.content.decode()
    client.post(
        forum.url + "propose/",
        words(third_party="on", third_party_note="The map is the city’s.", made_on_duty="on"),
    )

    row = Contribution.objects.get()
    assert (row.third_party_note, row.made_on_duty) == ("The map is the city’s.", True)


def test_editor_sees_the_terms_in_the_forum_and_a_way_to_change_them(client, editor, forum):
    client.force_login(editor)

    form = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).content.decode()

    address = reverse("civic_attribution_admin:process_licences", args=[forum.process.uuid])
    assert address in form


def test_editor_changes_the_licences_of_a_forum(client, editor, forum):
    client.force_login(editor)
    address = reverse("civic_attribution_admin:process_licences", args=[forum.process.uuid])
    first, second = (Licence.objects.get(key=key) for key in ("cc-by-4.0", "all-rights-kept"))

    assert client.get(address).status_code == 200
    client.post(address, {"licences": [first.pk, second.pk], "first": second.pk})

    keys = [version.licence.key for version in offered(forum.process)]
    assert keys == ["all-rights-kept", "cc-by-4.0"]


def test_whoever_may_not_publish_the_forum_changes_no_licence(client, make_citizen, forum):
    client.force_login(make_citizen("clerk", is_staff=True))
    address = reverse("civic_attribution_admin:process_licences", args=[forum.process.uuid])

    assert client.get(address).status_code in {302, 403}
