"""How a process is moderated is changed on a screen of its own, in all languages at once."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.actions.forums import SetModeration
from civic_sourcing.moderation.models import ForumModeration

CHOICE = {
    "premoderation": "everyone",
    "target_hours": "6",
    "auto_hide_reporters": "",
    "contact": "Park office, 02-123",
}


@pytest.fixture
def publisher(make_citizen, home):
    """Somebody who may publish every page of the town."""
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
def address(forum):
    return reverse("civic_moderation_processes:process_moderation", args=[forum.process.uuid])


def test_panel_tells_how_the_forum_is_moderated_and_where_to_change_it(
    client, publisher, forum, address
):
    client.force_login(publisher)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).content.decode()

    assert "What an automatic check holds" in page
    assert address in page


def test_new_forum_says_to_save_first(client, publisher, home):
    client.force_login(publisher)
    new = reverse("wagtailadmin_pages:add", args=["civic_ideas", "ideaforumpage", home.pk])

    assert "Save the page first" in client.get(new).content.decode()


def test_choice_takes_effect_at_once_in_every_language(
    client, publisher, forum, korean_forum, address
):
    client.force_login(publisher)

    answer = client.post(address, CHOICE)

    row = ForumModeration.objects.get()
    assert answer.status_code == 302
    assert row.process == forum.process == korean_forum.process
    assert (row.premoderation, row.target_hours, row.auto_hide_reporters) == ("everyone", 6, None)


def test_saving_a_draft_or_publishing_the_page_changes_nothing(client, publisher, forum, address):
    client.force_login(publisher)
    client.post(address, CHOICE)
    page = IdeaForumPage.objects.get(pk=forum.pk)

    page.title = "Another title"
    page.save_revision(user=publisher)
    page.save_revision(user=publisher).publish()

    assert ForumModeration.objects.get().premoderation == "everyone"


def test_choice_is_in_the_audit_log_without_the_contact(client, publisher, address):
    client.force_login(publisher)

    client.post(address, CHOICE)

    entry = AuditEntry.objects.get(action="civic_moderation.set_moderation")
    assert entry.details["after"]["premoderation"] == "everyone"
    assert "Park office" not in str(entry.details)


@pytest.mark.parametrize(
    "wrong",
    [
        {"premoderation": "sometimes"},
        {"target_hours": "0"},
        {"target_hours": "99999"},
        {"auto_hide_reporters": "-1"},
        {"contact": "x" * 1001},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_choice_that_cannot_be_is_refused(client, publisher, address, wrong):
    client.force_login(publisher)

    answer = client.post(address, {**CHOICE, **wrong})

    assert answer.status_code == 200
    assert not ForumModeration.objects.exists()


@pytest.mark.parametrize("who", ["moderator", "author"])
def test_only_who_may_publish_the_page_changes_it(client, request, address, who):
    client.force_login(request.getfixturevalue(who))

    answer = client.post(address, CHOICE)

    assert answer.status_code in (302, 403)
    assert not ForumModeration.objects.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"premoderation": "sometimes"}, "unknown-premoderation"),
        ({"premoderation": "none", "target_hours": 0}, "hours"),
        ({"premoderation": "none", "auto_hide_reporters": -1}, "reporters"),
    ],
)
def test_action_refuses_what_cannot_be(forum, publisher, words, code):
    with pytest.raises(ActionRefused) as refused:
        SetModeration(forum.process, by=publisher, **words).execute()

    assert refused.value.code == code


def test_copied_forum_has_a_moderation_of_its_own(client, publisher, forum, address):
    client.force_login(publisher)
    client.post(address, CHOICE)

    copy = forum.copy(update_attrs={"slug": "copy"})
    ForumModeration.objects.filter(process=forum.process).update(target_hours=48)

    kept = ForumModeration.objects.get(process=copy.process)
    assert (kept.premoderation, kept.target_hours) == ("everyone", 6)


def test_word_list_is_kept_by_an_administrator(client, administrator, rules):
    from civic_sourcing.moderation.models import WordList

    client.force_login(administrator)
    address = reverse(WordList.snippet_viewset.get_url_name("add"))
    words = {"title": "Insults", "language": "en", "words": "idiot*", "verdict": "hold"}

    refused = client.post(address, {**words, "words": "id*ot"}).content.decode()
    client.post(address, words)

    assert "Line 1 cannot be looked for" in refused
    assert WordList.objects.get().language == "en"
