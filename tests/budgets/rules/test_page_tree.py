"""The page tree is a lively place; a vote that is open stays one vote, whole and where it is."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import Page

from civic_sourcing.budgets.actions import ChangeVoteRules
from civic_sourcing.budgets.actions.casting import (
    CastBallot,
    EraseRehearsal,
    OpenVote,
    PrepareVote,
    Voter,
)
from civic_sourcing.budgets.models import (
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    RollEntry,
    VoteRun,
)
from civic_sourcing.budgets.rulebooks import rulebook_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import Rules, RulesDraft
from tests.budgets.rules.conftest import CATEGORIES

pytestmark = pytest.mark.django_db


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def test_the_pages_in_all_languages_are_one_vote_with_one_roll(vote, run, korean_home, korean):
    page = fresh(vote).copy_for_translation(korean)
    page.save_revision().publish()
    translated = fresh(page)

    for number, each in enumerate((vote, translated)):
        same = VoteRun.objects.of(each.process)
        CastBallot(
            same,
            voter=Voter("kim", area="north"),
            choice='{"vote":["A"]}',
            idempotency_key=str(number),
        ).execute()

    assert translated.process == vote.process
    assert RollEntry.objects.count() == 1
    assert Process.objects.filter(kind="budget").count() == 1


def test_a_copy_of_an_open_vote_is_a_vote_to_come_with_the_same_rules(vote, process, prepared):
    green, play = CATEGORIES
    ChangeVoteRules(
        process,
        by=None,
        exclusive=[["A", "B"]],
        dependencies=[("S", "A")],
        categories=[{**green, "winners_least": 1}, {**play, "winners_most": 1}],
    ).execute()
    OpenVote(prepared, by=None).execute()

    copy = fresh(fresh(vote).copy(recursive=True, update_attrs={"slug": "next"}))

    mine, theirs = rulebook_of(copy.process), rulebook_of(process)
    parts = ("areas", "categories", "limits", "projects", "exclusive", "dependencies")
    for part in (*parts, "category_winners"):
        assert getattr(mine, part) == getattr(theirs, part) != (), part
    assert (mine.vote, mine.phases) == (str(copy.process.uuid), ())
    assert not VoteRun.objects.filter(process=copy.process).exists()
    ChangeVoteRules(copy.process, by=None, tie="cost").execute()
    assert BudgetRules.objects.get(process=process).tie == "order"


def test_an_alias_shows_the_vote_and_may_go(vote, run, home):
    alias = fresh(vote).create_alias(parent=home, update_slug="shown-again")

    assert fresh(alias).process == run.process
    fresh(alias).delete()
    assert VoteRun.objects.get().state == "open"


def test_a_vote_may_be_moved_while_it_is_open(vote, run, home):
    elsewhere = home.add_child(instance=BudgetVotePage(title="Shelf", slug="shelf"))
    shelf = home.add_child(instance=type(home)(title="Archive", slug="archive"))

    fresh(vote).move(shelf, pos="last-child")

    assert fresh(vote).process == run.process
    page = BudgetProjectPage.objects.get(project__number="A")
    assert not page.can_move_to(fresh(elsewhere))


DOORS = {
    "vote deleted": lambda vote, project: fresh(vote).delete(),
    "home deleted": lambda vote, project: fresh(vote.get_parent()).delete(),
    "vote unpublished": lambda vote, project: fresh(vote).unpublish(),
    "vote taken down by hand": lambda vote, project: Page.objects.filter(pk=vote.pk).update(
        live=False
    ),
    "vote deleted by hand": lambda vote, project: Page.objects.filter(pk=vote.pk)._raw_delete(
        "default"
    ),
    "project deleted": lambda vote, project: fresh(project).delete(),
    "project unpublished": lambda vote, project: fresh(project).unpublish(),
}


def test_nothing_of_an_open_vote_is_deleted_or_unpublished_before_anybody_has_voted(vote, run):
    project = BudgetProjectPage.objects.get(project__number="A")

    for name, door in DOORS.items():
        with (
            pytest.raises((ActionRefused, IntegrityError, ProtectedError)),
            transaction.atomic(),
        ):
            door(vote, project)
            pytest.fail(name)

    assert (fresh(vote).live, fresh(project).live) == (True, True)


def test_the_admin_offers_neither(vote, run, superuser):
    for page in (fresh(vote), BudgetProjectPage.objects.get(project__number="A")):
        may = page.permissions_for_user(superuser)
        assert (may.can_delete(), may.can_unpublish()) == (False, False)
        assert page.refusal_to_unpublish().message


def test_a_vote_that_was_only_rehearsed_may_go_once_the_rehearsal_is_erased(vote, process):
    rehearsal = PrepareVote(process, by=None, kind="rehearsal").execute()
    OpenVote(rehearsal, by=None).execute()
    assert "rehearsal" in fresh(vote).refusal_to_unpublish().message

    EraseRehearsal(rehearsal, by=None).execute()

    fresh(vote).unpublish()
    assert not fresh(vote).live


def test_a_restored_revision_brings_no_rules_back(vote, process, prepared):
    page = fresh(vote)
    rules = Rules.of(process)
    draft = RulesDraft(str(process.uuid), process.rules_version, Rules(phases=rules.phases[:1]))
    page.rules_draft = draft.as_json()
    page.introduction = "<p>As it was</p>"
    revision = page.save_revision()
    OpenVote(prepared, by=None).execute()

    revision.publish()

    assert fresh(vote).introduction == "<p>As it was</p>"
    assert Rules.of(Process.objects.get(pk=process.pk)).phases == rules.phases
