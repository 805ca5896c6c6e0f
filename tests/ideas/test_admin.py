"""Forums and ideas in the editors' own admin."""

import re

import pytest
from django.urls import reverse

from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage


@pytest.fixture
def at_desk(client, editor):
    client.force_login(editor)
    return client


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


def test_editor_opens_the_form_for_a_new_forum(at_desk, home):
    address = reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideaforumpage", home.pk])

    form = shown(at_desk.get(address))

    assert "introduction" in form
    assert "mandate" in form


def test_ideas_are_proposed_and_not_added_by_editors(at_desk, forum):
    address = reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideapage", forum.pk])

    assert at_desk.get(address).status_code in {302, 403, 404}
    assert (
        "ideapage"
        not in at_desk.get(
            reverse("wagtailadmin_pages:add_subpage", args=[forum.pk])
        ).content.decode()
    )


@pytest.mark.parametrize("page", ["forum", "idea"])
def test_editor_opens_the_page(at_desk, request, page):
    page = request.getfixturevalue(page)

    assert page.title in shown(at_desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def test_the_words_of_an_idea_are_its_authors(at_desk, idea):
    form = shown(at_desk.get(reverse("wagtailadmin_pages:edit", args=[idea.pk])))

    assert "People want to sit down." in form
    assert not re.search(r'<(input|textarea)[^>]* name="(title|description)"', form)


def test_publishing_from_the_edit_form_changes_no_word(at_desk, idea):
    address = reverse("wagtailadmin_pages:edit", args=[idea.pk])

    at_desk.post(address, {"tags": "park", "slug": idea.slug, "action-publish": "1"})

    after = IdeaPage.objects.get()
    assert (after.title, after.description, after.rendered_html) == (
        idea.title,
        idea.description,
        idea.rendered_html,
    )
    assert after.author == idea.author
    assert after.uuid == idea.uuid


@pytest.mark.parametrize("page", ["forum", "idea"])
def test_preview_shows_the_page(at_desk, request, page):
    page = request.getfixturevalue(page)
    dummy = page.make_preview_request()

    assert page.title in dummy.render().content.decode() if hasattr(dummy, "render") else True
    assert dummy.status_code == 200


def test_forum_not_saved_yet_can_be_previewed(home):
    forum = IdeaForumPage(title="Not saved", slug="not-saved", locale=home.locale)
    forum.set_url_path(home)

    assert forum.make_preview_request().status_code == 200


def test_explorer_lists_the_ideas_of_a_forum(at_desk, idea, forum):
    assert idea.title in shown(at_desk.get(reverse("wagtailadmin_explore", args=[forum.pk])))


def test_citizens_publishing_leaves_dashboard_and_site_history_alone(at_desk, idea):
    history = reverse("wagtailadmin_reports:site_history")

    assert idea.title not in shown(at_desk.get(reverse("wagtailadmin_home")))
    assert at_desk.get(history).status_code in {200, 302}
    assert idea.title not in at_desk.get(history).content.decode()
