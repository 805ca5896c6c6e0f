"""What is frozen at the opening is what the rows said, and nothing opens with an open point."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from civic_sourcing.budgets.actions import ChangeVoteRules
from civic_sourcing.budgets.actions.casting import (
    EraseRehearsal,
    NotReady,
    OpenVote,
    PrepareVote,
)
from civic_sourcing.budgets.ballots import ApprovalLimits, KnapsackLimits, Rulebook
from civic_sourcing.budgets.electorate import eligible_voters
from civic_sourcing.budgets.models import BudgetProjectPage, BudgetRules, Project, VoteRun
from civic_sourcing.budgets.rulebooks import findings, frozen, rulebook_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import CodeBatch

pytestmark = pytest.mark.django_db


def codes(process):
    return {point.code for point in findings(process, clock.now())}


def refused(step):
    with pytest.raises(ActionRefused) as refusal, transaction.atomic():
        step.execute()
    return refusal.value.code


def test_opening_freezes_what_the_rows_say(process, run):
    rulebook = frozen(run)

    assert rulebook == rulebook_of(process) == Rulebook.load(run.rulebook)
    assert (run.state, run.digest) == ("open", rulebook.digest)
    assert rulebook.numbers == ("A", "B", "N", "S")
    assert rulebook.areas_of("north") == {"town", "north"}
    assert [limit.code for limit in rulebook.categories] == ["green"]
    voting = process.phases.get(kind="voting")
    assert (run.opens_at, run.closes_at) == (voting.opens_at, voting.closes_at)


def test_reading_the_rows_costs_the_same_for_more_projects(process):
    with CaptureQueriesContext(connection) as queries:
        rulebook_of(process)

    assert len(queries) <= 10


def test_a_vote_without_areas_is_one_area_with_all_the_money(process):
    Project.objects.update(area=None)
    ChangeVoteRules(process, by=None, areas=[], amount=900).execute()

    (area,) = rulebook_of(process).areas

    assert (area.budget, area.town_wide) == (900, True)
    assert {project.area for project in rulebook_of(process).projects} == {area.code}
    assert codes(process) == set()


@pytest.mark.parametrize("way", ["unpublished", "alias only"])
def test_a_project_without_a_published_page_is_not_on_the_paper(process, way):
    page = BudgetProjectPage.objects.get(project__number="B")
    if way == "alias only":
        page.create_alias(update_slug="b-again", parent=page.get_parent())
    page.unpublish()

    assert "B" not in rulebook_of(process).numbers


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda p: BudgetRules.objects.all().delete(), "no-rules", id="rules"),
        pytest.param(lambda p: p.eligibility_rules.all().delete(), "no-eligibility", id="voters"),
        pytest.param(
            lambda p: p.eligibility_rules.update(
                verifier="group", options={"groups": [0], "name": "Nobody"}
            ),
            "nobody-eligible",
            id="empty group",
        ),
        pytest.param(lambda p: p.phases.all().delete(), "no-voting", id="dates"),
        pytest.param(
            lambda p: ChangeVoteRules(p, by=None, limits=ApprovalLimits(least=5)).execute(),
            "least-projects",
            id="minimum",
        ),
        pytest.param(
            lambda p: Project.objects.filter(number="S").update(cost=9999),
            "none-affordable",
            id="money",
        ),
        pytest.param(
            lambda p: ChangeVoteRules(
                p, by=None, groups=[{"names": {"en": "Citizens"}, "weight": 50}]
            ).execute(),
            "weights-sum",
            id="weights",
        ),
    ],
)
def test_a_vote_does_not_open_with_an_open_point(process, prepared, change, code):
    change(process)

    with pytest.raises(NotReady) as refusal:
        OpenVote(prepared, by=None).execute()

    assert code in {point.code for point in refusal.value.points}
    assert VoteRun.objects.get().state == "prepared"


def test_a_vote_opens_once(run):
    assert refused(OpenVote(run, by=None)) == "wrong-state"


def test_a_rehearsal_needs_no_dates_and_freezes_nothing(process):
    process.phases.all().delete()
    rehearsal = PrepareVote(process, by=None, kind="rehearsal").execute()

    opened = OpenVote(rehearsal, by=None).execute()

    assert opened.opens_at < opened.closes_at
    ChangeVoteRules(process, by=None, limits=KnapsackLimits()).execute()
    assert rulebook_of(process).ballot_type == "knapsack"
    assert frozen(opened).ballot_type == "approval"


def test_a_real_vote_waits_until_its_rehearsal_is_erased(process, prepared):
    rehearsal = PrepareVote(process, by=None, kind="rehearsal").execute()
    OpenVote(rehearsal, by=None).execute()

    assert refused(OpenVote(prepared, by=None)) == "rehearsal"
    EraseRehearsal(rehearsal, by=None).execute()
    assert OpenVote(prepared, by=None).execute().state == "open"


def test_a_rulebook_that_does_not_fit_its_digest_is_never_used(run):
    run.digest = "0" * 64

    with pytest.raises(ValueError, match="digest"):
        frozen(run)


def test_how_many_may_vote_is_told_as_far_as_it_can_be_known(process):
    group = Group.objects.create(name="Council")
    for name in ("kim", "lee"):
        get_user_model().objects.create_user(name).groups.add(group)
    assert eligible_voters(process) is None

    process.eligibility_rules.create(
        verifier="group", options={"groups": [group.pk], "name": "Council"}, position=1
    )
    assert eligible_voters(process) == 2

    now = clock.now()
    batch = CodeBatch.objects.create(
        process=process, purpose="voting", count=3, made_at=now, printed_at=now
    )
    for number in (1, 2, 3):
        batch.codes.create(number=number, digest=str(number))
    batch.codes.filter(number=1).update(state="void", voided_at=now)
    assert eligible_voters(process) == 4
