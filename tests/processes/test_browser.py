"""The editor's and the administrator's screens in a real browser."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from civic_sourcing.processes.models import RoleAssignment
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import PlazaPage

pytestmark = pytest.mark.django_db(transaction=True)


def is_autosave(answer):
    return answer.request.method == "POST" and answer.url.endswith("/edit/")


def test_an_editor_adds_a_phase_and_publishes_it(new_page, plaza, publisher):
    page = new_page(user=publisher)
    page.goto(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))

    page.get_by_role("button", name="Add a phase").click()
    page.locator("[name=rules-phases-0-kind]").select_option("collect")
    page.locator("[name=rules-phases-0-opens_at]").fill("2031-05-01 09:00")
    page.locator("[name=rules-phases-0-closes_at]").fill("2031-05-31 18:00")
    page.keyboard.press("Escape")
    page.locator("[name=rules-phases-0-description]").fill("Bring a pencil")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").last.click()
    page.get_by_text("has been published").wait_for()

    phase = plaza.process.phases.get()
    assert (phase.kind, phase.descriptions) == ("collect", {"en": "Bring a pencil"})


def test_an_editor_deletes_a_phase(new_page, running, publisher):
    page = new_page(user=publisher)
    page.goto(reverse("wagtailadmin_pages:edit", args=[running.pk]))

    page.get_by_role("button", name="Delete this phase").last.click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").last.click()
    page.get_by_text("has been published").wait_for()

    assert [phase.kind for phase in running.process.phases.all()] == ["collect"]


def test_autosave_keeps_what_is_typed_and_changes_no_live_rule(
    new_page, plaza, publisher, settings
):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500
    page = new_page(user=publisher)
    page.goto(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))
    page.locator("form[data-w-unsaved-has-edits-value]").wait_for()

    page.get_by_role("button", name="Add a phase").click()
    with page.expect_response(is_autosave) as saved:
        page.locator("[name=rules-phases-0-kind]").select_option("vote")

    assert saved.value.json()["success"]
    latest = PlazaPage.objects.get(pk=plaza.pk).get_latest_revision_as_object()
    assert latest.rules_draft["phases"][0]["kind"] == "vote"
    assert not plaza.process.phases.exists()


def test_an_administrator_gives_a_role(new_page, plaza, admin):
    officials = Group.objects.create(name="Officials")
    RoleAssignment.objects.create(group=officials, page_id=plaza.pk, role="official")
    page = new_page(user=admin)
    page.goto(reverse("wagtailusers_groups:edit", args=[officials.pk]))

    page.locator("[name=civic_roles-0-roles][value=moderator]").check()
    page.get_by_role("button", name="Add roles on a page").click()
    rows = page.locator("tr:has([name^=civic_roles-])")
    rows.last.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("updated").first.wait_for()

    given = RoleAssignment.objects.values_list("role", flat=True)
    assert sorted(given) == ["moderator", "official"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_hub_is_accessible(
    new_page, hub, now, assert_accessible, assert_no_sideways_scroll, width, language
):
    for title, opens in [("Ideas for the river park", -1), ("Budget", 2), ("Library", -9)]:
        square = hub.add_child(instance=PlazaPage(title=title))
        set_phases(square.process, PhaseRule("collect", now + opens * DAY, now + (opens + 3) * DAY))
    page = new_page(width=width, locale=language)
    page.goto(hub.url)

    assert_accessible(page)
    assert_no_sideways_scroll(page)
