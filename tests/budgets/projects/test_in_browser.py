"""Projects as editors and readers meet them, on a screen of 320 pixels and without JavaScript."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.budgets.models import BudgetProjectPage
from tests.budgets.projects.test_lists import LIST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photograph(page, name):
    """Keep a picture where ``PICTURES`` names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_editor_adds_a_project_and_brings_a_list(
    new_page, editor, new_vote, tmp_path, assert_accessible
):
    page = new_page(user=editor)
    page.goto(reverse("wagtailadmin_pages:add_subpage", args=[new_vote.pk]))
    page.locator("#id_title").fill("Lamps along the quay")
    page.get_by_label("Cost (KRW)").fill("12,000,000")
    page.get_by_label("Area", exact=True).select_option("harbour")
    photograph(page, "project-form")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("created and published").first).to_be_visible()

    file = tmp_path / "projects.csv"
    file.write_text(LIST)
    page.goto(reverse("civic_budgets_projects:list", args=[new_vote.pk]))
    photograph(page, "project-list")
    page.get_by_label("List of projects").set_input_files(file)
    page.get_by_role("button", name="Look through the file").click()
    expect(page.get_by_text("Nothing is added yet.")).to_be_visible()
    photograph(page, "project-list-preview")
    assert_accessible(page, context="#main")
    page.get_by_label("Publish them at once").check()
    page.get_by_role("button", name="Add all 2 projects").click()
    expect(page.get_by_text("2 projects are added.").first).to_be_visible()
    photograph(page, "project-explorer")

    shown = {each.title: each.project.number for each in BudgetProjectPage.objects.live()}
    assert shown == {
        "Lamps along the quay": "1",
        "Benches by the river": "A-1",
        "Lamps at the harbour": "A-2",
    }


def test_a_reader_narrows_the_list_and_reads_a_project_without_javascript(
    new_page, new_vote, make_project, assert_accessible, assert_no_sideways_scroll
):
    for number in range(1, 10):
        area = ["harbour", "old-town"][number % 2]
        make_project(str(number), area=area, category="green", running_cost=400_000)
    phone = new_page(width=320, height=640, javascript=False)

    phone.goto(new_vote.get_url())
    photograph(phone, "projects-320")
    assert_no_sideways_scroll(phone)
    phone.get_by_label("Area").select_option("harbour")
    phone.get_by_role("button", name="Show").click()
    expect(phone.get_by_text("4 of 9 projects")).to_be_visible()
    phone.get_by_role("link", name="Project 4").click()

    expect(phone.get_by_role("heading", name="Project 4")).to_be_visible()
    assert_no_sideways_scroll(phone)
    photograph(phone, "project-320")
    wide = new_page()
    for url in (new_vote.get_url(), phone.url):
        wide.goto(url)
        assert_accessible(wide)
    photograph(wide, "project-1280")
