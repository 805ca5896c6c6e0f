"""Rules travel with the page: typed in its form, kept in its revision, in force when published."""

import re

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import PlazaPage
from tests.processes.rules_panel import (
    COLLECTING,
    NOTHING,
    errors_of,
    form_values,
    in_force,
    open_form,
    posted,
    typed,
)


def test_a_new_page_gets_its_rules_when_it_is_published(client, home, publisher, collecting):
    client.force_login(publisher)
    url = reverse("wagtailadmin_pages:add", args=["plaza", "plazapage", home.pk])
    data = form_values(client.get(url).context["form"]) | posted(collecting)
    data |= {"title": "Square", "slug": "square", "rules-mandate": "binding", "action-publish": "1"}

    client.post(url, data)

    page = PlazaPage.objects.get(slug="square")
    assert page.live
    assert in_force(page) == (Mandate.BINDING, COLLECTING[1])


def test_a_new_page_saved_as_a_draft_keeps_its_rules_for_later(client, home, author, collecting):
    client.force_login(author)
    url = reverse("wagtailadmin_pages:add", args=["plaza", "plazapage", home.pk])
    data = form_values(client.get(url).context["form"]) | posted(collecting)

    client.post(url, data | {"title": "Square", "slug": "square"})

    page = PlazaPage.objects.get(slug="square")
    assert in_force(page) == NOTHING
    page.get_latest_revision().publish()
    assert in_force(page) == COLLECTING


def test_saving_a_draft_of_a_live_page_changes_no_rule(plaza, edit, publisher, collecting):
    edit(plaza, publisher, phases=collecting, rules={"mandate": "binding"})

    assert in_force(plaza) == NOTHING


def test_publishing_puts_the_rules_into_force(plaza, edit, publisher, collecting):
    edit(plaza, publisher, phases=collecting, action="publish")

    assert in_force(plaza) == COLLECTING


def test_autosave_of_a_live_page_changes_no_rule(plaza, client, publisher, collecting):
    form = open_form(client, plaza, publisher) | posted(collecting)
    url = reverse("wagtailadmin_pages:edit", args=[plaza.pk])

    saved = client.post(url, form, headers={"accept": "application/json"})
    again = client.post(url, form, headers={"accept": "application/json"})

    assert (saved.json()["success"], again.json()["success"]) == (True, True)
    assert in_force(plaza) == NOTHING


def test_autosave_takes_a_phase_that_is_not_finished(plaza, client, publisher):
    form = open_form(client, plaza, publisher) | posted([{"kind": "collect", "opens_at": ""}])
    url = reverse("wagtailadmin_pages:edit", args=[plaza.pk])

    saved = client.post(url, form, headers={"accept": "application/json"})

    assert saved.json()["success"]


def test_somebody_who_may_not_publish_cannot_change_live_rules(plaza, edit, author, collecting):
    edit(plaza, author, phases=collecting, rules={"mandate": "binding"}, action="publish")

    assert in_force(plaza) == NOTHING


def test_panel_is_called_by_what_it_holds(plaza, client, publisher):
    """“Rules” would be one word for what rooms have rules of their own for, too."""
    client.force_login(publisher)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))

    headings = re.findall(r"data-panel-heading-text>\s*([^<]+?)\s*<", page.text)
    assert "Mandate and phases" in headings
    assert "Rules" not in headings


def test_the_editor_sees_that_rules_are_a_draft(plaza, edit, client, author, collecting):
    edit(plaza, author, phases=collecting)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))

    assert "a draft and not in force yet" in page.text
    assert page.context["form"].rules.shown.phases[0].kind == "collect"


def test_a_scheduled_page_brings_its_rules_when_it_goes_live(plaza, edit, publisher, collecting):
    later = timezone.now() + DAY
    edit(plaza, publisher, phases=collecting, action="publish", go_live_at=typed(later))
    revision = plaza.revisions.get(approved_go_live_at__isnull=False)
    before = in_force(plaza)

    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - DAY)
    revision.refresh_from_db()
    revision.content["go_live_at"] = None
    revision.save()
    call_command("publish_scheduled", verbosity=0)

    assert (before, in_force(plaza)) == (NOTHING, COLLECTING)


