"""The page tree: copies start empty, ideas stay where they were filed, nothing simply vanishes."""

import contextlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage


@pytest.fixture
def ideas(propose, author, forum):
    filed = [propose(author, f"Idea {number}") for number in range(3)]
    forum.refresh_from_db()
    return filed


@pytest.fixture
def french(db):
    return Locale.objects.get_or_create(language_code="fr")[0]


def copied(page, **kwargs):
    return page.copy(recursive=True, update_attrs={"slug": "copy", "title": "Copy"}, **kwargs)


@pytest.mark.parametrize("specific", [True, False], ids=["forum", "its base page"])
def test_copied_forum_starts_empty(forum, ideas, specific):
    page = forum if specific else Page.objects.get(pk=forum.pk)

    copy = IdeaForumPage.objects.get(pk=copied(page).pk)

    assert copy.get_children().count() == copy.numchild == 0
    assert copy.process != forum.process
    assert IdeaPage.objects.count() == len(ideas)


def test_copied_section_brings_its_forum_without_ideas(home, forum, ideas):
    copy = copied(Page.objects.get(pk=home.pk))

    inside = copy.get_children().get().specific
    assert isinstance(inside, IdeaForumPage)
    assert inside.get_children().count() == inside.numchild == 0


def test_after_copying_the_original_shows_its_ideas_again(forum, ideas):
    copied(forum)

    assert forum.get_children().count() == len(ideas)


def test_alias_of_a_forum_leaves_its_ideas_with_the_original(forum, ideas):
    alias = forum.create_alias(recursive=True, update_slug="alias")

    assert alias.get_children().count() == 0
    assert alias.specific.process == forum.process


@pytest.mark.parametrize("alias", [True, False], ids=["alias", "copy"])
def test_translated_section_leaves_ideas_in_their_language(home, forum, ideas, french, alias):
    CopyPageForTranslationAction(home, french, include_subtree=True, alias=alias).execute()

    translated = forum.get_translation(french)
    assert translated.get_children().count() == 0
    assert translated.specific.process == forum.process
    assert IdeaPage.objects.count() == len(ideas)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(lambda idea: idea.copy(update_attrs={"slug": "copy"}), id="copy"),
        pytest.param(lambda idea: idea.create_alias(update_slug="alias"), id="alias"),
        pytest.param(
            lambda idea: idea.copy_for_translation(Locale.objects.get(language_code="ko")),
            id="translate",
        ),
        pytest.param(
            lambda idea: Page.objects.get(pk=idea.pk).copy(update_attrs={"slug": "copy"}),
            id="copy of the base page",
        ),
    ],
)
def test_an_idea_is_not_doubled(idea, korean_forum, step):
    with pytest.raises(PermissionDenied):
        step(idea)

    assert IdeaPage.objects.count() == 1


def test_moved_forum_keeps_its_ideas_and_their_support(home, forum, supported_idea):
    section = home.add_child(instance=Page(title="Section", slug="section"))

    forum.move(section, pos="last-child")

    supported_idea.refresh_from_db()
    assert supported_idea.url_path.startswith("/neulbom/section/ideas/")
    assert supported_idea.supports.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


ROLES = ["editor", "superuser"]


@pytest.fixture
def staff(request, editor, make_citizen):
    if request.param == "editor":
        return editor
    return make_citizen("root", is_superuser=True, is_staff=True)


def status(client, name, *args, **data):
    return client.post(reverse(name, args=args), data).status_code


@pytest.mark.parametrize("staff", ROLES, indirect=True)
@pytest.mark.parametrize("door", ["wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish"])
def test_forum_with_ideas_stays(client, staff, forum, ideas, door):
    client.force_login(staff)

    assert status(client, door, forum.pk) < 500

    forum.refresh_from_db()
    assert forum.live
    assert IdeaPage.objects.count() == len(ideas)


@pytest.mark.parametrize("staff", ROLES, indirect=True)
@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_forum_with_ideas_stays_in_bulk(client, staff, forum, ideas, action):
    client.force_login(staff)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    answer = client.post(f"{address}?next=/&id={forum.pk}", {"include_descendants": "on"})

    assert answer.status_code < 500
    forum.refresh_from_db()
    assert forum.live
    assert IdeaPage.objects.filter(live=True).count() == len(ideas)


