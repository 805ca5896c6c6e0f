"""Managers say on the page of winners what a solution is about, with a picture and its words."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

from civic_sourcing.challenges.models import Award, ChallengePage
from tests.challenges.awards import conftest as awards

decision = awards.decision
award = awards.award


@pytest.fixture
def screen(in_office, award):
    return reverse("civic_challenge_results_admin:winner", args=[in_office.uuid, award.uuid])


@pytest.fixture
def picture(manager, settings, tmp_path):
    """An image of the site; the manager may choose those of its collection."""
    settings.MEDIA_ROOT = tmp_path
    may_choose = Permission.objects.get(codename="choose_image")
    collection = Collection.get_first_root_node()
    rule = {"collection": collection, "permission": may_choose}
    GroupCollectionPermission.objects.create(group=manager.groups.get(), **rule)
    file = get_test_image_file()
    return get_image_model().objects.create(title="Awning", file=file, uploaded_by_user=manager)


def test_summary_and_picture_stand_on_the_page_of_winners(client, manager, screen, award, picture):
    client.force_login(manager)
    sent = {
        "step": "describe",
        "summary_en": "Awnings that follow the sun.",
        "summary_ko": "해를 따라 움직이는 차양입니다.",
        "picture": picture.pk,
        "alternative": "A yard under white awnings",
    }
    assert client.post(screen, sent).url == screen

    award.refresh_from_db()
    assert award.summary["ko"] == "해를 따라 움직이는 차양입니다."
    shown = client.get(f"{ChallengePage.objects.get(process=award.process).url}winners/").text
    assert "Awnings that follow the sun." in shown
    assert 'alt="A yard under white awnings"' in shown
    assert "A yard under white awnings" in client.get(screen).text


def test_picture_needs_words_and_what_was_typed_is_kept(client, manager, screen, award, picture):
    client.force_login(manager)

    answer = client.post(
        screen, {"step": "describe", "summary_en": "Awnings.", "picture": picture.pk}
    )

    assert answer.status_code == 422
    assert "Please say what the picture shows." in answer.text
    assert "Awnings.</textarea>" in answer.text
    assert Award.objects.get().picture is None


def test_no_picture_the_manager_may_not_choose(client, manager, screen, award, picture):
    GroupCollectionPermission.objects.all().delete()
    client.force_login(manager)

    answer = client.post(
        screen, {"step": "describe", "picture": picture.pk, "alternative": "A yard"}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["captain", "judge", "citizen"])
def test_others_do_not_find_the_screen(client, request, in_admin, screen, who):
    user = request.getfixturevalue(who)
    in_admin(user)
    client.force_login(user)

    assert client.get(screen, follow=True).status_code == 404


def test_award_of_another_challenge_is_not_here(client, manager, screen, award, make_challenge):
    other = make_challenge("Elsewhere").process
    client.force_login(manager)

    way = reverse("civic_challenge_results_admin:winner", args=[other.uuid, award.uuid])

    assert client.get(way, follow=True).status_code == 404