def test_a_scheduled_page_that_was_overtaken_changes_no_rule(
    plaza, edit, publisher, collecting, now
):
    edit(plaza, publisher, phases=collecting)
    revision = plaza.revisions.latest("pk")
    set_phases(plaza.process, PhaseRule("vote", now, now + DAY))

    revision.publish()

    assert in_force(plaza)[1] == [("vote", {})]
    entry = PageLogEntry.objects.filter(page=plaza.pk, action="civic_processes.rules_not_applied")
    assert "changed in the meantime" in entry.get().message


def test_restoring_an_old_revision_brings_no_rules_back(plaza, edit, publisher, collecting):
    edit(plaza, publisher, phases=collecting, action="publish")
    old = plaza.revisions.latest("pk")
    edit(plaza, publisher, phases=[], action="publish")

    old.refresh_from_db()
    old.publish()

    assert in_force(plaza) == NOTHING


def test_the_form_of_a_restored_draft_says_that_its_rules_are_not_used(
    plaza, edit, client, publisher, collecting, now
):
    edit(plaza, publisher, phases=collecting)
    old = plaza.revisions.latest("pk")
    set_phases(plaza.process, PhaseRule("vote", now, now + DAY))

    url = reverse("wagtailadmin_pages:revisions_revert", args=[plaza.pk, old.pk])
    response = client.get(url)

    assert "made before the present ones and are not used" in response.text
    assert response.context["form"].rules.shown.phases[0].kind == "vote"


def test_a_page_published_once_does_not_warn_about_its_own_rules(
    plaza, edit, client, publisher, collecting
):
    edit(plaza, publisher, phases=collecting, action="publish")

    response = client.get(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))

    assert not response.context["form"].rules.draft_is_pending
    assert not response.context["form"].rules.draft_is_stale


def test_of_two_tabs_the_second_is_told_that_the_rules_changed(
    plaza, edit, client, publisher, collecting, now
):
    second_tab = open_form(client, plaza, publisher)
    edit(plaza, publisher, phases=collecting, action="publish")

    mine = [{"kind": "vote", "opens_at": now + DAY}]
    response = edit(plaza, publisher, form=second_tab, phases=mine, action="publish")

    assert "Somebody changed the rules" in errors_of(response)
    assert in_force(plaza) == COLLECTING


def test_a_second_tab_that_left_the_rules_alone_keeps_the_new_ones(
    plaza, edit, client, publisher, collecting
):
    second_tab = open_form(client, plaza, publisher)
    edit(plaza, publisher, phases=collecting, action="publish")

    edit(plaza, publisher, form=second_tab, action="publish", title="Big market square")

    assert PlazaPage.objects.get(pk=plaza.pk).title == "Big market square"
    assert in_force(plaza) == COLLECTING


def test_rules_edited_in_a_translation_hold_in_every_language(
    plaza, korean_plaza, edit, publisher, collecting
):
    edit(korean_plaza, publisher, phases=collecting, action="publish")

    assert in_force(plaza) == (Mandate.ADVISORY, [("collect", {"ko": "Hi"})])


def test_a_translation_adds_its_description_to_the_other(
    plaza, korean_plaza, edit, client, publisher, collecting
):
    edit(plaza, publisher, phases=collecting, action="publish")

    form = open_form(client, korean_plaza, publisher)
    edit(
        korean_plaza,
        publisher,
        form=form | {"rules-phases-0-description": "안녕"},
        action="publish",
    )

    assert in_force(plaza)[1] == [("collect", {"en": "Hi", "ko": "안녕"})]


def test_approval_in_a_workflow_puts_the_rules_into_force(
    plaza, edit, author, admin, collecting, home
):
    workflow = Workflow.objects.create(name="Four eyes")
    task = GroupApprovalTask.objects.create(name="Second look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=home.pk))
    edit(plaza, author, phases=collecting, action="submit")
    before = in_force(plaza)

    state = PlazaPage.objects.get(pk=plaza.pk).current_workflow_task_state
    task.on_action(state, user=admin, action_name="approve")

    assert (before, in_force(plaza)) == (NOTHING, COLLECTING)


def test_a_draft_that_was_published_is_not_published_twice(plaza, edit, publisher, collecting):
    edit(plaza, publisher, phases=collecting, action="publish")
    revision = plaza.revisions.latest("pk")
    SetRules(plaza.process, by=None, phases=[]).execute()

    revision.publish()

    assert in_force(plaza) == NOTHING
