"""What editors say about comments: in the page's editor, in force at once, in every language."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from civic_sourcing.comments.actions import SetCommentRules
from civic_sourcing.comments.models import CommentRules, Order
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(make_citizen, home):
    group = Group.objects.create(name="Web team")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=home, permission=pages.get(codename=codename)
        )
    user = make_citizen("editor", is_staff=True)
    user.groups.add(group)
    return user


@pytest.fixture
def screen(forum):
    return reverse("civic_comments_processes:process_comments", args=[forum.process.uuid])


def test_editor_of_a_forum_finds_the_way_to_the_rules_of_comments(client, editor, forum, screen):
    client.force_login(editor)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk]))

    assert screen in page.content.decode()


def test_page_that_is_being_made_says_that_it_must_be_saved_first(client, editor, home):
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideaforumpage", home.pk])

    assert "when people can comment" in client.get(url).content.decode()


def test_editor_sets_rules_that_hold_at_once(client, editor, forum, screen):
    client.force_login(editor)

    client.post(
        screen,
        {"open_phases": ["collect"], "positions": "on", "edit_minutes": "0", "order": "rated"},
    )

    rules = CommentRules.objects.get(process=forum.process)
    assert (rules.open_phases, rules.positions, rules.minutes_to_edit) == (["collect"], True, 0)
    assert rules.order == Order.RATED


def test_every_phase_ticked_means_those_added_later_too(client, editor, forum, screen):
    client.force_login(editor)
    every = ["collect", "support", "review", "answer"]

    client.post(screen, {"open_phases": every, "edit_minutes": "", "order": "newest"})

    assert CommentRules.objects.get(process=forum.process).open_phases is None


def test_nobody_sets_rules_of_a_page_they_may_not_publish(client, citizen, moderator, screen):
    client.force_login(moderator)

    answer = client.post(screen, {"order": "rated"})

    assert answer.status_code in (302, 403)
    assert not CommentRules.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"open_phases": ["voting"]}, "unknown-phase"),
        ({"edit_minutes": -1}, "minutes"),
        ({"edit_minutes": 100_000}, "minutes"),
        ({"order": "loudest"}, "unknown-order"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_rules_that_cannot_be_are_refused(forum, values, code):
    with pytest.raises(ActionRefused) as refused:
        SetCommentRules(forum.process, by=None, **values).execute()

    assert refused.value.code == code
