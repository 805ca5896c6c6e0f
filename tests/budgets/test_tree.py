"""The page tree is a lively place; a vote that holds ballots stays whole."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Page

from civic_sourcing.budgets.models import (
    Ballot,
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    CountResult,
    Project,
)
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = pytest.mark.django_db


def test_a_copy_starts_with_the_rules_and_the_projects_and_nothing_else(vote):
    copy = vote.copy(recursive=True, update_attrs={"slug": "next", "title": "Next year"})

    process = BudgetVotePage.objects.get(pk=copy.pk).process
    assert process != vote.process
    assert BudgetRules.objects.get(process=process).amount == 100_050
    assert not BudgetRules.objects.get(process=process).imported
    assert set(process.projects.values_list("outcome", flat=True)) == {"undecided"}
    assert process.projects.count() == 5
    assert not process.phases.exists()
    assert not process.ballots.exists()
    assert not process.counts.exists()


def test_a_copy_leaves_the_projects_of_its_source_alone(vote):
    vote.copy(recursive=True, update_attrs={"slug": "next"})

    assert BudgetProjectPage.objects.filter(project__process=vote.process).count() == 5


def test_a_restored_revision_of_a_copy_keeps_its_own_project(vote):
    copy = vote.copy(recursive=True, update_attrs={"slug": "next"})
    page = BudgetProjectPage.objects.child_of(copy).first()

    for revision in page.revisions.all():
        revision.publish()

    page.refresh_from_db()
    assert page.project.process == BudgetVotePage.objects.get(pk=copy.pk).process


def test_a_translation_shares_the_projects(korean_vote):
    page = BudgetProjectPage.objects.get(title="강변 음악당")

    assert page.project.process == korean_vote.process
    assert Project.objects.of(korean_vote.process).count() == 5


def test_a_project_cannot_move_to_another_vote(vote, project):
    other = vote.copy(update_attrs={"slug": "next"})

    assert not project.can_move_to(BudgetVotePage.objects.get(pk=other.pk))
    assert not project.can_move_to(Page.objects.get(depth=1))


@pytest.mark.parametrize("door", ["delete", "unpublish"])
@pytest.mark.parametrize("what", ["vote", "project"])
def test_the_admin_refuses_to_remove_what_people_voted_on(request, client, superuser, door, what):
    page = request.getfixturevalue(what)
    client.force_login(superuser)

    response = client.post(f"/admin/pages/{page.pk}/{door}/")

    assert response.status_code == 302
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("door", ["delete", "unpublish"])
@pytest.mark.parametrize("what", ["vote", "project"])
def test_the_bulk_action_refuses_to_remove_what_people_voted_on(
    request, client, superuser, door, what
):
    page = request.getfixturevalue(what)
    client.force_login(superuser)

    response = client.post(f"/admin/bulk/wagtailcore/page/{door}/?id={page.pk}")

    assert response.status_code in {302, 200}
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("what", ["vote", "project"])
def test_nobody_has_the_permission_to_remove_what_people_voted_on(request, superuser, what):
    may = request.getfixturevalue(what).permissions_for_user(superuser)

    assert not may.can_delete()
    assert not may.can_unpublish()
    assert may.can_edit()


@pytest.mark.parametrize("what", ["vote", "project"])
def test_the_orm_refuses_to_delete_what_people_voted_on(request, what):
    page = request.getfixturevalue(what)

    with pytest.raises(ProtectedError), transaction.atomic():
        page.delete()

    assert Page.objects.filter(pk=page.pk).exists()


def test_deleting_a_page_above_the_vote_is_refused(vote, home):
    with pytest.raises(ProtectedError), transaction.atomic():
        home.delete()

    assert BudgetVotePage.objects.filter(pk=vote.pk).exists()


@pytest.mark.parametrize("what", ["vote", "project"])
def test_unpublishing_in_code_is_refused_with_a_sentence(request, what):
    with pytest.raises(ActionRefused):
        request.getfixturevalue(what).unpublish()


@pytest.mark.parametrize("what", ["vote", "project"])
def test_a_date_written_into_the_row_takes_down_nothing_people_voted_on(request, what):
    page = request.getfixturevalue(what)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))

    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=page.pk).live


def test_the_database_keeps_a_vote_with_ballots_published(vote):
    with pytest.raises(IntegrityError, match="taken offline"), transaction.atomic():
        Page.objects.filter(pk=vote.pk).update(live=False)


def test_the_translation_of_a_project_may_go_while_the_original_stays(korean_vote, project):
    BudgetProjectPage.objects.get(title="강변 음악당").delete()

    assert BudgetProjectPage.objects.filter(project__process=korean_vote.process).count() == 5


def test_a_vote_without_ballots_can_be_deleted_with_its_projects(vote):
    copy = BudgetVotePage.objects.get(pk=vote.copy(recursive=True, update_attrs={"slug": "n"}).pk)

    copy.delete()

    assert BudgetVotePage.objects.count() == 1


def test_moving_a_vote_keeps_ballots_and_count(vote, home):
    archive = home.add_child(instance=Page(title="Archive", slug="archive"))

    vote.move(archive, pos="last-child")

    moved = BudgetVotePage.objects.get(pk=vote.pk)
    assert moved.process.ballots.count() == 7
    assert moved.latest_count.version == 1


@pytest.mark.parametrize("model", [Ballot, CountResult], ids=["ballot", "count"])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows.update(content="{}"), id="update"),
        pytest.param(lambda rows: rows._raw_delete("default"), id="delete"),
    ],
)
def test_the_database_refuses_to_change_ballots_and_counts(vote, model, change):
    rows = model.objects.filter(process=vote.process)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(rows)
