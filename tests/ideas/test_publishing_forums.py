"""A forum an agency begins waits until people can know why, who answers, and by when."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from civic_sourcing.ideas.actions.rules import SetForumRules
from civic_sourcing.ideas.models import IdeaForumPage

ENOUGH = {
    "problem_statements": {"en": "The river floods the path."},
    "owner_name": "Parks department",
    "answer_on": date(2030, 5, 1),
}


@pytest.fixture
def agency_forum(home):
    page = home.add_child(instance=IdeaForumPage(title="Our problem", slug="ours", live=False))
    SetForumRules(page.process, by=None, initiator="agency").execute()
    return page


def is_live(page):
    return IdeaForumPage.objects.get(pk=page.pk).live


def say_enough(page):
    SetForumRules(page.process, by=None, initiator="agency", **ENOUGH).execute()


@pytest.fixture
def doors(client, editor, agency_forum, home):
    """Every way to publish a page, by name."""
    client.force_login(editor)
    page = agency_forum

    def press_publish():
        form = {
            "title": page.title, "slug": page.slug, "introduction": "", "form_help": "",
            "title_help": "", "description_help": "", "body-count": 0,
            "action-publish": "publish",
        }  # fmt: skip
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)

    def publish_in_bulk():
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        return client.post(f"{address}?id={page.pk}")

    def publish_with_the_page_above():
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        return client.post(f"{address}?id={home.pk}", {"include_descendants": "on"})

    def schedule():
        page.go_live_at = timezone.now() - timedelta(minutes=5)
        revision = page.save_revision()
        revision.approved_go_live_at = page.go_live_at
        revision.save()
        call_command("publish_scheduled")

    def write():
        page.live = True
        page.save()

    def approve():
        workflow = Workflow.objects.create(name="Two pairs of eyes")
        task = GroupApprovalTask.objects.create(name="Look over")
        task.groups.set(editor.groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        page.save_revision(user=editor)
        workflow.start(page, editor)
        state = page.current_workflow_task_state
        return client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        )

    def copy_as_published():
        page.copy(update_attrs={"slug": "again", "live": True}, keep_live=True)

    def translate():
        korean = Locale.objects.get_or_create(language_code="ko")[0]
        home.copy_for_translation(korean)
        page.copy_for_translation(korean).save_revision().publish()

    return {
        "workflow": approve,
        "copy": copy_as_published,
        "translation": translate,
        "action": lambda: PublishPageRevisionAction(page.save_revision(), user=editor).execute(),
        "editor": press_publish,
        "bulk": publish_in_bulk,
        "page above": publish_with_the_page_above,
        "schedule": schedule,
        "revision": lambda: page.save_revision().publish(),
        "orm": write,
    }


DOORS = ["editor", "bulk", "page above", "schedule", "revision", "orm", "workflow", "action"]
OTHER_PAGES = ["copy", "translation"]


@pytest.mark.parametrize("door", DOORS)
def test_forum_of_an_agency_stays_unpublished_until_enough_is_said(door, doors, agency_forum):
    answer = doors[door]()

    assert not is_live(agency_forum)
    assert answer is None or answer.status_code < 500


@pytest.mark.parametrize("door", OTHER_PAGES)
def test_other_page_with_the_same_rules_stays_unpublished_too(door, doors, agency_forum):
    doors[door]()

    assert IdeaForumPage.objects.count() == 2
    assert not IdeaForumPage.objects.live().exists()


@pytest.mark.parametrize("door", OTHER_PAGES)
def test_control_other_page_goes_live_once_enough_is_said(door, doors, agency_forum):
    say_enough(agency_forum)
    agency_forum.save_revision().publish()

    doors[door]()

    assert IdeaForumPage.objects.live().count() == 2


@pytest.mark.parametrize("door", DOORS)
def test_control_once_enough_is_said_every_door_opens(door, doors, agency_forum):
    say_enough(agency_forum)

    doors[door]()

    assert is_live(agency_forum)


@pytest.mark.parametrize("door", ["editor", "bulk"])
def test_editor_reads_what_is_missing(door, doors, client, agency_forum):
    answer = doors[door]()

    page = client.get(answer.url).content.decode()
    assert "what the problem is, who answers for it, by when the city answers" in page


def test_published_forum_stays_published(agency_forum):
    say_enough(agency_forum)
    agency_forum.save_revision().publish()

    agency_forum.save_revision().publish()

    assert is_live(agency_forum)
