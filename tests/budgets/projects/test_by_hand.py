"""A project made by hand, as any other page; its facts take effect with publishing."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from civic_sourcing.budgets.models import BudgetProjectPage, Project, VoteRun
from civic_sourcing.budgets.projects.settling import FACTS_NOT_APPLIED

pytestmark = pytest.mark.django_db


def adding(vote):
    return reverse("wagtailadmin_pages:add", args=["civic_budgets", "budgetprojectpage", vote.pk])


def editing(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def publish(form):
    return {**form, "action-publish": "action-publish"}


def test_a_project_is_published_with_its_facts(desk, new_vote, form_of):
    form = form_of(address=adding(new_vote), cost_least="25,000,000", running_cost="400000")

    response = desk.post(adding(new_vote), publish(form))

    assert response.status_code == 302
    page = BudgetProjectPage.objects.child_of(new_vote).get()
    project = page.project
    assert page.live
    assert (project.number, project.cost, project.cost_least) == ("1", 30_000_000, 25_000_000)
    assert (project.running_cost, project.area.code, project.category.code) == (
        400_000,
        "old-town",
        "green",
    )
    assert project.contribution.title == "Benches by the river"
    assert project.contribution.channel == "staff"


def test_a_draft_is_no_project_yet_and_may_be_half_done(desk, new_vote, form_of):
    form = form_of(address=adding(new_vote), number="", cost="")

    desk.post(adding(new_vote), form)

    page = BudgetProjectPage.objects.child_of(new_vote).get()
    assert not page.live
    assert page.project is None
    assert not new_vote.process.projects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Give it a number."),
        ({"number": "1,2"}, "A number holds no comma."),
        ({"cost": ""}, "Say what it costs."),
        ({"cost": "-5"}, "Write an amount in digits"),
        ({"cost": "12.50"}, "KRW has no such small amounts."),
        ({"cost": "1e9"}, "Write an amount in digits"),
        ({"cost": "٣٠٠"}, "Write an amount in digits"),
        ({"cost_least": "40,000,000"}, "The least cost is above the highest."),
        ({"area": "nowhere"}, "Select a valid choice"),
    ],
)
def test_wrong_facts_are_refused_beside_their_field(desk, new_vote, form_of, typed, sentence):
    form = form_of(address=adding(new_vote), **typed)

    response = desk.post(adding(new_vote), publish(form))

    assert response.status_code == 200
    assert sentence in str(response.context["form"].facts.errors)
    assert not BudgetProjectPage.objects.child_of(new_vote).exists()


def test_a_number_stands_for_one_project(desk, new_vote, form_of, make_project):
    make_project("1")
    form = form_of(address=adding(new_vote), number="1")

    response = desk.post(adding(new_vote), publish(form))

    assert "Another project of this vote has this number." in str(
        response.context["form"].facts.errors
    )


def test_facts_of_a_live_page_wait_for_publishing(desk, form_of, make_project):
    page = make_project("1")
    form = form_of(address=editing(page), cost="45,000,000", title=page.title, slug=page.slug)

    desk.post(editing(page), form)

    assert Project.objects.get().cost == 30_000_000

    desk.post(editing(page), publish(form_of(address=editing(page), cost="45,000,000")))

    assert Project.objects.get().cost == 45_000_000


def test_facts_typed_on_older_ones_overwrite_nothing(desk, form_of, make_project):
    page = make_project("1")
    form = form_of(address=editing(page), cost="45,000,000")
    Project.objects.update(cost=31_000_000)

    response = desk.post(editing(page), publish(form))

    assert "while you were editing" in str(response.context["form"].facts.errors)
    assert Project.objects.get().cost == 31_000_000


def test_an_old_revision_brings_no_old_facts_back(desk, form_of, make_project):
    page = make_project("1")
    desk.post(editing(page), form_of(address=editing(page), cost="45,000,000"))
    old = BudgetProjectPage.objects.get(pk=page.pk).get_latest_revision()
    Project.objects.update(cost=31_000_000)

    old.publish()

    assert Project.objects.get().cost == 31_000_000


def test_once_the_vote_has_opened_the_facts_are_only_shown(desk, form_of, new_vote, make_project):
    page = make_project("1")
    form = form_of(address=editing(page), cost="45,000,000", title="Benches for all")
    opened(new_vote)

    response = desk.post(editing(page), publish(form))

    assert response.status_code == 302
    page.refresh_from_db()
    assert page.title == "Benches for all"
    assert Project.objects.get().cost == 30_000_000
    assert "stay as they are" in desk.get(editing(page)).content.decode()
    assert desk.get(adding(new_vote)).status_code == 302


def test_a_draft_scheduled_before_stays_a_draft_once_the_vote_has_opened(new_vote, make_project):
    make_project("1")
    draft = make_project("2")
    copy = draft.copy(update_attrs={"slug": "late"})
    opened(new_vote)

    copy.get_latest_revision().publish()

    copy.refresh_from_db()
    assert not copy.live
    assert PageLogEntry.objects.filter(page=copy.pk, action=FACTS_NOT_APPLIED).exists()


def test_a_copy_in_the_same_vote_is_a_draft_that_needs_a_number(make_project):
    page = make_project("1", area="harbour")

    copy = BudgetProjectPage.objects.get(pk=page.copy(update_attrs={"slug": "again"}).pk)

    assert copy.project is None
    assert not copy.live
    assert copy.facts_draft["facts"]["number"] == ""
    assert copy.facts_draft["facts"]["area"] == "harbour"


def test_the_korean_page_of_a_draft_tells_about_the_same_project(
    desk, form_of, new_vote, korean_home, korean
):
    new_vote.copy_for_translation(korean).save_revision().publish()
    desk.post(adding(new_vote), form_of(address=adding(new_vote)))
    page = BudgetProjectPage.objects.child_of(new_vote).get()
    translated = page.copy_for_translation(korean)

    page.get_latest_revision().publish()
    translated.get_latest_revision().publish()

    pages = BudgetProjectPage.objects.filter(translation_key=page.translation_key, live=True)
    assert {each.project for each in pages} == {Project.objects.get()}


def test_the_alias_of_a_draft_tells_about_its_project(desk, form_of, new_vote, korean_home, korean):
    new_vote.copy_for_translation(korean, alias=True)
    desk.post(adding(new_vote), form_of(address=adding(new_vote)))
    page = BudgetProjectPage.objects.child_of(new_vote).get()
    alias = page.copy_for_translation(korean, alias=True)

    page.get_latest_revision().publish()

    alias.refresh_from_db()
    assert alias.live
    assert alias.project == Project.objects.get()


def test_a_preview_shows_the_facts_typed(desk, form_of, new_vote):
    desk.post(adding(new_vote), form_of(address=adding(new_vote), cost_least="25,000,000"))
    page = BudgetProjectPage.objects.child_of(new_vote).get()

    shown = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()

    assert "₩25,000,000 – ₩30,000,000" in shown
    assert "Old Town" in shown
    assert not Project.objects.exists()


def test_several_drafts_are_published_together_or_none(desk, form_of, new_vote):
    desk.post(adding(new_vote), form_of(address=adding(new_vote), number="1", slug="one"))
    desk.post(adding(new_vote), form_of(address=adding(new_vote), number="", slug="two"))
    keys = BudgetProjectPage.objects.child_of(new_vote).values_list("pk", flat=True)
    chosen = "&".join(f"id={key}" for key in keys)

    response = desk.post(f"/admin/bulk/wagtailcore/page/publish/?{chosen}", follow=True)

    assert "needs a number and a cost" in response.content.decode()
    assert not Project.objects.exists()


def test_a_changed_text_is_a_version_in_the_ledger(desk, form_of, make_project):
    page = make_project("1")

    desk.post(editing(page), publish(form_of(address=editing(page), title="Benches for all")))

    contribution = Project.objects.get().contribution
    assert contribution.title == "Benches for all"
    assert contribution.versions.count() == 2


def test_a_vote_from_a_file_takes_no_project(desk, vote):
    assert desk.get(adding(vote)).status_code == 302
    assert not BudgetProjectPage.can_create_at(Page.objects.get(pk=vote.pk))


def opened(vote):
    return VoteRun.objects.create(
        process=vote.process,
        kind="real",
        state="open",
        rulebook="{}",
        digest="0" * 64,
        opens_at="2026-01-01T00:00Z",
        closes_at="2030-01-01T00:00Z",
    )