@pytest.mark.parametrize("staff", ROLES, indirect=True)
def test_section_above_a_forum_with_ideas_stays(client, staff, home, forum, ideas):
    section = home.add_child(instance=Page(title="Section", slug="section"))
    forum.move(section, pos="last-child")
    client.force_login(staff)

    assert status(client, "wagtailadmin_pages:delete", section.pk) < 500

    assert IdeaPage.objects.count() == len(ideas)


@pytest.mark.parametrize("staff", ROLES, indirect=True)
@pytest.mark.parametrize("door", ["copy", "move", "delete"])
def test_editors_neither_copy_nor_move_nor_delete_an_idea(client, staff, supported_idea, door):
    client.force_login(staff)

    assert status(client, f"wagtailadmin_pages:{door}", supported_idea.pk) < 500

    assert IdeaPage.objects.get().path == supported_idea.path


@pytest.mark.parametrize("what", ["forum", "idea"])
def test_a_date_written_into_the_row_takes_no_idea_and_no_forum_down(request, idea, what):
    page = request.getfixturevalue(what)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))

    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=page.pk).live


def test_the_database_keeps_a_forum_with_ideas_published(forum, ideas):
    with pytest.raises(IntegrityError, match="taken offline"), transaction.atomic():
        Page.objects.filter(pk=forum.pk).update(live=False)


def taken_off(page):
    page.live = False
    page.save()


DOORS_OF_THE_BASE_PAGE = [
    pytest.param(lambda page: page.unpublish(), id="unpublish"),
    pytest.param(lambda page: page.unpublish(set_expired=True), id="unpublish as expired"),
    pytest.param(taken_off, id="save"),
    pytest.param(lambda page: Page.objects.filter(pk=page.pk).update(live=False), id="update"),
    pytest.param(lambda page: page.delete(), id="delete"),
    pytest.param(lambda page: Page.objects.filter(pk=page.pk).delete(), id="delete the queryset"),
    pytest.param(lambda page: page.specific.get_parent().delete(), id="delete what is above"),
]


@pytest.mark.parametrize("door", DOORS_OF_THE_BASE_PAGE)
@pytest.mark.parametrize("what", ["forum", "idea"])
def test_code_with_the_base_page_in_hand_takes_nothing_away(request, idea, what, door):
    """As scripts do, and commands that load pages without their class."""
    page = Page.objects.get(pk=request.getfixturevalue(what).pk)

    with contextlib.suppress(ActionRefused, IntegrityError, PermissionDenied), transaction.atomic():
        door(page)

    assert Page.objects.filter(pk=page.pk, live=True).exists()
    assert IdeaPage.objects.filter(live=True).count() == 1


@pytest.mark.parametrize("door", DOORS_OF_THE_BASE_PAGE[:4])
def test_control_the_same_doors_are_open_where_nothing_is_held(home, door):
    leaflet = home.add_child(instance=Page(title="Leaflet", slug="leaflet"))

    door(Page.objects.get(pk=leaflet.pk))

    assert not Page.objects.get(pk=leaflet.pk).live


@pytest.mark.parametrize("what", ["forum", "idea"])
def test_dates_in_the_revision_take_nothing_down(request, idea, what):
    """Scheduled in the editor: an end, and an older text that goes live by itself."""
    page = request.getfixturevalue(what)
    page.expire_at = timezone.now() - timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=2))
    revision.publish()

    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=page.pk).live


def test_an_idea_cannot_be_moved_to_another_forum(home, idea):
    elsewhere = home.add_child(instance=IdeaForumPage(title="Other"))

    assert not idea.can_move_to(elsewhere)
    with pytest.raises(PermissionDenied):
        idea.move(elsewhere, pos="last-child")


def test_empty_forum_may_go(client, editor, forum):
    client.force_login(editor)

    status(client, "wagtailadmin_pages:delete", forum.pk)

    assert not IdeaForumPage.objects.exists()
